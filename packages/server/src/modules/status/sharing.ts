import { type BareJid, stanzaError } from '@meerkat-chat/xmpp';
import type { SharedStatus } from '../../kernel/hooks.js';
import type { ModuleContext } from '../../kernel/module.js';
import { newStatusId } from '../../kernel/status-id.js';
import { TokenBuckets } from '../../kernel/token-buckets.js';
import type { StatusSettings } from './settings.js';
import type { SharedStatuses } from './shared-statuses.js';

/** Requests that may wait for the disk. */
const MOST_WAITING = 1000;

const FULL = stanzaError('resource-constraint', 'As many people show their status as this server allows.');
const BUSY = stanzaError('resource-constraint', 'Too many ask for this now. Try again later.', {
  type: 'wait',
});
const TOO_FAST = stanzaError(
  'policy-violation',
  'Too many have asked for this from your network. Try again later.',
  {
    type: 'wait',
  },
);
const GONE = stanzaError('not-authorized');

/** Who asks to share, and what they are held to. */
export interface Sharer {
  readonly account: BareJid;
  readonly guest: boolean;
  /** Undefined for an administrator, who is not limited. */
  readonly address: string | undefined;
  /** False when the one who asks is gone by the time it is their turn. */
  isHere(): boolean;
}

/** Begins and ends the sharing of statuses, one after the other, so that no two of them meet half-way. */
export class Sharing {
  readonly #module: ModuleContext<StatusSettings>;
  readonly #statuses: SharedStatuses;
  readonly #byAddress: TokenBuckets<string>;
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(module: ModuleContext<StatusSettings>, statuses: SharedStatuses) {
    this.#module = module;
    this.#statuses = statuses;
    const { sharedPerHour } = module.settings;
    this.#byAddress = new TokenBuckets(module.clock, {
      perSecond: sharedPerHour / 3600,
      burst: sharedPerHour,
    });
  }

  /** How many wait for their turn. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Shows the status of an account; the id is the same for as long as it is shared. Rejects when the disk fails. */
  share(sharer: Sharer): Promise<SharedStatus> {
    return this.#next(() => this.#share(sharer));
  }

  /** Shows it no longer: the id is good for nothing, for ever. Rejects when the disk fails. */
  withdraw(account: BareJid): Promise<SharedStatus> {
    return this.#next(async () => {
      // Nobody sees it any more while the disk still works on it; if it fails, the account is asked about anew.
      this.#statuses.remove(account);
      await this.#module.storage.statuses.remove(account);
      return { shared: true, id: undefined };
    });
  }

  /** An account is gone: what was asked for in its name, and waits still, is undone too. */
  erased(account: BareJid): Promise<void> {
    return this.#queue(async () => {
      this.#statuses.remove(account);
      await this.#module.storage.statuses.remove(account);
    });
  }

  /** Forgets guests that are long gone, and addresses that have been quiet. */
  async sweep(): Promise<void> {
    this.#byAddress.sweep();
    for (const account of this.#statuses.expiredGuests()) await this.withdraw(account);
  }

  async #share({ account, guest, address, isHere }: Sharer): Promise<SharedStatus> {
    if (!isHere()) return { shared: false, error: GONE };
    const known = this.#statuses.idOf(account);
    if (known !== undefined) return { shared: true, id: known };
    if (this.#statuses.size >= this.#module.settings.accounts) return { shared: false, error: FULL };
    const { clock, random, settings, storage } = this.#module;
    if (settings.rateLimits && address !== undefined && !this.#byAddress.take(address)) {
      return { shared: false, error: TOO_FAST };
    }
    const kept = await storage.statuses.add({
      id: newStatusId(random),
      account,
      guest,
      status: 'offline',
      since: clock.now(),
    });
    this.#statuses.add(kept);
    return { shared: true, id: kept.id };
  }

  #next(task: () => Promise<SharedStatus>): Promise<SharedStatus> {
    if (this.#waiting >= MOST_WAITING) return Promise.resolve({ shared: false, error: BUSY });
    return this.#queue(task);
  }

  #queue<Out>(task: () => Promise<Out>): Promise<Out> {
    this.#waiting++;
    const mine = this.#turn.then(task).finally(() => void this.#waiting--);
    this.#turn = mine.catch(() => {});
    return mine;
  }
}
