import { type Element, encodeMucUser, encodeRoomOccupants, MUC_STATUS, messageEl } from '@meerkat-chat/xmpp';
import { SharedStanza } from '../../kernel/shared-stanza.js';
import type { MucContext } from './muc-context.js';
import { showOthers } from './presence.js';
import { policyBySize } from './presence-policy.js';
import type { Room } from './room.js';

/** What a room says of its occupants as a whole; nothing where each of them is shown and can be counted. */
export function crowdOf(room: Room): Element | undefined {
  const { policy } = room.visibility;
  return policy === 'all' ? undefined : encodeRoomOccupants({ count: room.size, shows: policy });
}

/**
 * Gives a room the presence policy that it is to have with so many occupants. Those who are to see more are shown the
 * rest; what was shown stays.
 * @returns true when it has another one now, which the room has to be told: see `tellConfiguration`
 */
export function fitPolicy(muc: MucContext, room: Room, size: number): boolean {
  const { presence } = muc.settings;
  const { visibility, config } = room;
  const choice = config.presence === 'auto' ? presence.policy : config.presence;
  const policy = choice === 'auto' ? policyBySize(visibility.policy, size, presence) : choice;
  if (policy === visibility.policy) return false;
  for (const seat of visibility.turn(policy)) showOthers(muc, room, seat, false);
  return true;
}

/** Tells everybody that the configuration has changed (XEP-0045 section 10.2.1), with what the room shows now. */
export function tellConfiguration(muc: MucContext, room: Room, size: number): void {
  const told = messageEl(
    { from: room.jid, type: 'groupchat' },
    encodeMucUser({ statuses: [MUC_STATUS.configChanged] }),
    encodeRoomOccupants({ count: size, shows: room.visibility.policy }),
  );
  muc.module.outlet.fanOut(SharedStanza.of(told), room.sessions);
}

/** Has to be called before somebody comes in: whoever is one too many is not told to everybody any more. */
export function makeRoom(muc: MucContext, room: Room): void {
  const size = room.size + 1;
  if (fitPolicy(muc, room, size) && room.size > 0) tellConfiguration(muc, room, size);
}

/** Has to be called when somebody has come or gone. */
export function resized(muc: MucContext, room: Room): void {
  if (room.size === 0) return;
  if (fitPolicy(muc, room, room.size)) tellConfiguration(muc, room, room.size);
  else muc.counts.changed(room);
}
