import type { BareJid } from '@meerkat-chat/xmpp';
import type { StatusRecord, StatusStore } from './storage.js';

/** Shared statuses in memory. */
export class MemoryStatuses implements StatusStore {
  readonly #byAccount = new Map<BareJid, StatusRecord>();

  async add(record: StatusRecord): Promise<StatusRecord> {
    const kept = this.#byAccount.get(record.account);
    if (!kept) this.#byAccount.set(record.account, record);
    return kept ?? record;
  }

  async note(changes: readonly Pick<StatusRecord, 'id' | 'since' | 'status'>[]): Promise<void> {
    for (const { id, since, status } of changes) {
      for (const [account, kept] of this.#byAccount) {
        if (kept.id === id) this.#byAccount.set(account, { ...kept, since, status });
      }
    }
  }

  async remove(account: BareJid): Promise<boolean> {
    return this.#byAccount.delete(account);
  }

  async of(account: BareJid): Promise<StatusRecord | undefined> {
    return this.#byAccount.get(account);
  }

  async list(options: { readonly after?: string; readonly limit: number }): Promise<StatusRecord[]> {
    const { after, limit } = options;
    return [...this.#byAccount.values()]
      .filter(({ id }) => after === undefined || id > after)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, limit);
  }
}
