import type { Element, Off, StanzaError } from '@meerkat-chat/xmpp';
import type { ChatStatus, Me } from '../chat.js';
import type { Readable } from '../readable.js';

/** What reads what the page before left. */
export type ReadBack = typeof import('../read-back.js');

/** A request was answered with an error, or could not be answered at all (`remote-server-timeout`). */
export class RequestError extends Error {
  readonly error: StanzaError;

  constructor(error: StanzaError) {
    super(error.text ?? error.condition);
    this.name = 'RequestError';
    this.error = error;
  }
}

/** What a request comes to that cannot be answered. */
export function noAnswer(text: string): RequestError {
  return new RequestError({ condition: 'remote-server-timeout', type: 'wait', text });
}

/**
 * One signed-in stream over any number of links, as the features of the owner's side see it. It knows stanzas and
 * sessions, nothing of rooms. Elements are those of @meerkat-chat/xmpp.
 */
export interface XmppSession {
  readonly status: Readable<ChatStatus>;
  readonly me: Readable<Me | undefined>;
  /** Connects, resuming what the page before left where there is something. */
  start(): void;
  /** Tries again now. */
  retry(): void;
  /** Writes down what is needed to go on, and lets go of the link without ending the session. */
  suspend(): void;
  /** Tries again with what a guest answers to a proof that was asked for. */
  prove(answer: string): void;
  /** Signs out: ends the session at the server and forgets the token. */
  signOut(): Promise<void>;
  /**
   * Sends a message or presence. While there is no link it waits its turn; it is kept until the server has
   * acknowledged it, over links and page reloads.
   * @throws {RangeError} when too many wait already (5,000, or 1,000 before the first sign-in)
   */
  send(stanza: Element): void;
  /** Whether a stanza with that id (letters and digits) was sent and the server has not confirmed it yet. */
  holds(id: string): boolean;
  /** Hears that the server has confirmed stanzas, see `holds`. */
  onAcknowledged(listener: () => void): Off;
  /** Sends an iq of type get or set (without `id`) and answers with the result; rejects with `RequestError`. */
  request(iq: Element): Promise<Element>;
  /** Hears messages and presences, in order. Requests of others are answered with `service-unavailable`. */
  onStanza(listener: (stanza: Element) => void): Off;
  /**
   * Hears that the stream is usable again, before any stanza that comes on it. `fresh`: a new session was bound, so rooms must be joined again and gaps
   * filled; `unacknowledged` are the stanzas sent on the session before that the server never confirmed, so each
   * feature decides about its own. `resumed`: nothing happened, as far as a feature can see.
   */
  onOnline(
    listener: (
      how:
        | { readonly kind: 'fresh'; readonly unacknowledged: readonly Element[] }
        | { readonly kind: 'resumed' },
    ) => void,
  ): Off;
  /**
   * Takes the place of another session: whoever listens to that one hears this one from now on, and what it kept is kept
   * here. That one is heard of no more.
   */
  succeed(before: XmppSession): void;
  /** All that was sent and not confirmed, messages and presences: it is the caller's from now on. */
  abandon(): readonly Element[];
  /**
   * A feature's own part of what is stored for the next page: written at `suspend` and on a slow timer. Values must
   * survive JSON.
   * @param restore called once with what the page before left of it, and what reads that: at once with nothing where
   *   there is nothing to be read, else when that is loaded. The session waits for it
   */
  keep(section: string, save: () => unknown, restore: (kept: unknown, readBack?: ReadBack) => void): void;
}
