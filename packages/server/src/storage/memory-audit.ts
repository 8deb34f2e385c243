import type { Millis } from '@meerkat-chat/xmpp';
import type { AuditEntry, AuditStore, KeptAuditEntry } from './storage.js';

/** The audit log in memory. */
export class MemoryAudit implements AuditStore {
  #entries: KeptAuditEntry[] = [];
  #last = 0;

  async append(entry: AuditEntry): Promise<void> {
    this.#entries.push({ ...entry, id: ++this.#last });
  }

  async list(options: { readonly before?: number; readonly limit: number }): Promise<KeptAuditEntry[]> {
    const { before = Number.POSITIVE_INFINITY, limit } = options;
    return this.#entries
      .filter(({ id }) => id < before)
      .reverse()
      .slice(0, limit);
  }

  async sweep(before: Millis, limit: number): Promise<number> {
    const old = this.#entries.filter(({ at }) => at < before).slice(0, limit);
    this.#entries = this.#entries.filter((entry) => !old.includes(entry));
    return old.length;
  }
}
