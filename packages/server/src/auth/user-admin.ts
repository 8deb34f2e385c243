import { type BareJid, bareJid, type DomainJid, type Env } from '@meerkat-chat/xmpp';
import type { Storage, UserRecord } from '../storage/storage.js';
import { GUEST_PREFIX, isGuestName } from './anonymous.js';
import { judgePassword, type PasswordSettings } from './password-rules.js';
import { makeUserKeys } from './scram-keys.js';

/** What the management of accounts is made of. */
export interface UserAdminOptions {
  readonly storage: Pick<Storage, 'archive' | 'scrub' | 'users'>;
  readonly domain: DomainJid;
  readonly env: Env;
  readonly iterations: number;
  /** What passwords must be. */
  readonly passwords: PasswordSettings;
  /** Whether anything is kept of whoever has a name, also of one that only the site knows. */
  readonly knows: (account: BareJid) => Promise<boolean>;
  /** Sees to it that whoever gets this name from now on is somebody else in every room. */
  readonly retire: (account: BareJid) => Promise<void>;
  /** Sees to it that what a site has signed for this name until now signs nobody in any more. */
  readonly endSignIns?: (account: BareJid) => Promise<void>;
  /** Hears that an account's password changed, that it is suspended, or that it is gone: its sessions are to end. */
  readonly changed?: (account: BareJid) => void;
  /** Hears that an account is suspended, or no longer. */
  readonly suspended?: (account: BareJid, suspended: boolean) => void;
  /** Hears that an account is gone for good; its sessions have been told to end. */
  readonly erased?: (account: BareJid) => void;
  /**
   * Shows the status of an account on the web, or does so no longer; answers with the id under which it is shown then.
   * May throw `UserAdminError`.
   */
  readonly shareStatus: (account: BareJid, share: boolean) => Promise<string | undefined>;
}

/** Why an account cannot be managed as asked. */
export type UserAdminReason = 'refused' | 'taken' | 'unknown';

/** An account cannot be managed as asked; the message is one line for the operator. */
export class UserAdminError extends Error {
  override readonly name = 'UserAdminError';
  readonly reason: UserAdminReason;

  constructor(message: string, reason: UserAdminReason = 'refused') {
    super(message);
    this.reason = reason;
  }
}

const PAGE = 500;

/** Management of the accounts of the internal provider. Every method throws `UserAdminError`. */
export class UserAdmin {
  readonly #options: UserAdminOptions;

  constructor(options: UserAdminOptions) {
    this.#options = options;
  }

  /** Adds an account and returns its address. @param password none: its owner signs in through the site alone */
  async add(name: string, password: string | undefined): Promise<BareJid> {
    const { env, iterations, storage } = this.#options;
    const account = this.account(name);
    if (isGuestName(account)) {
      throw new UserAdminError(`names that begin with ${GUEST_PREFIX} belong to guests`);
    }
    const prepared = password === undefined ? undefined : this.#prepared(account, password);
    const keys = prepared === undefined ? {} : { keys: await makeUserKeys(prepared, iterations, env.random) };
    const added = await storage.users.add({ account, ...keys, createdAt: env.clock.now() });
    if (!added) throw new UserAdminError(`${account} exists already`, 'taken');
    return account;
  }

  /** Gives an account another password, which ends its sessions and tokens. */
  async setPassword(name: string, password: string): Promise<BareJid> {
    const account = await this.replacePassword(name, password);
    this.#options.changed?.(account);
    return account;
  }

