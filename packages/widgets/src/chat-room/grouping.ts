import type { RoomMessage } from '@meerkat-chat/sdk';

/** Messages of one person stand under one name for this long, in ms. */
export const GROUP_SPAN = 5 * 60_000;

/** Where a message stands among its neighbours. */
export interface Place {
  /** It begins a group: name, face and time are shown in the cosy density. */
  readonly head: boolean;
  /** It is the first of its (local) day. */
  readonly newDay: boolean;
}

const day = (at: number) => new Date(at).toDateString();

const person = ({ own, occupantId, nick }: RoomMessage) => (own ? '' : (occupantId ?? nick));

/** The place of a message after the one before it, if there is one. */
export function placeOf(message: RoomMessage, before: RoomMessage | undefined): Place {
  const newDay = before !== undefined && day(before.at) !== day(message.at);
  const head =
    before === undefined ||
    newDay ||
    person(before) !== person(message) ||
    before.nick !== message.nick ||
    message.at - before.at > GROUP_SPAN;
  return { head, newDay };
}
