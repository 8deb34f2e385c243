import { pathToFileURL } from 'node:url';
import type { Knex } from 'knex';
import knex from 'knex';
import type { LoginRow } from './login-cookie.js';
import { unserialize } from './php-serialize.js';

/** A user of WordPress, as far as it matters here. */
export interface WordpressUser extends LoginRow {
  readonly id: number;
  readonly displayName: string;
  /** Hashes of the application passwords (5.6 and later). */
  readonly applicationPasswords: readonly string[];
  /** By name, such as `editor`. */
  readonly roles: readonly string[];
}

/** What is read of WordPress's database. It is never written to: WordPress would not notice, and keep the old. */
export interface WordpressUsers {
  /** The user of a login; it may have another case than what was asked for. */
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
}

/** Knex would write to the console what is thrown as well. */
const QUIET = { debug() {}, warn() {}, error() {}, deprecate() {} };

/** Opens the database; nothing is asked before the first look. @param url `mysql://...` or `sqlite:FILE` */
export function openWordpressUsers(
  url: string,
  options: { readonly prefix: string; readonly connections: number },
): WordpressUsers {
  return new DatabaseUsers(connect(url, options.connections), options.prefix);
}

function connect(url: string, connections: number): Knex {
  if (url.startsWith('sqlite:')) {
    // WordPress alone writes there, and makes it.
    const filename = `${pathToFileURL(url.slice('sqlite:'.length)).href}?mode=ro`;
    return knex({
      client: 'sqlite3',
      useNullAsDefault: true,
      log: QUIET,
      connection: { filename, flags: ['OPEN_URI'] },
    });
  }
  return knex({
    client: 'mysql2',
    log: QUIET,
    connection: { uri: url, charset: 'utf8mb4' } as Knex.MySql2ConnectionConfig,
    pool: { min: 0, max: connections },
    acquireConnectionTimeout: 5000,
  });
}

/** Reads users out of the tables of WordPress. */
export class DatabaseUsers implements WordpressUsers {
  readonly #db: Knex;
  readonly #prefix: string;

  constructor(db: Knex, prefix: string) {
    this.#db = db;
    this.#prefix = prefix;
  }

  async find(login: string): Promise<WordpressUser | undefined> {
    const meta = `${this.#prefix}usermeta`;
    const rows: UserRow[] = await this.#db(`${this.#prefix}users as u`)
      .leftJoin(`${meta} as s`, (join) => {
        join.on('s.user_id', 'u.ID').andOnVal('s.meta_key', 'session_tokens');
      })
      .leftJoin(`${meta} as c`, (join) => {
        join.on('c.user_id', 'u.ID').andOnVal('c.meta_key', `${this.#prefix}capabilities`);
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
      });
    // A collation may find several that differ by an accent.
    const row = rows.find(({ user_login }) => user_login === login) ?? rows[0];
    return (
      row && {
        id: row.ID,
        login: row.user_login,
        pass: row.user_pass,
        displayName: row.display_name,
        sessionTokens: row.session_tokens === null ? undefined : Buffer.from(row.session_tokens),
        applicationPasswords: applicationPasswordsOf(row.application_passwords),
        roles: rolesOf(row.capabilities),
      }
    );
  }

  async keptSecret(): Promise<{ readonly key: string | undefined; readonly salt: string | undefined }> {
    const rows: { readonly option_name: string; readonly option_value: string }[] = await this.#db(
      `${this.#prefix}options`,
    )
      .whereIn('option_name', ['logged_in_key', 'logged_in_salt'])
      .select('option_name', 'option_value');
    const value = (name: string) => rows.find(({ option_name }) => option_name === name)?.option_value;
    return { key: value('logged_in_key'), salt: value('logged_in_salt') };
  }

  close(): Promise<void> {
    return this.#db.destroy();
  }
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
