import type { Env, Millis, Off } from '@meerkat-chat/xmpp';

export interface MoverHost {
  /** Tries to move the session to a better link; true when it is there. Rejects where what does it cannot be loaded. */
  tryMove(signal: AbortSignal): Promise<boolean>;
}

/** While the session is on BOSH: looks now and then whether a WebSocket can be had. The pauses grow with each failure. */
export class Mover {
  readonly #env: Env;
  readonly #host: MoverHost;
  readonly #max: Millis;
  readonly #abort = new AbortController();
  #pause: Millis;
  #stopTimer: Off | undefined;

  constructor(env: Env, first: Millis, max: Millis, host: MoverHost) {
    this.#env = env;
    this.#pause = first;
    this.#max = max;
    this.#host = host;
    this.#schedule();
  }

  stop(): void {
    this.#stopTimer?.();
    this.#abort.abort();
  }

  #schedule(): void {
    const pause = this.#pause * (0.75 + this.#env.random.number() / 2);
    this.#pause = Math.min(this.#pause * 2, this.#max);
    this.#stopTimer = this.#env.clock.after(pause, () => void this.#try());
  }

  async #try(): Promise<void> {
    const moved = await this.#host.tryMove(this.#abort.signal).catch(() => false);
    if (!moved && !this.#abort.signal.aborted) this.#schedule();
  }
}