  /**
   * Gives an account another password and ends its tokens; its sessions are left to the caller.
   * @param keep the client whose tokens go on
   */
  async replacePassword(name: string, password: string, keep?: string): Promise<BareJid> {
    const { env, iterations, storage } = this.#options;
    const account = this.account(name);
    const keys = await makeUserKeys(this.#prepared(account, password), iterations, env.random);
    if (!(await storage.users.setKeys(account, keys, env.clock.now(), keep))) throw unknown(account);
    return account;
  }

  /** Keeps an account from signing in, by whatever credential, and ends its sessions and tokens; or lets it in again. */
  async suspend(name: string, suspended: boolean): Promise<BareJid> {
    const { changed, env, storage, suspended: told } = this.#options;
    const account = this.account(name);
    if (!(await storage.users.suspend(account, suspended ? env.clock.now() : undefined))) {
      throw unknown(account);
    }
    told?.(account, suspended);
    if (suspended) changed?.(account);
    return account;
  }

  /**
   * Removes an account, or a visitor whom the site knows, with all that is their own: sessions, tokens, archive,
   * affiliations in rooms, the id of their status.
   * What they said in rooms stays there, as nobody's. Who gets the name later begins with nothing: that holds also where
   * nothing else is kept of anybody of this name, which is `unknown` then.
   */
  async delete(name: string): Promise<BareJid> {
    const account = this.account(name);
    // Guests have no name that somebody may get later; what is kept of them is erased.
    if (isGuestName(account)) throw unknown(account);
    if (!(await this.#options.knows(account))) {
      await this.#retire(account);
      throw unknown(account);
    }
    await this.remove(account);
    await this.#options.storage.scrub();
    return account;
  }

  /**
   * The same for any name, also one that only the site knows.
   * @returns how many messages of its own archive went, and whether there was an account
   */
  async remove(account: BareJid): Promise<{ readonly archived: number; readonly known: boolean }> {
    const { changed, erased, storage, suspended } = this.#options;
    changed?.(account);
    // The account itself is the last to go: if the server dies before, it is still there to be deleted again.
    const archived = await storage.archive.forget(account);
    if (!isGuestName(account)) await this.#retire(account);
    const known = await storage.users.delete(account);
    suspended?.(account, false);
    // Again, for who has come in meanwhile.
    changed?.(account);
    const later = await storage.archive.forget(account);
    erased?.(account);
    return { archived: archived + later, known };
  }

  /** Whoever has had a name is not who gets it later: not in rooms, and not by what a site has signed. */
  async #retire(account: BareJid): Promise<void> {
    await this.#options.retire(account);
    await this.#options.endSignIns?.(account);
  }

  /** Shows the status of an account on the web, or does so no longer. */
  async shareStatus(
    name: string,
    share: boolean,
  ): Promise<{ readonly account: BareJid; readonly id: string | undefined }> {
    const { shareStatus, storage } = this.#options;
    const account = this.account(name);
    if (!(await storage.users.get(account))) throw unknown(account);
    const id = await shareStatus(account, share);
    // Removed meanwhile: nobody who gets the name later may be shown at this id.
    if (id !== undefined && !(await storage.users.get(account))) {
      await shareStatus(account, false);
      throw unknown(account);
    }
    return { account, id };
  }

  /** An account as it is kept. */
  async show(name: string): Promise<UserRecord> {
    const account = this.account(name);
    const user = await this.#options.storage.users.get(account);
    if (!user) throw unknown(account);
    return user;
  }

  /** A page of accounts, in order of address. @param after the last address of the page before */
  async list(after?: string): Promise<readonly BareJid[]> {
    const options = after === undefined ? { limit: PAGE } : { after: this.account(after), limit: PAGE };
    return (await this.#options.storage.users.list(options)).map(({ account }) => account);
  }

  /** The account of a name; `romeo@our.domain` is as good as `romeo`. */
  account(name: string): BareJid {
    const account = accountOf(this.#options.domain, name);
    if (!account) throw new UserAdminError(`${JSON.stringify(name)} cannot be the name of an account`);
    return account;
  }

  /** A person as the audit log names them: the same however it was written, so that all of it is found again. */
  nameInLog(name: string): string {
    return accountOf(this.#options.domain, name) ?? name;
  }

  /** Judges a password that an account may get. @throws {UserAdminError} with one sentence that says why not */
  judge(account: BareJid, password: string): void {
    this.#prepared(account, password);
  }

  #prepared(account: BareJid, password: string): string {
    const judged = judgePassword(account, password, this.#options.passwords);
    if (judged.fine) return judged.prepared;
    throw new UserAdminError(judged.problem);
  }
}

function unknown(account: BareJid): UserAdminError {
  return new UserAdminError(`there is no account ${account}`, 'unknown');
}

function accountOf(domain: DomainJid, name: string): BareJid | undefined {
  return bareJid(name.endsWith(`@${domain}`) ? name.slice(0, -domain.length - 1) : name, domain);
}
