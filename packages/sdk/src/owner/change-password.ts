import { domainOf, el, encodeChangePassword, localOf, NS, parseDomainJid } from '@meerkat-chat/xmpp';
import { RequestError, type XmppSession } from '../session/xmpp-session.js';

/**
 * Gives our account another password (XEP-0077 section 3.3). Rejects with `RequestError`.
 * @param present the one that holds until then
 */
export async function changePassword(
  session: Pick<XmppSession, 'me' | 'request'>,
  present: string,
  password: string,
): Promise<void> {
  const me = session.me.value;
  const to = me && parseDomainJid(domainOf(me.account));
  if (!me || to === undefined) {
    throw new RequestError({ condition: 'not-authorized', type: 'auth', text: 'Nobody has signed in yet.' });
  }
  const payload = encodeChangePassword(localOf(me.account), present, password);
  await session.request(el('iq', NS.client, { type: 'set', to }, payload));
}
