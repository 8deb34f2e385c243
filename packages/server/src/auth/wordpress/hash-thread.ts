import { Worker } from 'node:worker_threads';
import type { HashJob } from './hash-jobs.js';

/** Passwords that may wait for the thread; who comes beyond has to come back. */
export const MAX_WAITING = 32;

interface Waiting {
  fulfil(fits: boolean): void;
  reject(error: Error): void;
}

/**
 * Holds passwords against hashes in a thread of its own, so that nobody else waits for that. It is started with the
 * first question, and again when it has ended unasked.
 */
export class HashThread {
  readonly #entry: URL;
  #worker: Worker | undefined;
  #next = 0;
  readonly #waiting = new Map<number, Waiting>();

  /** @param entry the compiled `hash-worker` */
  constructor(entry: URL = new URL('./hash-worker.js', import.meta.url)) {
    this.#entry = entry;
  }

  /** Whether a password is one of the hashes. Rejects when too many wait, or the thread has ended. */
  fits(job: HashJob): Promise<boolean> {
    if (this.#waiting.size >= MAX_WAITING) return Promise.reject(new Error('too many passwords wait'));
    const worker = this.#started();
    const id = this.#next++;
    return new Promise((fulfil, reject) => {
      this.#waiting.set(id, { fulfil, reject });
      worker.postMessage({ id, job });
    });
  }

  /** Ends the thread; who waits is told. */
  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #started(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(this.#entry);
    // A process that has nothing else to do ends.
    worker.unref();
    worker.on('message', ({ fits, id }: { readonly id: number; readonly fits: boolean }) => {
      this.#waiting.get(id)?.fulfil(fits);
      this.#waiting.delete(id);
    });
    worker.on('error', (error) =>
      this.#ended(worker, error instanceof Error ? error : new Error(String(error))),
    );
    worker.on('exit', () => this.#ended(worker, new Error('the thread has ended')));
    this.#worker = worker;
    return worker;
  }

  #ended(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
