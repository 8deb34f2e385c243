import type { FormerRecord, FormerStore } from './storage.js';

/** Names of accounts that are gone, in memory. */
export class MemoryFormer implements FormerStore {
  readonly #times = new Map<string, number>();

  async add(digest: string): Promise<number> {
    const times = (this.#times.get(digest) ?? 0) + 1;
    this.#times.set(digest, times);
    return times;
  }

  async list({
    after = '',
    limit,
  }: {
    readonly after?: string;
    readonly limit: number;
  }): Promise<FormerRecord[]> {
    return [...this.#times]
      .map(([digest, times]) => ({ digest, times }))
      .filter(({ digest }) => digest > after)
      .sort((a, b) => (a.digest < b.digest ? -1 : 1))
      .slice(0, limit);
  }
}
