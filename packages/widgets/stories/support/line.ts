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

/** How long it is played. */
export interface Playing {
  /** The story is over. */
  readonly signal: AbortSignal;
  /** What shows the room: another story, or the same with other controls, puts another in its place. */
  readonly element: Element;
  /** Only so many seconds of it, in equal steps, which end the same each time: for pictures of a story. */
  readonly seconds?: number | undefined;
}

/** The controls of a line, for the stories of an element. */
export const lineControls = {
  latency: {
    control: { type: 'range', min: 0, max: 5000, step: 50 },
    description: 'time until the room has taken an own message, in ms',
    table: { category: 'story' },
  },
  loss: {
    control: { type: 'range', min: 0, max: 100, step: 1 },
    description: 'how many of 100 own messages are not taken',
    table: { category: 'story' },
  },
  flood: {
    control: { type: 'range', min: 0, max: 200, step: 1 },
    description: 'messages of others per second',
    table: { category: 'story' },
  },
} as const;

/** Seconds of a line that a picture waits for, by the toolbar's hidden `line`; undefined where it goes on. */
export function lineSeconds(globals: Readonly<Record<string, unknown>>): number | undefined {
  return globals.line === 'brief' ? 2 : undefined;
}

/**
 * Plays that line in a fake room; settles at its end, if it has one. What is lost is chosen by a seed, so that it is
 * the same messages each time. The fake's clock follows the wall only here: new messages have the minute that it is.
 */
export async function playLine(
  chat: FakeChat,
  room: FakeRoom,
  line: LineQuality,
  playing: Playing,
): Promise<void> {
  if (line.latency > 0 || line.loss > 0) delay(chat, room, line, playing.signal);
  if (line.flood > 0) await flood(chat, room, line.flood, playing);
}

function delay(chat: FakeChat, room: FakeRoom, line: LineQuality, signal: AbortSignal): void {
  const random = new SeededRandom(7);
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

const STEP = 1000 / 60;

function flood(chat: FakeChat, room: FakeRoom, perSecond: number, playing: Playing): Promise<void> {
  const { signal, element, seconds } = playing;
  let steps = seconds === undefined ? Number.POSITIVE_INFINITY : seconds * 60;
  let last = performance.now();
  let due = 0;
  let seen = false;
  return new Promise<void>((resolve) => {
    const step = (now: number): void => {
      seen ||= element.isConnected;
      if (signal.aborted || steps-- <= 0 || (seen && !element.isConnected)) {
        resolve();
        return;
      }
      // A tab that was hidden has missed at most one second of it.
      const passed = seconds === undefined ? Math.min(now - last, 1000) : STEP;
      last = now;
      chat.clock.advance(passed);
      due += (passed * perSecond) / 1000;
      // Sums of floats fall just short of a whole.
      const whole = Math.floor(due + 1e-6);
      if (whole >= 1) room.flood(whole);
      due -= whole;
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
}
