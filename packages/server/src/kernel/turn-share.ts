import type { Clock, Millis } from '@meerkat-chat/xmpp';

/** What a share is made of. */
export interface TurnShareOptions {
  readonly clock: Clock;
  /** Runs something when this turn of the event loop has read what there was to read. */
  readonly later: (run: () => void) => void;
  /** How long tasks may take in one turn, all together; the one that goes beyond it is the last of its turn. */
  readonly most: Millis;
}

/**
 * Bounds what one kind of work takes of each turn of the event loop, so that all who come back at once do not hold up
 * those who are there. A task runs at once while there is something left of the share, and else in a later turn; first
 * in, first out.
 */
export class TurnShare {
  readonly #options: TurnShareOptions;
  #waiting: (() => void)[] = [];
  #spent: Millis = 0;
  #ending = false;

  constructor(options: TurnShareOptions) {
    this.#options = options;
  }

  /** How many tasks wait for a later turn. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Runs a task, now or later. It has to catch what it throws. */
  run(task: () => void): void {
    if (this.#waiting.length > 0 || this.#spent >= this.#options.most) this.#waiting.push(task);
    else this.#do(task);
    this.#endTurn();
  }

  #endTurn(): void {
    if (this.#ending || (this.#spent === 0 && this.#waiting.length === 0)) return;
    this.#ending = true;
    this.#options.later(this.#nextTurn);
  }

  readonly #nextTurn = (): void => {
    this.#ending = false;
    this.#spent = 0;
    let done = 0;
    for (const task of this.#waiting) {
      if (this.#spent >= this.#options.most) break;
      done++;
      this.#do(task);
    }
    this.#waiting = this.#waiting.slice(done);
    this.#endTurn();
  };

  #do(task: () => void): void {
    const { clock } = this.#options;
    const begun = clock.monotonic();
    task();
    this.#spent += clock.monotonic() - begun;
  }
}
