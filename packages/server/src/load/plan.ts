import type { Millis } from '@meerkat-chat/xmpp';

/**
 * Which message falls due when, who sends it, and to which channel: a room, or a person's messages. All messages of a
 * run are numbered from 0, and every process can tell all of this from a number alone, so no word about single
 * messages passes between processes.
 */
export interface Plan {
  /** How many messages there are. */
  readonly count: number;
  /** When a message is due, in milliseconds after the start. Rising with the number. */
  due(number: number): Millis;
  /** The index of the user who sends it. */
  sender(number: number): number;
  channel(number: number): number;
  /** Its place among the messages of its channel, from 0. */
  sequence(number: number): number;
  /** The message at that place. */
  number(channel: number, sequence: number): number;
  /** How many places on the next message of the same sender is. */
  step(channel: number): number;
}

/** A plan for rooms of neighbouring users, all at the same rate. */
export interface RoomsPlan extends Plan {
  readonly rooms: number;
  /** The room that a user is in. */
  roomOf(user: number): number;
}

/**
 * Messages to rooms: users 0 to `size - 1` are in room 0, and so on. Rooms take turns, and so do the first `senders`
 * users of a room.
 * @param options.rate messages per second into each room
 * @param options.senders 0 or none: all
 */
export function planRooms(options: {
  readonly users: number;
  readonly size: number;
  readonly rate: number;
  readonly seconds: number;
  readonly senders?: number;
}): RoomsPlan {
  const { rate, seconds, size, users } = options;
  const rooms = Math.max(1, Math.ceil(users / size));
  const interval = 1000 / (rate * rooms);
  const sendersOf = (room: number): number =>
    Math.max(1, Math.min(options.senders || size, size, users - room * size));
  return {
    rooms,
    count: Math.round(rate * seconds) * rooms,
    due: (number) => number * interval,
    channel: (number) => number % rooms,
    sequence: (number) => Math.floor(number / rooms),
    number: (channel, sequence) => sequence * rooms + channel,
    sender: (number) => {
      const room = number % rooms;
      return room * size + (Math.floor(number / rooms) % sendersOf(room));
    },
    step: sendersOf,
    roomOf: (user) => Math.floor(user / size),
  };
}

/** The other one of a pair: 0 and 1, 2 and 3... */
export function partnerOf(user: number): number {
  return user % 2 === 0 ? user + 1 : user - 1;
}

/**
 * Messages within pairs of users, who take turns; a channel is the recipient's. The number of users must be even.
 * @param options.rate messages per second, of all together
 */
export function planPairs(options: {
  readonly users: number;
  readonly rate: number;
  readonly seconds: number;
}): Plan {
  const { rate, seconds, users } = options;
  return {
    count: Math.ceil((rate * seconds) / users) * users,
    due: (number) => (number * 1000) / rate,
    sender: (number) => number % users,
    channel: (number) => partnerOf(number % users),
    sequence: (number) => Math.floor(number / users),
    number: (channel, sequence) => sequence * users + partnerOf(channel),
    step: () => 1,
  };
}
