import { type BareJid, localOf, type StanzaError, stanzaError } from '@meerkat-chat/xmpp';
import type { ModuleContext } from '../../kernel/module.js';
import type { Session } from '../../kernel/session.js';
import { TokenBuckets } from '../../kernel/token-buckets.js';
import type { DirectSettings } from './settings.js';

const NOT_FOR_GUESTS = stanzaError('forbidden', 'Guests may not write to this person.');
const TOO_FAST = stanzaError(
  'policy-violation',
  'Guests of your network are sending too fast. Wait a moment.',
  { type: 'wait' },
);
const SWEEP = 30_000;

/** Says who may write to whom. Guests cost nothing to make, so they are held to their network's address. */
export class Permission {
  readonly #open: ReadonlySet<string>;
  readonly #byAddress: TokenBuckets<string> | undefined;

  constructor({ settings, clock }: Pick<ModuleContext<DirectSettings>, 'clock' | 'settings'>) {
    this.#open = new Set(settings.guestsMayWrite);
    this.#byAddress = settings.rateLimits ? new TokenBuckets(clock, settings.guestMessages) : undefined;
    clock.every(SWEEP, () => this.#byAddress?.sweep());
  }

  /** Network addresses whose guests have written lately. */
  get size(): number {
    return this.#byAddress?.size ?? 0;
  }

  /** True for an account that was named as open to guests. */
  isOpen(account: BareJid): boolean {
    return this.#open.has(localOf(account));
  }

  /** Why a session may not write to an account; undefined when it may. */
  problem(session: Session, account: BareJid): StanzaError | undefined {
    if (session.identity.kind === 'user' || session.account === account) return undefined;
    return this.#open.has('*') || this.isOpen(account) ? undefined : NOT_FOR_GUESTS;
  }

  /** The same, of something that is being said, which counts. */
  take(session: Session, account: BareJid): StanzaError | undefined {
    const problem = this.problem(session, account);
    if (problem || session.identity.kind === 'user') return problem;
    return this.#byAddress?.take(session.peer.address) === false ? TOO_FAST : undefined;
  }
}
