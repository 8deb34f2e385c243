import { pathToFileURL } from 'node:url';
import type { Knex } from 'knex';
import knex from 'knex';
import type { LoginRow } from './login-cookie.js';
import { unserialize } from './php-serialize.js';
import type { WordpressSettings } from './settings.js';

/** A user of WordPress, as far as it matters here. */
export interface WordpressUser extends LoginRow {
  readonly id: number;
  readonly displayName: string;
  /** Hashes of the application passwords (5.6 and later). */
  readonly applicationPasswords: readonly string[];
  /** By name, such as `editor`. */
  readonly roles: readonly string[];
}

/** Where the database is, and which users in it. */
export type WordpressTables = Pick<WordpressSettings, 'connections' | 'networkSite' | 'prefix' | 'timeout'>;

/** What is read of WordPress's database. It is never written to: WordPress would not notice, and keep the old. */
export interface WordpressUsers {
  /** The user of a login; it may have another case than what was asked for. In a network, only those of the site. */
  find(login: string): Promise<WordpressUser | undefined>;
  /** Key and salt of the cookies, where WordPress made them itself. */
  keptSecret(): Promise<{ readonly key: string | undefined; readonly salt: string | undefined }>;
  close(): Promise<void>;
}

interface UserRow {
  readonly ID: number;
  readonly user_login: string;
  readonly user_pass: string;
  readonly display_name: string;
  readonly session_tokens: Buffer | string | null;
  readonly capabilities: Buffer | string | null;
  readonly application_passwords: Buffer | string | null;
  /** In networks: flags, by which somebody is shut out. */
  readonly spam?: number;
  readonly deleted?: number;
}

/** Knex would write to the console what is thrown as well. */
const QUIET = { debug() {}, warn() {}, error() {}, deprecate() {} };

/** Opens the database; nothing is asked before the first look. @param url `mysql://...` or `sqlite:FILE` */
export function openWordpressUsers(url: string, tables: WordpressTables): WordpressUsers {
  return new DatabaseUsers(connect(url, tables), tables);
}

function connect(url: string, { connections, timeout }: WordpressTables): Knex {
  if (url.startsWith('sqlite:')) {
    // WordPress alone writes there, and makes it.
    const filename = `${pathToFileURL(url.slice('sqlite:'.length)).href}?mode=ro`;
    return knex({
      client: 'sqlite3',
      useNullAsDefault: true,
      log: QUIET,
      compileSqlOnError: false,
      connection: { filename, flags: ['OPEN_URI'] },
    });
  }
  return knex({
    client: 'mysql2',
    log: QUIET,
    compileSqlOnError: false,
    connection: { uri: url, charset: 'utf8mb4', connectTimeout: timeout } as Knex.MySql2ConnectionConfig,
    // Who waits for a database that cannot be reached is told so at once, and the log says why.
    pool: { min: 0, max: connections, propagateCreateError: true },
    acquireConnectionTimeout: timeout,
  });
}

/** Reads users out of the tables of WordPress. */
export class DatabaseUsers implements WordpressUsers {
  readonly #db: Knex;
  readonly #tables: WordpressTables;

  constructor(db: Knex, tables: WordpressTables) {
    this.#db = db;
    this.#tables = tables;
  }

  async find(login: string): Promise<WordpressUser | undefined> {
    const { networkSite, prefix, timeout } = this.#tables;
    const meta = `${prefix}usermeta`;
    // A network's first site has no number in the names of what is its own.
    const site = networkSite === undefined || networkSite === 1 ? prefix : `${prefix}${networkSite}_`;
    const rows: UserRow[] = await this.#db(`${prefix}users as u`)
      .leftJoin(`${meta} as s`, (join) => {
        join.on('s.user_id', 'u.ID').andOnVal('s.meta_key', 'session_tokens');
      })
      .leftJoin(`${meta} as c`, (join) => {
        join.on('c.user_id', 'u.ID').andOnVal('c.meta_key', `${site}capabilities`);
      })
      .leftJoin(`${meta} as a`, (join) => {
        join.on('a.user_id', 'u.ID').andOnVal('a.meta_key', '_application_passwords');
      })
      .where('u.user_login', login)
      .limit(2)
      .select('u.ID', 'u.user_login', 'u.user_pass', 'u.display_name')
      .select({
        session_tokens: 's.meta_value',
        capabilities: 'c.meta_value',
        application_passwords: 'a.meta_value',
        ...(networkSite === undefined ? {} : { spam: 'u.spam', deleted: 'u.deleted' }),
      })
      .timeout(timeout);
    // A collation may find several that differ by an accent.
    const row = rows.find(({ user_login }) => user_login === login) ?? rows[0];
    if (!row || (networkSite !== undefined && !isOfSite(row))) return undefined;
    return {
      id: row.ID,
      login: row.user_login,
      pass: row.user_pass,
      displayName: row.display_name,
      sessionTokens: row.session_tokens === null ? undefined : Buffer.from(row.session_tokens),
      applicationPasswords: applicationPasswordsOf(row.application_passwords),
      roles: rolesOf(row.capabilities),
    };
  }

  async keptSecret(): Promise<{ readonly key: string | undefined; readonly salt: string | undefined }> {
    const { networkSite, prefix, timeout } = this.#tables;
    const [table, name, value] =
      networkSite === undefined
        ? (['options', 'option_name', 'option_value'] as const)
        : (['sitemeta', 'meta_key', 'meta_value'] as const);
    const rows: { readonly name: string; readonly value: string }[] = await this.#db(`${prefix}${table}`)
      .whereIn(name, ['logged_in_key', 'logged_in_salt'])
      .select({ name, value })
      .timeout(timeout);
    const find = (wanted: string) => rows.find((row) => row.name === wanted)?.value;
    return { key: find('logged_in_key'), salt: find('logged_in_salt') };
  }

  close(): Promise<void> {
    return this.#db.destroy();
  }
}

/** Whether somebody in a network is of the site: with a role there, if an empty one, and not shut out of all of it. */
function isOfSite({ capabilities, deleted, spam }: UserRow): boolean {
  return capabilities !== null && spam === 0 && deleted === 0;
}

/** The roles in the value of `wp_capabilities`. */
function rolesOf(meta: Buffer | string | null): readonly string[] {
  return [...entriesOf(meta)].flatMap(([role, has]) => (has === true ? [role] : []));
}

/** The hashes in the value of `_application_passwords`. */
function applicationPasswordsOf(meta: Buffer | string | null): readonly string[] {
  return [...entriesOf(meta).values()].flatMap((entry) => {
    const hash: unknown = entry instanceof Map ? entry.get('password') : undefined;
    return Buffer.isBuffer(hash) ? [hash.toString()] : [];
  });
}

/** A value that is an array; an empty one where there is none, or it cannot be read. */
function entriesOf(meta: Buffer | string | null): ReadonlyMap<string, unknown> {
  if (meta === null) return new Map();
  try {
    const value = unserialize(Buffer.from(meta));
    return value instanceof Map ? value : new Map();
  } catch {
    return new Map();
  }
}
