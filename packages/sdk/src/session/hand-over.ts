import type { ClientLink } from '../link/client-link.js';
import type { Connector } from './connector.js';
import type { Stream, StreamEnd } from './stream.js';

/** What is told in the moment in which it is decided, so that nothing can come between. */
export interface HandOverHost {
  /** The session is there; the old link is gone. */
  moved(stream: Stream): void;
  /** The old link has ended meanwhile, and there is no other. */
  lost(end: StreamEnd): void;
}

/**
 * Moves a session to another link by resuming it there: from BOSH to a WebSocket, or to be signed in anew. Until that is
 * done the old link stands still. Loaded only where one of these is done.
 */
export class HandOver {
  readonly #connector: Connector;
  readonly #host: HandOverHost;
  /** The end of the old link is dealt with when it is decided where the session is. */
  #moving: { end?: StreamEnd } | undefined;

  constructor(connector: Connector, host: HandOverHost) {
    this.#connector = connector;
    this.#host = host;
  }

  /** Takes the end of a link while a session moves. @returns false when none does */
  holds(end: StreamEnd): boolean {
    if (!this.#moving) return false;
    this.#moving.end = end;
    return true;
  }

  /** @returns whether it moved */
  async move(old: Stream, kind: ClientLink['kind'], signal: AbortSignal): Promise<boolean> {
    const { memory } = this.#connector.deps;
    const link = await this.#probe(kind, signal).catch(() => undefined);
    if (!link) {
      memory.learn({ link: old.link.kind });
      return false;
    }
    if (signal.aborted) {
      link.close();
      return false;
    }
    old.pause();
    const moving: { end?: StreamEnd } = {};
    this.#moving = moving;
    const stream = await this.#takeOver(link, signal);
    this.#moving = undefined;
    if (signal.aborted) {
      stream?.drop();
      return false;
    }
    if (stream) {
      memory.learn({ link: kind });
      old.drop();
      this.#host.moved(stream);
      return true;
    }
    if (moving.end) this.#host.lost(moving.end);
    else old.unpause();
    return false;
  }

  /** Opens a link while the other one is in use. @throws */
  async #probe(kind: ClientLink['kind'], signal: AbortSignal): Promise<ClientLink | undefined> {
    const endpoints = await this.#connector.resolve(signal);
    return endpoints && this.#connector.open(kind, endpoints, signal);
  }

  /**
   * Resumes the session on a link that has just opened, and leaves it alone where it was if that fails.
   * @returns the settled stream, undefined on failure
   */
  async #takeOver(link: ClientLink, signal: AbortSignal): Promise<Stream | undefined> {
    const connector = this.#connector;
    const { endpoints } = connector;
    if (!endpoints) return undefined;
    const stream = connector.stream(link, endpoints.domain);
    try {
      const guess = connector.guess(link.kind, endpoints);
      const outcome = await connector.negotiate(stream, endpoints, guess, true, signal);
      if (outcome.kind === 'resumed') return stream;
    } catch {
      // Whatever it was, the session stays where it is.
    }
    stream.drop();
    return undefined;
  }
}
