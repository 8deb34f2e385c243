import type { FullJid } from '@meerkat-chat/xmpp';

/**
 * Sessions that are told the same: who is in a room. Given to `Outlet.fanOut` as the recipients, it costs no look-up
 * for each of them, and a stanza crosses to another node of a cluster once, however many are there.
 */
export interface Group extends Iterable<FullJid> {
  /** Takes in the session that has this address now; nobody where none has it. */
  add(session: FullJid): void;
  /** Takes a session out, which may have ended or given up its address since. */
  delete(session: FullJid): void;
}
