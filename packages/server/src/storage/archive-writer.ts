import type { BareJid } from '@meerkat-chat/xmpp';
import type { ArchiveEntry } from './storage.js';
import { ArchiveFullError } from './storage-error.js';

interface Waiting {
  readonly entry: ArchiveEntry;
  readonly bytes: number;
  readonly fulfil: () => void;
  readonly reject: (why: unknown) => void;
}

/**
 * Group commit: while one batch is on its way to the disk the next one gathers, so that the number of commits
 * depends on the disk and not on the number of messages.
 */
export class ArchiveWriter {
  readonly #commit: (entries: readonly ArchiveEntry[]) => Promise<void>;
  readonly #maxWaitingBytes: number;
  #gathering: Waiting[] = [];
  #committing: readonly Waiting[] = [];
  #bytes = 0;
  #run: Promise<void> | undefined;
  #closed = false;

  /**
   * @param commit writes all of a batch durably, or rejects and writes none of it
   * @param maxWaitingBytes of entries that are not committed yet, counted as UTF-8
   */
  constructor(commit: (entries: readonly ArchiveEntry[]) => Promise<void>, maxWaitingBytes: number) {
    this.#commit = commit;
    this.#maxWaitingBytes = maxWaitingBytes;
  }

  /** True while `append` refuses. It never refuses when this is false, so the last entry may go over the bound. */
  get full(): boolean {
    return this.#bytes >= this.#maxWaitingBytes;
  }

  /** Fulfils when the entry is on disk; rejects with `ArchiveFullError`, or with why its batch failed. */
  append(entry: ArchiveEntry): Promise<void> {
    if (this.#closed) return Promise.reject(new Error('the archive is closed'));
    if (this.full) return Promise.reject(new ArchiveFullError(this.#bytes));
    const bytes = Buffer.byteLength(entry.xml) + Buffer.byteLength(entry.sender);
    this.#bytes += bytes;
    return new Promise<void>((fulfil, reject) => {
      this.#gathering.push({ entry, bytes, fulfil, reject });
      this.#run ??= this.#work();
    });
  }

  /** What has been taken for an archive and is not yet known to be committed, in order of its coming. */
  waiting(archive: BareJid): ArchiveEntry[] {
    return [...this.#committing, ...this.#gathering]
      .map(({ entry }) => entry)
      .filter((entry) => entry.archive === archive);
  }

  /** Fulfils when all that was taken until now has been committed or refused. */
  async flush(): Promise<void> {
    await this.#run;
  }

  /** Takes nothing more and finishes what was taken. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.flush();
  }

  async #work(): Promise<void> {
    // What comes in the same turn belongs to the same batch.
    await Promise.resolve();
    while (this.#gathering.length > 0) {
      const batch = this.#gathering;
      this.#committing = batch;
      this.#gathering = [];
      let failure: { readonly why: unknown } | undefined;
      try {
        await this.#commit(batch.map(({ entry }) => entry));
      } catch (why) {
        failure = { why };
      }
      this.#committing = [];
      for (const { bytes, fulfil, reject } of batch) {
        this.#bytes -= bytes;
        if (failure) reject(failure.why);
        else fulfil();
      }
    }
    this.#run = undefined;
  }
}
