import { counterAdd } from '@meerkat-chat/xmpp';
import type { Settled } from '../kernel/hooks.js';

/** What hears of the count. */
export interface HandledCountListener {
  /** The count has moved on some time after the stanza came; called once for all that settled in one go. */
  settled(): void;
  /** A stanza will never be settled: from there on nothing can be acknowledged. */
  unsettleable(reason: unknown): void;
}

/**
 * How many stanzas of the peer have been handled (XEP-0198 section 4): those whose effect is safe, counted without a
 * gap. A stanza that waits for a disk holds back those after it.
 */
export class HandledCount {
  readonly #listener: HandledCountListener;
  readonly #waiting: { done: boolean }[] = [];
  #count: number;
  #telling = false;

  /** @param start where the counter stands, for tests of its end */
  constructor(listener: HandledCountListener, start = 0) {
    this.#listener = listener;
    this.#count = start;
  }

  /** The count as it goes on the wire, modulo 2^32. */
  get count(): number {
    return this.#count;
  }

  /** Stanzas taken and not counted yet. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Takes the next stanza. */
  take(settled: Settled): void {
    if (settled === undefined && this.#waiting.length === 0) {
      this.#count = counterAdd(this.#count, 1);
      return;
    }
    const slot = { done: settled === undefined };
    this.#waiting.push(slot);
    settled?.then(
      () => {
        slot.done = true;
        this.#advance();
      },
      (reason: unknown) => this.#listener.unsettleable(reason),
    );
  }

  #advance(): void {
    const open = this.#waiting.findIndex((slot) => !slot.done);
    const moved = this.#waiting.splice(0, open < 0 ? this.#waiting.length : open).length;
    if (moved === 0) return;
    this.#count = counterAdd(this.#count, moved);
    if (this.#telling) return;
    this.#telling = true;
    // A group commit settles many at once, each in a microtask that is set before this one.
    queueMicrotask(() => {
      this.#telling = false;
      this.#listener.settled();
    });
  }
}
