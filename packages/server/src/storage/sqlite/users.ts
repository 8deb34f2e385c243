import { type BareJid, localOf, type Millis } from '@meerkat-chat/xmpp';
import type { Knex } from 'knex';
import type { ScramHash, ScramKeys } from '../../auth/provider.js';
import { skeleton } from '../../kernel/skeleton.js';
import { CallGroups } from '../call-groups.js';
import type { UserKeys, UserRecord, UserStore } from '../storage.js';

interface UserRow {
  readonly account: BareJid;
  /** JSON; of null where there is no password. */
  readonly keys: string;
  readonly created_at: Millis;
  readonly changed_at: Millis | null;
  readonly suspended_at: Millis | null;
}

interface KeptKeys {
  readonly salt: string;
  readonly iterations: number;
  readonly storedKey: string;
  readonly serverKey: string;
}

function keep(keys: ScramKeys): KeptKeys {
  return {
    salt: keys.salt.toString('base64'),
    iterations: keys.iterations,
    storedKey: keys.storedKey.toString('base64'),
    serverKey: keys.serverKey.toString('base64'),
  };
}

function restore(kept: KeptKeys): ScramKeys {
  return {
    salt: Buffer.from(kept.salt, 'base64'),
    iterations: kept.iterations,
    storedKey: Buffer.from(kept.storedKey, 'base64'),
    serverKey: Buffer.from(kept.serverKey, 'base64'),
  };
}

function encodeKeys(keys: UserKeys | undefined): string {
  if (!keys) return 'null';
  return JSON.stringify({ 'SHA-1': keep(keys['SHA-1']), 'SHA-256': keep(keys['SHA-256']) });
}

function decode(row: UserRow): UserRecord {
  const kept: Record<ScramHash, KeptKeys> | null = JSON.parse(row.keys);
  return {
    account: row.account,
    ...(kept ? { keys: { 'SHA-1': restore(kept['SHA-1']), 'SHA-256': restore(kept['SHA-256']) } } : {}),
    createdAt: row.created_at,
    ...(row.changed_at === null ? {} : { changedAt: row.changed_at }),
    ...(row.suspended_at === null ? {} : { suspendedAt: row.suspended_at }),
  };
}

/** Accounts in SQLite. When many sign in at once, their look-ups share a statement. */
export class SqliteUsers implements UserStore {
  readonly #db: Knex;
  readonly #gets: CallGroups<BareJid, UserRecord | undefined>;

  readonly #looks: CallGroups<string, boolean>;

  constructor(db: Knex) {
    this.#db = db;
    this.#looks = new CallGroups((looks) => this.#taken(looks));
    this.#gets = new CallGroups((accounts) => this.#get(accounts));
  }

  get(account: BareJid): Promise<UserRecord | undefined> {
    return this.#gets.call(account);
  }

  looksTaken(name: string): Promise<boolean> {
    return this.#looks.call(skeleton(name));
  }

  async add(record: UserRecord): Promise<boolean> {
    const row = {
      account: record.account,
      keys: encodeKeys(record.keys),
      created_at: record.createdAt,
      look: skeleton(localOf(record.account)),
      changed_at: record.changedAt ?? null,
      suspended_at: record.suspendedAt ?? null,
    };
    const added = await this.#db('users').insert(row).onConflict('account').ignore().returning('account');
    return added.length > 0;
  }

  setKeys(account: BareJid, keys: UserKeys, at: Millis, keep?: string): Promise<boolean> {
    return this.#db.transaction(async (trx) => {
      const changed = await trx('users')
        .where({ account })
        .update({ keys: encodeKeys(keys), changed_at: at });
      if (changed > 0) {
        await trx('tokens')
          .where({ account })
          .modify((some) => void (keep !== undefined && some.whereNot({ client_id: keep })))
          .delete();
      }
      return changed > 0;
    });
  }

  async renewKeys(account: BareJid, before: UserKeys, keys: UserKeys): Promise<boolean> {
    const same = this.#db('users').where({ account, keys: encodeKeys(before) });
    return (await same.update({ keys: encodeKeys(keys) })) > 0;
  }

  suspend(account: BareJid, at: Millis | undefined): Promise<boolean> {
    return this.#db.transaction(async (trx) => {
      const changed = await trx('users')
        .where({ account })
        .update({ suspended_at: at ?? null });
      if (changed > 0 && at !== undefined) await trx('tokens').where({ account }).delete();
      return changed > 0;
    });
  }

  async suspended(options: { readonly after?: BareJid; readonly limit: number }): Promise<BareJid[]> {
    const rows = await this.#db<UserRow>('users')
      .select('account')
      .whereNotNull('suspended_at')
      .where('account', '>', options.after ?? '')
      .orderBy('account')
      .limit(options.limit);
    return rows.map(({ account }) => account);
  }

  delete(account: BareJid): Promise<boolean> {
    return this.#db.transaction(async (trx) => {
      const deleted = await trx('users').where({ account }).delete();
      await trx('tokens').where({ account }).delete();
      await trx('statuses').where({ account }).delete();
      await trx('affiliations').where({ user: account }).delete();
      return deleted > 0;
    });
  }

  async list(options: { readonly after?: BareJid; readonly limit: number }): Promise<UserRecord[]> {
    const rows = await this.#db<UserRow>('users')
      .where('account', '>', options.after ?? '')
      .orderBy('account')
      .limit(options.limit);
    return rows.map(decode);
  }

  async #taken(looks: readonly string[]): Promise<boolean[]> {
    const rows = await this.#db<{ look: string }>('users')
      .whereIn('look', [...new Set(looks)])
      .select('look');
    const taken = new Set(rows.map(({ look }) => look));
    return looks.map((look) => taken.has(look));
  }

  async #get(accounts: readonly BareJid[]): Promise<(UserRecord | undefined)[]> {
    const rows = await this.#db<UserRow>('users').whereIn('account', [...new Set(accounts)]);
    const found = new Map(rows.map((row) => [row.account, decode(row)]));
    return accounts.map((account) => found.get(account));
  }
}
