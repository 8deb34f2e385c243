import type { BareJid, Millis } from '@meerkat-chat/xmpp';
import type { ShownStatus } from '../../kernel/hooks.js';
import type { AccountStatus, ModuleContext, StatusRecord } from '../../kernel/module.js';
import { highestStatus } from './account-status.js';
import type { StatusSettings } from './settings.js';

/** How often those who have gone are looked at. */
const LOOKED_AT_EVERY: Millis = 1000;
/** How long what has changed waits for its commit, so that many changes are one. */
const NOTED_AFTER: Millis = 5000;
/** Changes in one commit, and entries in one reading. */
const AT_ONCE = 1000;
/** When the server has started, everybody gets at least as long to come back as a session may wait for its link. */
const GRACE_AT_START: Millis = 60_000;

interface Entry extends ShownStatus {
  readonly id: string;
  readonly account: BareJid;
  readonly guest: boolean;
  status: AccountStatus;
  since: Millis;
}

/** Somebody has no available resource any more, and is shown as before for a while. */
interface Leaving {
  /** By the monotonic clock. */
  readonly until: Millis;
  /** Time of day. */
  readonly since: Millis;
}

/**
 * What is shown of whom, in memory: a request of the web is one look at a map, whatever id it asks for. Changes are
 * noted in the storage a few seconds later, so that a server that starts again goes on where it was. It knows the
 * sessions of this node.
 */
export class SharedStatuses {
  readonly #module: ModuleContext<StatusSettings>;
  readonly #byId = new Map<string, Entry>();
  readonly #byAccount = new Map<BareJid, Entry>();
  readonly #leaving = new Map<Entry, Leaving>();
  readonly #changed = new Set<Entry>();
  #looking = false;
  #noting = false;

  constructor(module: ModuleContext<StatusSettings>) {
    this.#module = module;
  }

  get size(): number {
    return this.#byId.size;
  }

  /** How many have gone and are not shown as offline yet. */
  get leaving(): number {
    return this.#leaving.size;
  }

  /** Reads who shares, as far as `accounts` allows. Whoever was here when the server ended counts as here for a while. */
  async load(): Promise<void> {
    const { clock, log, settings, storage } = this.#module;
    const until = clock.monotonic() + Math.max(settings.grace, GRACE_AT_START);
    for (let after: string | undefined; ; ) {
      const page = await storage.statuses.list({ ...(after === undefined ? {} : { after }), limit: AT_ONCE });
      for (const record of page) {
        if (this.size >= settings.accounts) {
          log.warn(
            { accounts: settings.accounts },
            'more accounts show their status than may: the rest is unknown',
          );
          return;
        }
        const entry = this.#take(record);
        if (entry.status !== 'offline') this.#leave(entry, until);
      }
      after = page.at(-1)?.id;
      if (page.length < AT_ONCE) return;
    }
  }

  /** What is shown at that id; undefined where nothing is. */
  shown(id: string): ShownStatus | undefined {
    return this.#byId.get(id);
  }

  /** The id of an account that shares. */
  idOf(account: BareJid): string | undefined {
    return this.#byAccount.get(account)?.id;
  }

  /** Begins to show what the storage keeps by now. */
  add(record: StatusRecord): void {
    if (this.#byAccount.has(record.account)) return;
    const entry = this.#take(record);
    const status = this.#statusOf(record.account);
    if (status !== entry.status) this.#show(entry, status, this.#module.clock.now());
  }

  /** Shows an account no longer. */
  remove(account: BareJid): void {
    const entry = this.#byAccount.get(account);
    if (!entry) return;
    this.#byAccount.delete(account);
    this.#byId.delete(entry.id);
    this.#leaving.delete(entry);
    this.#changed.delete(entry);
  }

  /** The presence of a session has changed: nothing is done for those who do not share. */
  presenceChanged(account: BareJid): void {
    const entry = this.#byAccount.get(account);
    if (!entry) return;
    const status = this.#statusOf(account);
    if (status !== 'offline') {
      this.#leaving.delete(entry);
      if (status !== entry.status) this.#show(entry, status, this.#module.clock.now());
    } else if (entry.status !== 'offline' && !this.#leaving.has(entry)) {
      this.#leave(entry, this.#module.clock.monotonic() + this.#module.settings.grace);
    }
  }

  /** Guests who have been offline for longer than they are kept. */
  expiredGuests(): readonly BareJid[] {
    const before = this.#module.clock.now() - this.#module.settings.guestLife;
    const expired: BareJid[] = [];
    for (const { account, guest, since, status } of this.#byId.values()) {
      if (guest && status === 'offline' && since <= before) expired.push(account);
    }
    return expired;
  }

  /** Writes down what has changed, in commits of a thousand. What cannot be written now is tried again later. */
  async note(): Promise<void> {
    const { log, storage } = this.#module;
    while (this.#changed.size > 0) {
      const some = [...this.#changed].slice(0, AT_ONCE);
      for (const entry of some) this.#changed.delete(entry);
      try {
        await storage.statuses.note(some.map(({ id, since, status }) => ({ id, since, status })));
      } catch (err) {
        log.warn({ err }, 'what is shown of accounts could not be written down');
        for (const entry of some) if (this.#byId.has(entry.id)) this.#changed.add(entry);
        return;
      }
    }
  }

  #statusOf(account: BareJid): AccountStatus {
    const { sessions } = this.#module;
    return highestStatus(sessions.of(account).map(({ jid }) => sessions.presence(jid)));
  }

  #take({ id, account, guest, status, since }: StatusRecord): Entry {
    const entry: Entry = { id, account, guest, status, since };
    this.#byId.set(id, entry);
    this.#byAccount.set(account, entry);
    return entry;
  }

  #leave(entry: Entry, until: Millis): void {
    const { clock } = this.#module;
    this.#leaving.set(entry, { until, since: clock.now() });
    this.#lookLater(Math.min(LOOKED_AT_EVERY, until - clock.monotonic()));
  }

  #show(entry: Entry, status: AccountStatus, since: Millis): void {
    entry.status = status;
    entry.since = since;
    this.#changed.add(entry);
    this.#noteLater();
  }

  /** One timer for all, and none where nobody is leaving. */
  #lookLater(delay: Millis): void {
    if (this.#looking) return;
    this.#looking = true;
    this.#module.clock.after(delay, () => {
      this.#looking = false;
      const now = this.#module.clock.monotonic();
      for (const [entry, { until, since }] of this.#leaving) {
        if (now < until) continue;
        this.#leaving.delete(entry);
        this.#show(entry, 'offline', since);
      }
      if (this.#leaving.size > 0) this.#lookLater(LOOKED_AT_EVERY);
    });
  }

  #noteLater(): void {
    if (this.#noting) return;
    this.#noting = true;
    this.#module.clock.after(NOTED_AFTER, () => {
      void this.note().finally(() => {
        this.#noting = false;
        if (this.#changed.size > 0) this.#noteLater();
      });
    });
  }
}
