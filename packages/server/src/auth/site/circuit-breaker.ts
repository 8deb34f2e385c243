import type { Clock, Millis } from '@meerkat-chat/xmpp';

/**
 * Leaves alone who fails: after so many failures one after the other nothing is asked for a while, then one request
 * finds out whether it is better. A back end that is down is not also flooded, and nobody waits for its timeouts.
 */
export class CircuitBreaker {
  readonly #clock: Clock;
  readonly #most: number;
  readonly #pause: Millis;
  #failures = 0;
  #until: Millis = 0;

  constructor(clock: Clock, bounds: { readonly failures: number; readonly pause: Millis }) {
    this.#clock = clock;
    this.#most = bounds.failures;
    this.#pause = bounds.pause;
  }

  /** Whether something may be asked now. After a pause one may, and the others once that has gone well. */
  allows(): boolean {
    if (this.#failures < this.#most) return true;
    const now = this.#clock.monotonic();
    if (now < this.#until) return false;
    this.#until = now + this.#pause;
    return true;
  }

  succeeded(): void {
    this.#failures = 0;
  }

  failed(): void {
    this.#failures++;
    if (this.#failures >= this.#most) this.#until = this.#clock.monotonic() + this.#pause;
  }
}
