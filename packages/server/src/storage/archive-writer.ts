import type { BareJid, Clock, Millis, Off } from '@meerkat-chat/xmpp';
import { SpanCounts } from '../kernel/span-counts.js';
import type { ArchiveEntry, ArchiveStats } from './storage.js';
import { ArchiveFullError } from './storage-error.js';

interface Waiting {
  readonly entry: ArchiveEntry;
  readonly bytes: number;
  readonly fulfil: () => void;
  readonly reject: (why: unknown) => void;
}

/** In milliseconds: from a disk that writes at once to one that is in trouble. */
const COMMIT_BOUNDS: readonly Millis[] = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000];

/** How entries become groups. */
export interface ArchiveWriterOptions {
  readonly clock: Clock;
  /** Writes all of a batch durably, or rejects and writes none of it. */
  readonly commit: (entries: readonly ArchiveEntry[]) => Promise<void>;
  /** Bytes of entries that may wait for their commit, counted as UTF-8. */
  readonly maxWaitingBytes: number;
  /** The least time from the beginning of a commit to that of the next; 0 for none. */
  readonly interval: Millis;
}

/**
 * Group commit: while one batch is on its way to the disk the next one gathers, and it gathers for a moment longer when
 * commits follow each other: a commit costs the same whatever is in it. What comes after a pause is committed at once.
 */
export class ArchiveWriter {
  readonly #options: ArchiveWriterOptions;
  readonly #commits = new SpanCounts(COMMIT_BOUNDS);
  #gathering: Waiting[] = [];
  /** When the first of them was taken. */
  #since: Millis = 0;
  #committing: readonly Waiting[] = [];
  #bytes = 0;
  /** Undoes the timer until whose end no commit begins. */
  #pause: Off | undefined;
  /** That of the entry that was taken last: those before it are settled by then. */
  #newest: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: ArchiveWriterOptions) {
    this.#options = options;
  }

  /** True while `append` refuses. It never refuses when this is false, so the last entry may go over the bound. */
  get full(): boolean {
    return this.#bytes >= this.#options.maxWaitingBytes;
  }

  /** What waits now, and how long groups have taken. */
  stats(): ArchiveStats {
    return { waitingBytes: this.#bytes, commits: this.#commits };
  }

  /** Fulfils when the entry is on disk; rejects with `ArchiveFullError`, or with why its batch failed. */
  append(entry: ArchiveEntry): Promise<void> {
    if (this.#closed) return Promise.reject(new Error('the archive is closed'));
    if (this.full) return Promise.reject(new ArchiveFullError(this.#bytes));
    const bytes = Buffer.byteLength(entry.xml) + Buffer.byteLength(entry.sender);
    this.#bytes += bytes;
    const settled = new Promise<void>((fulfil, reject) => {
      this.#gathering.push({ entry, bytes, fulfil, reject });
    });
    this.#newest = settled;
    // What comes in the same turn belongs to the same batch.
    if (this.#gathering.length === 1) {
      this.#since = this.#options.clock.monotonic();
      queueMicrotask(() => this.#begin());
    }
    return settled;
  }

  /** What has been taken for an archive and is not yet known to be committed, in order of its coming. */
  waiting(archive: BareJid): ArchiveEntry[] {
    return [...this.#committing, ...this.#gathering]
      .map(({ entry }) => entry)
      .filter((entry) => entry.archive === archive);
  }

  /** Fulfils when all that was taken until now has been committed or refused; it is not kept waiting for company. */
  async flush(): Promise<void> {
    const newest = this.#newest;
    this.#endPause();
    await newest.catch(() => {});
  }

  /** Takes nothing more and finishes what was taken. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.flush();
    this.#pause?.();
  }

  /** Commits what has gathered, unless it is too early for that. */
  #begin(): void {
    if (this.#pause || this.#committing.length > 0 || this.#gathering.length === 0) return;
    const batch = this.#gathering;
    const since = this.#since;
    this.#committing = batch;
    this.#gathering = [];
    const { clock, commit, interval } = this.#options;
    if (interval > 0) this.#pause = clock.after(interval, () => this.#endPause());
    commit(batch.map(({ entry }) => entry)).then(
      () => {
        this.#commits.add(clock.monotonic() - since);
        this.#settle(batch, ({ fulfil }) => fulfil());
      },
      (why: unknown) => this.#settle(batch, ({ reject }) => reject(why)),
    );
  }

  #settle(batch: readonly Waiting[], each: (waiting: Waiting) => void): void {
    this.#committing = [];
    for (const waiting of batch) {
      this.#bytes -= waiting.bytes;
      each(waiting);
    }
    this.#begin();
  }

  #endPause(): void {
    this.#pause?.();
    this.#pause = undefined;
    this.#begin();
  }
}
