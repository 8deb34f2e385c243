/** Bounds of what a chat holds in a page. */

/** Rooms that are open at once. */
export const MAX_ROOMS = 64;
/** Messages of a room, unless asked for fewer. */
export const MAX_MESSAGES = 500;
/** Own messages of a room that wait for the server; as many that failed may stand beside them. */
export const MAX_PENDING = 100;
/** Occupants of a room that are listed, beside ourselves. */
export const MAX_OCCUPANTS = 2_000;
/** Nicks beyond those listed that are remembered, so that the number of occupants stays exact. */
export const MAX_COUNTED = 20_000;
/** Length of a message, in UTF-16 units: longer ones cannot be sent, and are shown cut. */
export const MAX_TEXT = 16_384;
/** Length of what is shown on one line, such as a subject or a room's name, in UTF-16 units. */
export const MAX_LINE = 1_024;
/** Commands to a conversation that is being loaded. */
export const MAX_EARLY = 200;

/** @throws RangeError for what cannot be sent as a message */
export function checkText(text: string): void {
  if (text === '') throw new RangeError('a message needs text');
  if (text.length > MAX_TEXT) throw new RangeError(`a message has at most ${MAX_TEXT} characters`);
}
