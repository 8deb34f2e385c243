import { type BareJid, bareJid, type DomainJid, type Env } from '@meerkat-chat/xmpp';
import type { UserStore } from '../storage/storage.js';
import { GUEST_PREFIX, isGuestName } from './anonymous.js';
import { MAX_PASSWORD_BYTES, makeUserKeys, preparePassword } from './scram-keys.js';

/** What the management of accounts is made of. */
export interface UserAdminOptions {
  readonly users: UserStore;
  readonly domain: DomainJid;
  readonly env: Env;
  readonly iterations: number;
  /** Hears that an account's password changed or that it is gone: its sessions are to end. */
  readonly changed?: (account: BareJid) => void;
  /** Hears that an account is gone for good; its sessions have been told to end. */
  readonly erased?: (account: BareJid) => void;
  /**
   * Shows the status of an account on the web, or does so no longer; answers with the id under which it is shown then.
   * May throw `UserAdminError`.
   */
  readonly shareStatus: (account: BareJid, share: boolean) => Promise<string | undefined>;
}

/** An account cannot be managed as asked; the message is one line for the operator. */
export class UserAdminError extends Error {
  override readonly name = 'UserAdminError';
}

const PAGE = 500;

/** Management of the accounts of the internal provider. Every method throws `UserAdminError`. */
export class UserAdmin {
  readonly #options: UserAdminOptions;

  constructor(options: UserAdminOptions) {
    this.#options = options;
  }

  /** Adds an account and returns its address. */
  async add(name: string, password: string): Promise<BareJid> {
    const { env, iterations, users } = this.#options;
    const account = this.#account(name);
    if (isGuestName(account)) {
      throw new UserAdminError(`names that begin with ${GUEST_PREFIX} belong to guests`);
    }
    const keys = await makeUserKeys(this.#prepared(password), iterations, env.random);
    const added = await users.add({ account, keys, createdAt: env.clock.now() });
    if (!added) throw new UserAdminError(`${account} exists already`);
    return account;
  }

  /** Gives an account another password, which ends its sessions and tokens. */
  async setPassword(name: string, password: string): Promise<BareJid> {
    const { changed, env, iterations, users } = this.#options;
    const account = this.#account(name);
    const keys = await makeUserKeys(this.#prepared(password), iterations, env.random);
    if (!(await users.setKeys(account, keys))) throw new UserAdminError(`there is no account ${account}`);
    changed?.(account);
    return account;
  }

  /** Removes an account with its sessions, its tokens, and the id of its status. */
  async delete(name: string): Promise<BareJid> {
    const { changed, erased, users } = this.#options;
    const account = this.#account(name);
    if (!(await users.delete(account))) throw new UserAdminError(`there is no account ${account}`);
    changed?.(account);
    erased?.(account);
    return account;
  }

  /** Shows the status of an account on the web, or does so no longer. */
  async shareStatus(
    name: string,
    share: boolean,
  ): Promise<{ readonly account: BareJid; readonly id: string | undefined }> {
    const { shareStatus, users } = this.#options;
    const account = this.#account(name);
    const unknown = new UserAdminError(`there is no account ${account}`);
    if (!(await users.get(account))) throw unknown;
    const id = await shareStatus(account, share);
    // Removed meanwhile: nobody who gets the name later may be shown at this id.
    if (id !== undefined && !(await users.get(account))) {
      await shareStatus(account, false);
      throw unknown;
    }
    return { account, id };
  }

  /** A page of accounts, in order of address. @param after the last address of the page before */
  async list(after?: string): Promise<readonly BareJid[]> {
    const options = after === undefined ? { limit: PAGE } : { after: this.#account(after), limit: PAGE };
    return (await this.#options.users.list(options)).map(({ account }) => account);
  }

  #account(name: string): BareJid {
    const { domain } = this.#options;
    // `romeo@our.domain` is as good as `romeo`.
    const local = name.endsWith(`@${domain}`) ? name.slice(0, -domain.length - 1) : name;
    const account = bareJid(local, domain);
    if (!account) throw new UserAdminError(`${JSON.stringify(name)} cannot be the name of an account`);
    return account;
  }

  #prepared(password: string): string {
    const prepared = preparePassword(password);
    if (prepared !== undefined) return prepared;
    throw new UserAdminError(
      `a password has 1 to ${MAX_PASSWORD_BYTES} bytes of text and no control characters`,
    );
  }
}
