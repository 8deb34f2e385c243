import type { Off } from '@meerkat-chat/xmpp';

/** One end of a channel of plain values, in order. What is posted must survive structured cloning, and is not changed after. */
export interface Port<In, Out> {
  post(message: Out): void;
  /** Hears each message. What came before the first listener is kept for it. */
  onMessage(listener: (message: In) => void): Off;
  /** Ends both directions at once; nothing is heard after. */
  close(): void;
}

class PairedPort<In, Out> implements Port<In, Out> {
  readonly #copy: (message: Out) => Out;
  readonly #listeners = new Set<(message: In) => void>();
  #inbox: In[] = [];
  #scheduled = false;
  #closed = false;
  peer: PairedPort<Out, In> | undefined;

  constructor(copy: (message: Out) => Out) {
    this.#copy = copy;
  }

  post(message: Out): void {
    if (!this.#closed) this.peer?.take(this.#copy(message));
  }

  onMessage(listener: (message: In) => void): Off {
    this.#listeners.add(listener);
    this.#schedule();
    return () => void this.#listeners.delete(listener);
  }

  close(): void {
    this.end();
    this.peer?.end();
  }

  take(message: In): void {
    if (this.#closed) return;
    this.#inbox.push(message);
    this.#schedule();
  }

  end(): void {
    this.#closed = true;
    this.#inbox = [];
    this.#listeners.clear();
  }

  #schedule(): void {
    if (this.#scheduled || this.#inbox.length === 0 || this.#listeners.size === 0) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      for (const message of this.#inbox.splice(0)) {
        for (const listener of [...this.#listeners]) listener(message);
      }
    });
  }
}

/**
 * Two ends in one page. What is posted in one turn is heard together, in a microtask.
 * @param options.clone copies each message as a real port would, and so throws for what cannot be copied: for tests
 */
export function portPair<A, B>(options: { readonly clone?: boolean } = {}): [Port<A, B>, Port<B, A>] {
  const copy = <T>(message: T): T => (options.clone ? structuredClone(message) : message);
  const a = new PairedPort<A, B>(copy);
  const b = new PairedPort<B, A>(copy);
  a.peer = b;
  b.peer = a;
  return [a, b];
}
