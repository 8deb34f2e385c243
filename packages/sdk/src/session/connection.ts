import {
  type Element,
  encodeClose,
  encodeOpen,
  is,
  type LinkEnd,
  NS,
  type Off,
  serialize,
} from '@meerkat-chat/xmpp';
import type { ClientLink } from '../link/client-link.js';
import { parseFrame } from './frame.js';

export interface ConnectionHost {
  /** Hears every element but `<open/>` and `<close/>`. */
  element(element: Element): void;
  /** Hears the end, once: the link's, the stream's `<close/>`, or a frame that cannot be read. */
  ended(end: LinkEnd): void;
}

/**
 * Frames of RFC 7395 over one link, for as long as that link lives. It is told to open, and writes and hears elements;
 * negotiation and everything after is beside it.
 */
export class Connection {
  readonly #link: ClientLink;
  readonly #domain: string;
  readonly #host: ConnectionHost;
  #offs: readonly Off[] | undefined;
  #ended = false;

  constructor(link: ClientLink, domain: string, host: ConnectionHost) {
    this.#link = link;
    this.#domain = domain;
    this.#host = host;
  }

  /** Opens the stream, or opens it anew after classic SASL (RFC 7395 section 3.7): writes at once, waits for nothing. */
  open(from?: string): void {
    this.adopt();
    // Who we are is nobody's business on a link that can be read (RFC 6120 section 4.7.1).
    const named = from !== undefined && this.#link.secure ? { from } : {};
    this.write(serialize(encodeOpen({ to: this.#domain, ...named, lang: 'en' })));
  }

  /** Goes on with a link that is signed in and bound already. Whatever it has kept comes at once. */
  adopt(): void {
    if (this.#offs || this.#ended) return;
    const offs: Off[] = [];
    this.#offs = offs;
    offs.push(this.#link.onText((text) => this.#hear(text)));
    offs.push(this.#link.onClose((end) => this.#finish(end)));
    // What was kept may have ended it already.
    if (this.#ended) this.#silence();
  }

  write(text: string): void {
    if (!this.#ended) this.#link.send(text);
  }

  /** Ends the stream in order (RFC 7395 section 3.6): the server then ends the session, and nothing can be resumed. */
  finish(): void {
    this.write(serialize(encodeClose()));
    this.detach();
  }

  /** Lets go of the link without a word of farewell; nothing is heard any more. */
  detach(): void {
    this.#silence();
    this.#link.close();
  }

  /** Stops listening, and leaves the link as it is. */
  release(): ClientLink {
    this.#silence();
    return this.#link;
  }

  #hear(text: string): void {
    if (this.#ended) return;
    const element = parseFrame(text);
    if (!element) {
      this.#link.close();
      this.#finish({ clean: false, reason: 'malformed frame' });
    } else if (is(element, 'close', NS.framing)) {
      this.#finish({ clean: true, reason: 'closed' });
    } else if (!is(element, 'open', NS.framing)) {
      this.#host.element(element);
    }
  }

  #silence(): void {
    this.#ended = true;
    for (const off of this.#offs ?? []) off();
  }

  #finish(end: LinkEnd): void {
    if (this.#ended) return;
    this.#silence();
    this.#host.ended(end);
  }
}
