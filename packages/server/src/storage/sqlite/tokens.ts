import type { BareJid, Millis } from '@meerkat-chat/xmpp';
import type { Knex } from 'knex';
import { CallGroups } from '../call-groups.js';
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
  readonly granted: string | null;
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
    granted: record.grant ?? null,
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
    ...(row.granted === null ? {} : { grant: row.granted }),
  };
}

interface Client {
  readonly account: BareJid;
  readonly client_id: string;
}

interface Use {
  readonly serial: string;
  readonly count: number | undefined;
}

/**
 * Tokens in SQLite. When many sign in at once, their look-ups share a statement and their uses a commit. Each group is
 * handed over as one JSON text, so that a statement is the same for any number of them.
 */
export class SqliteTokens implements TokenStore {
  readonly #db: Knex;
  readonly #finds: CallGroups<Client, TokenRow[]>;
  readonly #adds: CallGroups<TokenRecord, void>;
  readonly #uses: CallGroups<Use, boolean>;

  constructor(db: Knex) {
    this.#db = db;
    this.#finds = new CallGroups((clients) => this.#find(clients));
    this.#adds = new CallGroups((records) => this.#add(records));
    this.#uses = new CallGroups((uses) => this.#use(uses));
  }

  async find(account: BareJid, clientId: string, now: Millis): Promise<TokenRecord[]> {
    const rows = await this.#finds.call({ account, client_id: clientId });
    return rows.filter((row) => row.expires_at > now).map(decode);
  }

  add(record: TokenRecord): Promise<void> {
    return this.#adds.call(record);
  }

  use(serial: string, count: number | undefined): Promise<boolean> {
    return this.#uses.call({ serial, count });
  }

  async drop(account: BareJid, clientId?: string): Promise<void> {
    const which = clientId === undefined ? { account } : { account, client_id: clientId };
    await this.#db('tokens').where(which).delete();
  }

  async of(account: BareJid, limit: number): Promise<TokenRecord[]> {
    const rows = await this.#db<TokenRow>('tokens')
      .where({ account })
      .orderBy('position', 'desc')
      .limit(limit);
    return rows.map(decode);
  }

  async sweep(now: Millis, limit: number): Promise<number> {
    const expired = this.#db('tokens').select('position').where('expires_at', '<=', now).limit(limit);
    return this.#db('tokens').whereIn('position', expired).delete();
  }

  async #find(clients: readonly Client[]): Promise<TokenRow[][]> {
    const rows: TokenRow[] = await this.#db.raw(
      `SELECT tokens.* FROM (SELECT DISTINCT value ->> 'account' AS a, value ->> 'client_id' AS c FROM json_each(?))
       JOIN tokens ON account = a AND client_id = c ORDER BY position DESC`,
      [JSON.stringify(clients)],
    );
    const found = new Map<string, TokenRow[]>();
    for (const row of rows) {
      const of = found.get(keyOf(row));
      if (of) of.push(row);
      else found.set(keyOf(row), [row]);
    }
    return clients.map((client) => found.get(keyOf(client)) ?? []);
  }

  async #add(records: readonly TokenRecord[]): Promise<void[]> {
    const rows = records.map(encode);
    const before = await this.#find(rows);
    // Nearly all add the first token or the second. One statement is one commit and waits for nobody.
    if (new Set(rows.map(keyOf)).size === rows.length && before.every((tokens) => tokens.length < 2)) {
      await this.#db('tokens').insert(rows);
    } else {
      await this.#db.transaction(async (trx) => {
        await trx('tokens').insert(rows);
        // Of each client the newest two stay.
        await trx.raw(
          `DELETE FROM tokens WHERE position IN (
             SELECT old.position FROM json_each(?) JOIN tokens AS old
               ON old.account = value ->> 'account' AND old.client_id = value ->> 'client_id'
             WHERE 1 < (SELECT count(*) FROM tokens AS new WHERE new.account = old.account
               AND new.client_id = old.client_id AND new.position > old.position))`,
          [JSON.stringify(rows.map(({ account, client_id }) => ({ account, client_id })))],
        );
      });
    }
    return records.map(() => undefined);
  }

  async #use(uses: readonly Use[]): Promise<boolean[]> {
    const rows: TokenRow[] = await this.#db.raw(
      `SELECT DISTINCT theirs.* FROM json_each(?) JOIN tokens AS used ON used.serial = value
       JOIN tokens AS theirs ON theirs.account = used.account AND theirs.client_id = used.client_id`,
      [JSON.stringify(uses.map(({ serial }) => serial))],
    );
    const { accepted, counts, outlived } = judge(uses, rows);
    // Nearly nobody has an older token: then one statement is all, and does not keep what else is to be written.
    const counted = await (outlived.length === 0
      ? count(this.#db, counts)
      : this.#db.transaction(async (trx) => {
          const counted = await count(trx, counts);
          await trx('tokens').whereIn('position', outlived).delete();
          return counted;
        }));
    return uses.map(
      ({ serial }, at) => accepted[at] === true && (!counts.has(serial) || counted.has(serial)),
    );
  }
}

/** Notes the highest counts. @returns the serials of which there is still a token that had a lower one */
async function count(db: Knex, counts: ReadonlyMap<string, number>): Promise<ReadonlySet<string>> {
  if (counts.size === 0) return new Set();
  const rows: Pick<TokenRow, 'serial'>[] = await db.raw(
    `UPDATE tokens SET count = used.value FROM json_each(?) AS used
     WHERE serial = used.key AND tokens.count < used.value RETURNING serial`,
    [JSON.stringify(Object.fromEntries(counts))],
  );
  return new Set(rows.map(({ serial }) => serial));
}

/**
 * Decides uses one after the other, as if each had come alone.
 * @param rows all tokens of the clients who use one
 */
function judge(
  uses: readonly Use[],
  rows: readonly TokenRow[],
): {
  readonly accepted: readonly boolean[];
  /** The new highest count of a serial. */
  readonly counts: ReadonlyMap<string, number>;
  /** Positions of tokens that are older than one that their client has used. */
  readonly outlived: readonly number[];
} {
  const bySerial = new Map(rows.map((row) => [row.serial, row]));
  const counts = new Map<string, number>();
  /** The position of the oldest token that a client still has. */
  const oldest = new Map<string, number>();
  const isOutlived = (row: TokenRow): boolean => row.position < (oldest.get(keyOf(row)) ?? 0);
  const accepted = uses.map(({ count, serial }) => {
    const row = bySerial.get(serial);
    if (!row || isOutlived(row)) return false;
    const highest = counts.get(serial) ?? row.count;
    if (count === undefined ? highest > 0 : count <= highest) return false;
    if (count !== undefined) counts.set(serial, count);
    oldest.set(keyOf(row), row.position);
    return true;
  });
  return { accepted, counts, outlived: rows.filter(isOutlived).map(({ position }) => position) };
}

/** An address has no NUL in it. */
function keyOf({ account, client_id }: Client): string {
  return `${account}\0${client_id}`;
}
