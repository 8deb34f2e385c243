import type { BareJid, Millis } from '@meerkat-chat/xmpp';
import type { Knex } from 'knex';
import type { TokenRecord, TokenStore } from '../storage.js';

interface TokenRow {
  /** Rises with each token added, so it tells the newer of two of one millisecond. */
  readonly position: number;
  readonly serial: string;
  readonly account: BareJid;
  readonly client_id: string;
  readonly guest: 0 | 1;
  readonly mechanism: string;
  readonly issued_at: Millis;
  readonly expires_at: Millis;
  readonly count: number;
}

function encode(record: TokenRecord): Omit<TokenRow, 'position'> {
  return {
    serial: record.serial,
    account: record.account,
    client_id: record.clientId,
    guest: record.guest ? 1 : 0,
    mechanism: record.mechanism,
    issued_at: record.issuedAt,
    expires_at: record.expiresAt,
    count: record.count,
  };
}

function decode(row: TokenRow): TokenRecord {
  return {
    account: row.account,
    guest: row.guest === 1,
    clientId: row.client_id,
    mechanism: row.mechanism,
    serial: row.serial,
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
    count: row.count,
  };
}

/** Tokens in SQLite. */
export class SqliteTokens implements TokenStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  async find(account: BareJid, clientId: string, now: Millis): Promise<TokenRecord[]> {
    const rows = await this.#db<TokenRow>('tokens')
      .where({ account, client_id: clientId })
      .where('expires_at', '>', now)
      .orderBy('position', 'desc');
    return rows.map(decode);
  }

  add(record: TokenRecord): Promise<void> {
    return this.#db.transaction(async (trx) => {
      const client = { account: record.account, client_id: record.clientId };
      const newest = await trx<TokenRow>('tokens').where(client).max<{ position: number | null }[]>({
        position: 'position',
      });
      await trx('tokens')
        .where(client)
        .where('position', '<', newest[0]?.position ?? 0)
        .delete();
      await trx('tokens').insert(encode(record));
    });
  }

  use(serial: string, count: number | undefined): Promise<boolean> {
    return this.#db.transaction(async (trx) => {
      const token = await trx<TokenRow>('tokens').where({ serial }).first();
      if (!token || (count === undefined ? token.count > 0 : count <= token.count)) return false;
      if (count !== undefined) await trx('tokens').where({ serial }).update({ count });
      await trx('tokens')
        .where({ account: token.account, client_id: token.client_id })
        .where('position', '<', token.position)
        .delete();
      return true;
    });
  }

  async drop(account: BareJid, clientId?: string): Promise<void> {
    const which = clientId === undefined ? { account } : { account, client_id: clientId };
    await this.#db('tokens').where(which).delete();
  }

  async sweep(now: Millis, limit: number): Promise<number> {
    const expired = this.#db('tokens').select('position').where('expires_at', '<=', now).limit(limit);
    return this.#db('tokens').whereIn('position', expired).delete();
  }
}
