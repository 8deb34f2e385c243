import type { Surroundings } from '../runtime.js';

/** Puts one sentence where a screen reader hears it; the answer takes it away again. */
export type Say = (text: string) => () => void;

/** The least time between two announcements of messages, in ms. */
export const ANNOUNCE_EVERY = 2000;
/** How long a sentence stays: taken away sooner, some screen readers lose it. */
export const ANNOUNCE_KEPT = 1500;

interface Heard {
  readonly first: string;
  readonly count: number;
  readonly mentions: number;
}

/**
 * Tells of new messages without ever talking over the reader: the first at once, then at most one announcement in
 * two seconds, which says the message when there was one, and how many there were when there were more. Who is named
 * hears that at once; named again and again, by the same measure as all else. What the person did or must know (an own message that failed, the connection) is said at once and never merged.
 */
export class Announcer {
  readonly #clock: Surroundings['clock'];
  readonly #say: Say;
  readonly #digest: (count: number, mentions: number) => string;
  #heard: Heard | undefined;
  #wait: (() => void) | undefined;
  #waitMention: (() => void) | undefined;
  readonly #undo = new Set<() => void>();

  constructor(clock: Surroundings['clock'], say: Say, digest: (count: number, mentions: number) => string) {
    this.#clock = clock;
    this.#say = say;
    this.#digest = digest;
  }

  /** A message came. */
  message(text: string): void {
    this.#hear(text, 0);
  }

  /** A message came that names the person: said at once, unless one was within the last two seconds. */
  mention(text: string): void {
    if (this.#waitMention !== undefined) {
      this.#hear(text, 1);
      return;
    }
    this.#waitMention = this.#clock.after(ANNOUNCE_EVERY, () => {
      this.#waitMention = undefined;
    });
    this.notice(text);
  }

  /** Something of its own, said at once. */
  notice(text: string): void {
    const takeAway = this.#say(text);
    const off = this.#clock.after(ANNOUNCE_KEPT, () => {
      this.#undo.delete(undo);
      takeAway();
    });
    const undo = () => {
      off();
      takeAway();
    };
    this.#undo.add(undo);
  }

  /** Ends all timers and takes away what is being said. */
  stop(): void {
    this.#wait?.();
    this.#wait = undefined;
    this.#waitMention?.();
    this.#waitMention = undefined;
    this.#heard = undefined;
    for (const undo of this.#undo) undo();
    this.#undo.clear();
  }

  #hear(text: string, mentions: 0 | 1): void {
    const heard = this.#heard;
    this.#heard = {
      first: heard?.first ?? text,
      count: (heard?.count ?? 0) + 1,
      mentions: (heard?.mentions ?? 0) + mentions,
    };
    if (this.#wait === undefined) this.#flush();
  }

  #flush(): void {
    const heard = this.#heard;
    this.#heard = undefined;
    this.#wait = undefined;
    if (heard === undefined) return;
    this.notice(heard.count === 1 ? heard.first : this.#digest(heard.count, heard.mentions));
    this.#wait = this.#clock.after(ANNOUNCE_EVERY, () => this.#flush());
  }
}
