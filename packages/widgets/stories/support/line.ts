import type { FakeChat, FakeRoom } from '@meerkat-chat/sdk/testing';
import { SeededRandom } from '@meerkat-chat/sdk/testing';

/** How good the line between the page and the room is, and how much is said in the room. */
export interface LineQuality {
  /** Time until the room has taken an own message, in ms; 0: at once. */
  readonly latency: number;
  /** How many of 100 own messages are not taken. */
  readonly loss: number;
  /** Messages of others per second; more than 60 come several in a frame. */
  readonly flood: number;
}

/**
 * Plays that line in a fake room until the signal says to stop. What is lost is chosen by a seed, so that it is the
 * same messages each time. The fake's clock follows the wall only here: new messages have the minute that it is.
 */
export function playLine(chat: FakeChat, room: FakeRoom, line: LineQuality, signal: AbortSignal): void {
  const random = new SeededRandom(7);
  if (line.latency > 0 || line.loss > 0) {
    room.sending = 'hold';
    const off = chat.on('room-message', ({ message: { key, delivery } }) => {
      if (delivery.state !== 'pending') return;
      const lost = random.number() * 100 < line.loss;
      setTimeout(() => {
        if (signal.aborted) return;
        if (lost) room.fail(key);
        else room.deliver(key);
      }, line.latency);
    });
    signal.addEventListener('abort', off, { once: true });
  }
  if (line.flood > 0) flood(chat, room, line.flood, signal);
}

function flood(chat: FakeChat, room: FakeRoom, perSecond: number, signal: AbortSignal): void {
  let last = performance.now();
  let due = 0;
  const step = (now: number): void => {
    if (signal.aborted) return;
    // A tab that was hidden has missed at most one second of it.
    const passed = Math.min(now - last, 1000);
    last = now;
    chat.clock.advance(passed);
    due += (passed * perSecond) / 1000;
    if (due >= 1) room.flood(Math.floor(due));
    due %= 1;
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}
