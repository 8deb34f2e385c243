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
    this.#entries = this.#entries.map((entry) => {
      const details: Record<string, unknown> = { ...entry.details };
      const isTarget = names.includes(entry.target);
      const isUser = names.includes(String(details.user));
      forgotten += Number(isTarget) + Number(isUser);
      if (isTarget && 'problem' in details) details.problem = instead;
      if (isUser) details.user = instead;
      return { ...entry, details, target: isTarget ? instead : entry.target };
    });
    return forgotten;
  }

  async sweep(before: Millis, limit: number): Promise<number> {
    const old = this.#entries.filter(({ at }) => at < before).slice(0, limit);
    this.#entries = this.#entries.filter((entry) => !old.includes(entry));
    return old.length;
  }
}
