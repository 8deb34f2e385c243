/** Values that come when they come, taken one at a time: nothing is lost between two awaits. */
export class Mailbox<T> {
  readonly #values: T[] = [];
  #taker: { resolve(value: T): void; reject(reason: Error): void } | undefined;
  #closed: Error | undefined;

  put(value: T): void {
    if (this.#closed) return;
    const taker = this.#taker;
    this.#taker = undefined;
    if (taker) taker.resolve(value);
    else this.#values.push(value);
  }

  /** What is there is still given out; then every `next` rejects. The first reason counts. */
  close(reason: Error): void {
    if (this.#closed) return;
    this.#closed = reason;
    this.#taker?.reject(reason);
    this.#taker = undefined;
  }

  /** The next value; one taker at a time. */
  next(): Promise<T> {
    const value = this.#values.shift();
    if (value !== undefined) return Promise.resolve(value);
    if (this.#closed) return Promise.reject(this.#closed);
    return new Promise((resolve, reject) => {
      this.#taker = { resolve, reject };
    });
  }
}
