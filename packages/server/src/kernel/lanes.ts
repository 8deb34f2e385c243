import type { Settled } from './hooks.js';

interface Lane {
  tail: Promise<void>;
  length: number;
}

/**
 * Keeps order for each key, where something may have to be asked first. As long as every question is answered at
 * once, everything runs at once; behind one that has to wait, what follows of the same key waits too.
 */
export class Lanes<Key> {
  readonly #lanes = new Map<Key, Lane>();

  /** How many keys have something waiting. */
  get size(): number {
    return this.#lanes.size;
  }

  /** How many of a key wait. */
  length(key: Key): number {
    return this.#lanes.get(key)?.length ?? 0;
  }

  /**
   * Asks, and goes on with the answer. The next of the key waits until this has gone on, but not for what it then
   * settles: writing to disk goes on in groups, behind the order.
   * @param ask must not throw nor reject
   */
  run<Answer>(key: Key, ask: () => Answer | Promise<Answer>, goOn: (answer: Answer) => Settled): Settled {
    const lane = this.#lanes.get(key);
    const answer = lane ? lane.tail.then(ask) : ask();
    if (!(answer instanceof Promise)) return goOn(answer);
    let settled: Settled;
    const gone = answer.then((late) => {
      settled = goOn(late);
    });
    this.#enter(key, lane ?? { tail: gone, length: 0 }, gone);
    return gone.then(() => settled);
  }

  #enter(key: Key, lane: Lane, gone: Promise<void>): void {
    lane.length++;
    this.#lanes.set(key, lane);
    const left = () => {
      lane.length--;
      if (lane.length === 0) this.#lanes.delete(key);
    };
    // A failure is its caller's to see; those behind go on all the same.
    lane.tail = gone.then(left, left);
  }
}
