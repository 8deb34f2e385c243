import type { Millis } from '@meerkat-chat/xmpp';
import type { Exchange } from './exchange.js';

/** A request that was taken in order and is not answered yet. */
export interface HeldRequest {
  readonly rid: number;
  readonly key: string | undefined;
  /** Undefined when the asker has gone: it may come back and repeat the request. */
  exchange: Exchange | undefined;
  /** When it came, or came again. */
  since: Millis;
}

/** The requests of a session that wait, oldest first: replies leave in their order. */
export class HeldRequests {
  readonly #held: HeldRequest[] = [];

  get count(): number {
    return this.#held.length;
  }

  /** How many of them somebody waits for. */
  get waiting(): number {
    return this.#held.filter(({ exchange }) => exchange).length;
  }

  get oldest(): HeldRequest | undefined {
    return this.#held[0];
  }

  get(rid: number): HeldRequest | undefined {
    return this.#held.find((request) => request.rid === rid);
  }

  add(request: HeldRequest): void {
    this.#held.push(request);
  }

  shift(): void {
    this.#held.shift();
  }

  /** Lets go of all. */
  clear(): HeldRequest[] {
    return this.#held.splice(0);
  }
}
