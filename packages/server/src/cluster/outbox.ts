import type { SharedStanza } from '../kernel/shared-stanza.js';
import type { NodeMessage, SessionNumber } from './node-message.js';

/** What goes to one node, in order. A stanza that some of its sessions get in a row crosses once, with the list of them. */
export class Outbox {
  readonly #send: (message: NodeMessage) => void;
  #shared: { readonly stanza: SharedStanza; readonly sessions: SessionNumber[] } | undefined;
  #closed = false;

  constructor(send: (message: NodeMessage) => void) {
    this.#send = send;
  }

  send(message: NodeMessage): void {
    this.#flush();
    if (!this.#closed) this.#send(message);
  }

  /** Sends a stanza to one of many: it goes when something else does, or when this turn is over. */
  share(stanza: SharedStanza, session: SessionNumber): void {
    if (this.#shared?.stanza === stanza) {
      this.#shared.sessions.push(session);
      return;
    }
    this.#flush();
    const shared = { stanza, sessions: [session] };
    this.#shared = shared;
    queueMicrotask(() => {
      if (this.#shared === shared) this.#flush();
    });
  }

  /** The node has gone: nothing goes there any more, whoever comes back under its name. */
  close(): void {
    this.#closed = true;
  }

  #flush(): void {
    const shared = this.#shared;
    if (!shared) return;
    this.#shared = undefined;
    if (this.#closed) return;
    this.#send({ type: 'some', sessions: shared.sessions, xml: shared.stanza.text });
  }
}
