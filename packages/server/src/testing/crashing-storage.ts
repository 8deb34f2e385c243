import type { BareJid, Millis } from '@meerkat-chat/xmpp';
import { anchorsOf, cutPage } from '../storage/archive-page.js';
import { memoryStorage } from '../storage/memory.js';
import type {
  ArchiveEntry,
  ArchiveFinding,
  ArchivePage,
  ArchiveQuery,
  ArchiveStats,
  ArchiveStore,
  Storage,
} from '../storage/storage.js';

interface Waiting {
  readonly entry: ArchiveEntry;
  readonly fulfil: () => void;
}

/** Archives whose disk is as slow as the test wants, and which forget what was not committed when they crash. */
class CrashingArchive implements ArchiveStore {
  readonly full = false;
  readonly #ids: ArchiveStore;
  readonly #entries: ArchiveEntry[] = [];
  #waiting: Waiting[] = [];

  /** @param ids whoever makes ids */
  constructor(ids: ArchiveStore) {
    this.#ids = ids;
  }

  stats(): ArchiveStats {
    return this.#ids.stats();
  }

  nextId(now: Millis): string {
    return this.#ids.nextId(now);
  }

  append(entry: ArchiveEntry): Promise<void> {
    return new Promise((fulfil) => this.#waiting.push({ entry, fulfil }));
  }

  async query(query: ArchiveQuery): Promise<ArchivePage> {
    const entries = [...this.#entries, ...this.#waiting.map(({ entry }) => entry)].filter(
      ({ archive }) => archive === query.archive,
    );
    if (anchorsOf(query).some((anchor) => !entries.some(({ id }) => id === anchor))) return { found: false };
    return cutPage(entries, query);
  }

  async purge(): Promise<number> {
    return 0;
  }

  async next(): Promise<undefined> {
    return undefined;
  }

  async find(): Promise<ArchiveFinding> {
    return { entries: [], last: undefined };
  }

  async rewrite(): Promise<number> {
    return 0;
  }

  async forget(): Promise<number> {
    return 0;
  }

  committed(archive: BareJid): readonly ArchiveEntry[] {
    return this.#entries.filter((entry) => entry.archive === archive);
  }

  commit(count: number): void {
    for (const { entry, fulfil } of this.#waiting.splice(0, count)) {
      this.#entries.push(entry);
      fulfil();
    }
  }

  crash(): void {
    this.#waiting = [];
  }
}

/** A storage in memory for tests of what survives: a message is kept once `commit` was called, and not before. */
export interface CrashingStorage extends Storage {
  /** Writes down up to so many messages that wait, all by default, in order. */
  commit(count?: number): void;
  /** The power goes: what waits is lost, and nobody is told. The storage itself can be used again. */
  crash(): void;
  /** What an archive holds for good. */
  committed(archive: BareJid): readonly ArchiveEntry[];
}

/** Makes a storage that can crash. */
export function crashingStorage(): CrashingStorage {
  const memory = memoryStorage();
  const archive = new CrashingArchive(memory.archive);
  return {
    ...memory,
    archive,
    commit: (count = Number.POSITIVE_INFINITY) => archive.commit(count),
    crash: () => archive.crash(),
    committed: (room) => archive.committed(room),
  };
}
