import { NS } from './ns.js';
import { child, type Element, el } from './xml/element.js';

/**
 * Of whom the occupants of a room are told: of `all`; of the `active`, who are moderators and whoever has spoken; or
 * of nobody, only of the `count`. One's own presence comes in any case.
 */
export type PresencePolicy = 'active' | 'all' | 'count';

/** Every policy, from the widest to the narrowest. */
export const PRESENCE_POLICIES = ['all', 'active', 'count'] as const satisfies readonly PresencePolicy[];

/** The field of a room's configuration that fixes its policy; `auto` leaves it to the room's size (XEP-0068 section 3.4). */
export const PRESENCE_POLICY_FIELD = `{${NS.roomOccupants}}shows`;

/** What a room says about its occupants as a whole. */
export interface RoomOccupants {
  /** How many there are, shown or not. */
  readonly count: number;
  /** Of whom presences are sent. */
  readonly shows: PresencePolicy;
}

/** Writes `<occupants/>` (docs/namespaces.md). */
export function encodeRoomOccupants({ count, shows }: RoomOccupants): Element {
  return el('occupants', NS.roomOccupants, { count, shows });
}

/** Reads it from a message of a room, or from one's own presence in it; undefined where it is missing or malformed. */
export function decodeRoomOccupants(stanza: Element): RoomOccupants | undefined {
  const { count = '', shows } = child(stanza, 'occupants', NS.roomOccupants)?.attrs ?? {};
  const policy = PRESENCE_POLICIES.find((known) => known === shows);
  return policy !== undefined && /^\d{1,9}$/.test(count)
    ? { count: Number(count), shows: policy }
    : undefined;
}
