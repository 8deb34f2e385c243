import {
  type BareJid,
  type Clock,
  child,
  type DomainJid,
  decodeRegister,
  type Element,
  el,
  encodeRegistrationForm,
  encodeStanzaError,
  localOf,
  NS,
  type StanzaError,
  stanzaError,
} from '@meerkat-chat/xmpp';
import { isGuestName } from '../auth/anonymous.js';
import { type UserAdmin, UserAdminError } from '../auth/user-admin.js';
import { addressKey } from '../kernel/address-key.js';
import type { Logger } from '../kernel/logger.js';
import { TokenBuckets } from '../kernel/token-buckets.js';
import type { Peer } from '../link/server-link.js';
import { isKnown, type PersonStorage } from './known-person.js';
import type { AskHook } from './registration-hook.js';
import type { RegistrationSettings } from './settings.js';

/** What registration needs. */
export interface RegistrationOptions {
  readonly settings: RegistrationSettings;
  readonly domain: DomainJid;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly log: Logger;
  readonly storage: PersonStorage;
  /** The accounts, which are there when the first asks. */
  readonly users: () => Pick<UserAdmin, 'account' | 'add' | 'judge'>;
  /** True for a name that stands for those who run the place. */
  isReserved(local: string): boolean;
  /** True for an account that somebody is signed in to, however. */
  isHere(account: BareJid): boolean;
  /** Asks whoever may forbid it; undefined where nobody is asked. */
  readonly ask: AskHook | undefined;
}

const HOUR = 3600;
/** So many tries for each account that an address may make, good or bad: names cannot be tried out in a row. */
const TRIES = 10;
const INSTRUCTIONS = 'Choose a name and a password.';

const TAKEN = stanzaError('conflict', 'This name is taken.');
const RESERVED = stanzaError('not-acceptable', 'This name is kept for those who run this place.');
const TOO_MANY = stanzaError(
  'resource-constraint',
  'Too many accounts were made from your network. Try again later.',
);
const TOO_MANY_IN_ALL = stanzaError(
  'resource-constraint',
  'Too many accounts are being made just now. Try again later.',
);
const BROKEN = stanzaError('internal-server-error');

/**
 * Registration by the people themselves (XEP-0077 section 3.1), before they sign in: off unless it is opened, over secure
 * links alone, bounded by address and in all. A name is free when nothing is kept of whoever had it, on this server or
 * through the site.
 */
export class Registration {
  readonly #options: RegistrationOptions;
  readonly #tries: TokenBuckets<string>;
  readonly #made: TokenBuckets<string>;
  readonly #all: TokenBuckets<'all'>;

  constructor(options: RegistrationOptions) {
    const { clock, settings } = options;
    const rate = (burst: number) => ({ burst, perSecond: burst / HOUR });
    this.#options = options;
    this.#tries = new TokenBuckets(clock, rate(settings.perAddress * TRIES));
    this.#made = new TokenBuckets(clock, rate(settings.perAddress));
    this.#all = new TokenBuckets(clock, rate(settings.perHour));
  }

  /** Whether such a link is told that it may register. */
  offered(peer: Peer): boolean {
    return this.#options.settings.open && peer.secure;
  }

  /** Answers a request of somebody who has not signed in. */
  async answer(iq: Element, peer: Peer): Promise<{ readonly answer: Element; readonly refused: boolean }> {
    const { domain: from } = this.#options;
    const { id, type } = iq.attrs;
    const answer = (type: string, ...content: Element[]) =>
      el('iq', NS.client, { type, from, ...(id === undefined ? {} : { id }) }, ...content);
    const refuse = (error: StanzaError) => ({
      answer: answer('error', encodeStanzaError(error)),
      refused: true,
    });
    const query = child(iq, 'query', NS.register);
    if (id === undefined || (type !== 'get' && type !== 'set')) return refuse(stanzaError('bad-request'));
    if (!query) return refuse(stanzaError('not-authorized', 'Sign in first.'));
    if (type === 'get') {
      return { answer: answer('result', encodeRegistrationForm(INSTRUCTIONS)), refused: false };
    }
    try {
      const error = await this.#register(query, peer);
      return error ? refuse(error) : { answer: answer('result'), refused: false };
    } catch (err) {
      this.#options.log.error({ err }, 'an account could not be made');
      return refuse(BROKEN);
    }
  }

  /** Forgets the addresses that have been quiet. */
  sweep(): void {
    this.#tries.sweep();
    this.#made.sweep();
  }

  async #register(query: Element, peer: Peer): Promise<StanzaError | undefined> {
    const { ask, isReserved, log, users } = this.#options;
    const asked = decodeRegister(query);
    if (!asked.ok) return asked.error;
    if (asked.value.kind === 'remove') return stanzaError('not-allowed', 'Sign in first.');
    const { password, username } = asked.value;
    const address = addressKey(peer.address);
    if (!this.#tries.take(address)) return TOO_MANY;
    try {
      const account = users().account(username);
      users().judge(account, password);
      const local = localOf(account);
      if (isGuestName(local) || isReserved(local)) return RESERVED;
      if (await this.#isTaken(account)) return TAKEN;
      if (!this.#made.take(address)) return TOO_MANY;
      if (!this.#all.take('all')) return TOO_MANY_IN_ALL;
      const refusal = await ask?.({ name: local, address: peer.address });
      if (refusal) return refusal;
      await users().add(local, password);
      log.info({ account, address: peer.address }, 'an account was registered');
      return undefined;
    } catch (error) {
      if (!(error instanceof UserAdminError)) throw error;
      return error.reason === 'taken' ? TAKEN : stanzaError('not-acceptable', sentence(error.message));
    }
  }

  /** True where a name belongs to somebody: an account, or a visitor of the site of whom something is kept. */
  async #isTaken(account: BareJid): Promise<boolean> {
    const { isHere, storage } = this.#options;
    if (isHere(account) || (await storage.users.looksTaken(localOf(account)))) return true;
    return isKnown(storage, account);
  }
}

/** The words for operators as a sentence for people. */
export function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
