/** Stanzas that were handed to another node, and what their senders' acknowledgements wait for. */
export class Tasks {
  readonly #waiting = new Map<number, { readonly safe: () => void; readonly lost: (why: Error) => void }>();
  #last = 0;

  get size(): number {
    return this.#waiting.size;
  }

  /** @returns the number of a new task, and what fulfils when it is safe, or rejects when it never will be known to be */
  begin(): { readonly task: number; readonly settled: Promise<void> } {
    const task = ++this.#last;
    const settled = new Promise<void>((safe, lost) => this.#waiting.set(task, { safe, lost }));
    return { task, settled };
  }

  settle(task: number, safe: boolean): void {
    const waiting = this.#waiting.get(task);
    this.#waiting.delete(task);
    if (safe) waiting?.safe();
    else waiting?.lost(new Error('another node could not keep a stanza'));
  }

  /** The other node has gone, and nobody knows what it had on disk: none of these stanzas is ever acknowledged. */
  lose(): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { lost } of waiting) lost(new Error('the node that had a stanza has gone'));
  }
}
