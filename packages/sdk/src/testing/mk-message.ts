import type { RoomMessage } from '../chat.js';

/** When fake time begins: a Thursday evening, 18:00 UTC. */
export const FAKE_START = Date.UTC(2026, 0, 15, 18, 0, 0);

/**
 * A message for a test or a story: delivered, by "Mira", saying "Hello", at 18:00 UTC on 15 January 2026, unless told.
 * Give each its own `key` where several stand in one room.
 */
export function mkMessage(parts: Partial<RoomMessage> = {}): RoomMessage {
  return {
    key: 'm1',
    nick: 'Mira',
    own: false,
    at: FAKE_START,
    text: 'Hello',
    delivery: { state: 'delivered' },
    ...parts,
  };
}
