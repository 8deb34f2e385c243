import {
  decodeSharedStatus,
  domainOf,
  el,
  elements,
  encodeSharedStatus,
  encodeShareStatus,
  NS,
  parseDomainJid,
} from '@meerkat-chat/xmpp';
import { RequestError, type XmppSession } from '../session/xmpp-session.js';

/**
 * Asks the server to show our status on the web, or to do so no longer; or, without `on`, what holds (docs/namespaces.md,
 * `urn:meerkat:status:0`). Answers with the id that holds then. Rejects with `RequestError`.
 */
export async function shareStatus(
  session: Pick<XmppSession, 'me' | 'request'>,
  on: boolean | undefined,
): Promise<string | undefined> {
  const me = session.me.value;
  const to = me && parseDomainJid(`status.${domainOf(me.account)}`);
  if (to === undefined) {
    throw new RequestError({ condition: 'not-authorized', type: 'auth', text: 'Nobody has signed in yet.' });
  }
  const [type, payload] =
    on === undefined ? (['get', encodeSharedStatus()] as const) : (['set', encodeShareStatus(on)] as const);
  const answer = await session.request(el('iq', NS.client, { type, to }, payload));
  return decodeSharedStatus(elements(answer)[0]);
}
