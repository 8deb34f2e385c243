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

  async forget(names: readonly string[], instead: string): Promise<number> {
    let forgotten = 0;
    const changed = (entry: KeptAuditEntry, more: Partial<KeptAuditEntry>): KeptAuditEntry => {
      forgotten++;
      return { ...entry, ...more };
    };
    this.#entries = this.#entries.map((entry) => {
      const { details } = entry;
      const left = 'problem' in details ? { ...details, problem: instead } : details;
      const target = names.includes(entry.target)
        ? changed(entry, { target: instead, details: left })
        : entry;
      if (!names.includes(String(target.details.user))) return target;
      return changed(target, { details: { ...target.details, user: instead } });
    });
    return forgotten;
  }

  async sweep(before: Millis, limit: number): Promise<number> {
    const old = this.#entries.filter(({ at }) => at < before).slice(0, limit);
    this.#entries = this.#entries.filter((entry) => !old.includes(entry));
    return old.length;
  }
}
