import type { Millis } from '@meerkat-chat/xmpp';
import type { Knex } from 'knex';
import { CallGroups, type CallGroupsOptions } from '../call-groups.js';
import type { UsedTokenStore } from '../storage.js';

interface Use {
  readonly id: string;
  readonly expiresAt: Millis;
  readonly now: Millis;
}

/** Used tokens in SQLite; the uses of many who sign in at once share a statement and a commit. */
export class SqliteUsedTokens implements UsedTokenStore {
  readonly #db: Knex;
  readonly #uses: CallGroups<Use, boolean>;

  /** @param pace of commits, while many sign in */
  constructor(db: Knex, pace: NonNullable<CallGroupsOptions['pace']>) {
    this.#db = db;
    this.#uses = new CallGroups((uses) => this.#use(uses), { pace });
  }

  use(id: string, expiresAt: Millis, now: Millis): Promise<boolean> {
    return this.#uses.call({ id, expiresAt, now });
  }

  async sweep(now: Millis): Promise<number> {
    await this.#db('used_tokens').where('expires_at', '<=', now).delete();
    const [row] = await this.#db('used_tokens').count({ left: '*' });
    return Number(row?.left ?? 0);
  }

  /** Finishes what was accepted. */
  close(): Promise<void> {
    return this.#uses.close();
  }

  async #use(uses: readonly Use[]): Promise<boolean[]> {
    // Of several uses of one token in a group the first is judged by the storage, and the others come too late.
    const first = new Map(uses.toReversed().map((use) => [use.id, use]));
    const rows: { readonly id: string }[] = await this.#db.raw(
      `INSERT INTO used_tokens (id, expires_at)
       SELECT value ->> 'id', value ->> 'expiresAt' FROM json_each(?) WHERE true
       ON CONFLICT (id) DO UPDATE SET expires_at = excluded.expires_at WHERE used_tokens.expires_at <= ?
       RETURNING id`,
      [JSON.stringify([...first.values()]), Math.min(...uses.map(({ now }) => now))],
    );
    const noted = new Set(rows.map(({ id }) => id));
    return uses.map((use) => first.get(use.id) === use && noted.has(use.id));
  }
}
