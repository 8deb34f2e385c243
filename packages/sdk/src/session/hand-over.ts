import type { Connector } from './connector.js';
import type { EndpointMemory } from './endpoint-memory.js';
import type { Stream, StreamEnd } from './stream.js';

/** What is told in the moment in which it is decided, so that nothing can come between. */
export interface HandOverHost {
  /** The session is there; the old link is gone. */
  moved(stream: Stream): void;
  /** The old link has ended meanwhile, and there is no other. */
  lost(end: StreamEnd): void;
}

/** Moves a session from BOSH to a WebSocket by resuming it there. Until that is done the old link stands still. */
export class HandOver {
  readonly #connector: Connector;
  readonly #memory: EndpointMemory;
  readonly #host: HandOverHost;
  /** The end of the old link is dealt with when it is decided where the session is. */
  #moving: { end?: StreamEnd } | undefined;

  constructor(connector: Connector, memory: EndpointMemory, host: HandOverHost) {
    this.#connector = connector;
    this.#memory = memory;
    this.#host = host;
  }

  /** Takes the end of a link while a session moves. @returns false when none does */
  holds(end: StreamEnd): boolean {
    if (!this.#moving) return false;
    this.#moving.end = end;
    return true;
  }

  /** @returns whether it moved */
  async move(old: Stream, signal: AbortSignal): Promise<boolean> {
    const link = await this.#connector.probe(signal).catch(() => undefined);
    if (!link) {
      this.#memory.link = 'bosh';
      return false;
    }
    if (signal.aborted) {
      link.close();
      return false;
    }
    old.pause();
    const moving: { end?: StreamEnd } = {};
    this.#moving = moving;
    const stream = await this.#connector.takeOver(link, signal);
    this.#moving = undefined;
    if (signal.aborted) {
      stream?.drop();
      return false;
    }
    if (stream) {
      this.#memory.link = 'websocket';
      old.drop();
      this.#host.moved(stream);
      return true;
    }
    if (moving.end) this.#host.lost(moving.end);
    else old.unpause();
    return false;
  }
}
