import type { Clock, Millis, Off } from '@meerkat-chat/xmpp';
import type { UsedTokenStore } from '../../storage/storage.js';

const SWEEP_PERIOD: Millis = 600_000;

/**
 * The tokens that have been used and must not be used again, until they expire by themselves. The storage decides, so
 * that a restart forgets none, and of several nodes over one storage one alone takes a token. It is bounded, and lets
 * nothing slip: while there is no place, a token that is to be used once is not taken.
 */
export class UsedTokens {
  readonly #clock: Clock;
  readonly #store: UsedTokenStore;
  readonly #most: number;
  /** How many the storage has; unknown at first, which has them counted. */
  #size = Number.POSITIVE_INFINITY;
  #counting: Promise<void> | undefined;

  constructor(clock: Clock, store: UsedTokenStore, most: number) {
    this.#clock = clock;
    this.#store = store;
    this.#most = most;
  }

  /** Notes a use. False for one that has been noted before; `full` when there is no place to note it. */
  async use(id: string, expiresAt: Millis): Promise<'full' | boolean> {
    if (this.#size >= this.#most) await this.#forgetExpired();
    if (this.#size >= this.#most) return 'full';
    this.#size++;
    const first = await this.#store.use(id, expiresAt, this.#clock.now());
    if (!first) this.#size--;
    return first;
  }

  /** Forgets those that have expired now and then, until undone. */
  startSweeping(failed: (error: unknown) => void): Off {
    return this.#clock.every(SWEEP_PERIOD, () => {
      this.#forgetExpired().catch(failed);
    });
  }

  /** Once for all who wait for it. */
  #forgetExpired(): Promise<void> {
    this.#counting ??= this.#store
      .sweep(this.#clock.now())
      .then((left) => {
        this.#size = left;
      })
      .finally(() => {
        this.#counting = undefined;
      });
    return this.#counting;
  }
}
