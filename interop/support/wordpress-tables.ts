import { createHash, createHmac } from 'node:crypto';

// WordPress's own tables, as far as a chat server reads them, and what it writes into them.

/** Characters of WordPress's keys are anything that can be printed. */
export const SECRET = `k>L8|#mF~\`[]{}<>:?./,;=+ s@lt-|%^&*()_-'"\\`;

/** A user as a test makes one. */
export interface TableUser {
  readonly id: number;
  readonly login: string;
  /** The stored hash of a password. */
  readonly pass?: string;
  readonly displayName?: string;
}

/** A hash as WordPress 6.8 and later make it, of the password `hashpwn`. */
export const HASH = '$wp$2y$10$607XKVrBjPEqujeOXNwbYuOJ.gPMd2TelMMknmeV70Kap1E81Ovo6';

const text = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const serialized = (value: string): string => `s:${Buffer.byteLength(value)}:"${value}";`;

/** Makes the tables. @param network whether there are several sites in them */
export function tables(prefix: string, network = false): string {
  return `
CREATE TABLE ${prefix}users (
  ID bigint(20) unsigned NOT NULL auto_increment, user_login varchar(60) NOT NULL default '',
  user_pass varchar(255) NOT NULL default '', display_name varchar(250) NOT NULL default '',
  ${network ? "spam tinyint(2) NOT NULL default '0', deleted tinyint(2) NOT NULL default '0'," : ''}
  PRIMARY KEY (ID), KEY user_login_key (user_login));
CREATE TABLE ${prefix}usermeta (
  umeta_id bigint(20) unsigned NOT NULL auto_increment, user_id bigint(20) unsigned NOT NULL default '0',
  meta_key varchar(255) default NULL, meta_value longtext,
  PRIMARY KEY (umeta_id), KEY user_id (user_id), KEY meta_key (meta_key(191)));
CREATE TABLE ${prefix}${network ? 'sitemeta' : 'options'} (
  id bigint(20) unsigned NOT NULL auto_increment,
  ${network ? 'meta_key varchar(255), meta_value longtext,' : 'option_name varchar(191), option_value longtext,'}
  PRIMARY KEY (id));`;
}

/** Adds a user. */
export function user(prefix: string, { displayName = '', id, login, pass = HASH }: TableUser): string {
  return `INSERT INTO ${prefix}users (ID, user_login, user_pass, display_name)
    VALUES (${id}, ${text(login)}, ${text(pass)}, ${text(displayName)});`;
}

/** Adds what is known of a user. */
export function meta(prefix: string, id: number, key: string, value: string): string {
  return `INSERT INTO ${prefix}usermeta (user_id, meta_key, meta_value)
    VALUES (${id}, ${text(key)}, ${text(value)});`;
}

/** A role, as the value of `capabilities`. */
export const role = (name: string): string => `a:1:{${serialized(name)}b:1;}`;

/** The sessions of a user with one in them, as the value of `session_tokens`. */
export function session(token: string, until: number, agent = 'Mozilla/5.0'): string {
  const verifier = createHash('sha256').update(token).digest('hex');
  return `a:1:{${serialized(verifier)}a:2:{${serialized('expiration')}i:${until};${serialized('ua')}${serialized(agent)}}}`;
}

/** The cookie that WordPress 6.8 and later set for a session, as a header. */
export function loginCookie(
  siteUrl: string,
  { login, pass = HASH }: Pick<TableUser, 'login' | 'pass'>,
  token: string,
  until: number,
): string {
  const key = createHmac('md5', SECRET)
    .update(`${login}|${pass.slice(-4)}|${until}|${token}`)
    .digest('hex');
  const proof = createHmac('sha256', key).update(`${login}|${until}|${token}`).digest('hex');
  const name = `wordpress_logged_in_${createHash('md5').update(siteUrl).digest('hex')}`;
  return `${name}=${encodeURIComponent([login, until, token, proof].join('|'))}`;
}
