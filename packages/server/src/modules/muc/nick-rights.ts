import {
  accountOf,
  domainOf,
  encodeReservedNick,
  isFull,
  type Presence,
  resourceOf,
  type StanzaError,
  stanzaError,
} from '@meerkat-chat/xmpp';
import type { StanzaVerdict } from '../../kernel/hooks.js';
import type { Session } from '../../kernel/session.js';
import type { MucContext } from './muc-context.js';
import type { Room } from './room.js';

const RESERVED = stanzaError('not-acceptable', 'Guests cannot take this name.', {
  application: encodeReservedNick(),
});
/** XEP-0045 section 7.2.8 has this condition for nicks that are another user's too. */
const SOMEBODYS = stanzaError('conflict', 'This name belongs to somebody who is known here.');

/** Why a session may not go by a nick in a room, where it is a guest's; undefined when it may, as far as the room knows. */
export function guestNickProblem(
  muc: MucContext,
  room: Room,
  { identity }: Session,
  nick: string,
): StanzaError | undefined {
  if (identity.kind === 'user') return undefined;
  if (muc.reserved.has(nick)) return RESERVED;
  return muc.settings.protectNames && room.looksAffiliated(nick) ? SOMEBODYS : undefined;
}

/** Keeps guests from the names of accounts: those are looked up before a room is asked. */
export function registerNameProtection(muc: MucContext): void {
  const { module, settings } = muc;
  if (!settings.protectNames) return;
  const judge = async (nick: string): Promise<StanzaVerdict | undefined> =>
    (await module.storage.users.looksTaken(nick)) ? { verdict: 'refuse', error: SOMEBODYS } : undefined;
  module.on('stanza:sent', ({ session, stanza }) => {
    if (session.identity.kind === 'user' || stanza.kind !== 'presence') return undefined;
    const nick = nickAskedFor(muc, session, stanza);
    return nick === undefined ? undefined : judge(nick);
  });
}

/** The nick that a presence asks a room for, where its sender has it not yet. */
function nickAskedFor(muc: MucContext, { jid }: Session, { to, type }: Presence): string | undefined {
  if (type !== 'available' || to === undefined || !isFull(to) || domainOf(to) !== muc.host) return undefined;
  const nick = resourceOf(to);
  const room = accountOf(to);
  const here = room && muc.rooms.get(room)?.bySession(jid);
  return here?.nick === nick ? undefined : nick;
}
