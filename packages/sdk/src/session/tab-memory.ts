import { type Off, randomId } from '@meerkat-chat/xmpp';
import { insist } from '../lazy.js';
import type { Platform } from '../platform.js';
import { type Claim, claimSession } from './claim.js';
import type { LazyParts } from './lazy-parts.js';
import { type Snapshot, storeSnapshot, VERSION } from './snapshot.js';
import { SafeStorage } from './storage.js';
import type { ReadBack, XmppSession } from './xmpp-session.js';

/** What was found of the page before. */
export interface Found {
  /** What it left; undefined where it left nothing, or where that is another tab's. */
  readonly snapshot: Snapshot | undefined;
  /** Somebody has written there since we did: another page may have gone on with our session. */
  readonly foreign: boolean;
}

/**
 * What one page of a tab leaves to the next, and whose that is: one document at a time claims it. Storage that is
 * blocked means that it lasts as long as the page.
 */
export class TabMemory {
  readonly #platform: Platform;
  readonly #storage: SafeStorage;
  readonly #key: string;
  readonly #load: () => Promise<ReadBack>;
  #kept: ReadonlyMap<string, unknown> = new Map();
  readonly #keepers = new Map<string, () => unknown>();
  /** What was there at first is being read, and given to features; undefined where there was nothing. */
  #restoring: Promise<ReadBack> | undefined;
  #claim: Claim | undefined;
  /** What was stored when we let go last, to see whether somebody has written there since. */
  #lastSaved: string | undefined;

  constructor(platform: Platform, key: string, load: LazyParts['readBack']) {
    this.#platform = platform;
    this.#storage = new SafeStorage(() => platform.storage('session'));
    this.#key = key;
    this.#load = () => insist(platform.env.clock, load);
    if (!this.#isEmpty) this.#restoring = this.#restore();
  }

  /** See `XmppSession.keep`. */
  keep(section: string, save: () => unknown, restore: Parameters<XmppSession['keep']>[2]): void {
    this.#keepers.set(section, save);
    if (!this.#restoring) restore(undefined);
    else {
      this.#restoring = this.#restoring.then((readBack) => {
        restore(this.#kept.get(section), readBack);
        return readBack;
      });
    }
  }

  /** From now on, what another one keeps is kept here. */
  inherit(other: TabMemory): void {
    for (const [section, save] of other.#keepers) this.#keepers.set(section, save);
  }

  /** Whether what is stored is ours to write. */
  get claimed(): boolean {
    return this.#claim !== undefined;
  }

  /**
   * Claims what is there.
   * @param take gets what was found in the same moment as the claim: who lets go right after must write all of it. Not
   *   called when `signal` was aborted meanwhile
   */
  async claim(signal: AbortSignal, take: (found: Found) => void): Promise<void> {
    const { env, locks } = this.#platform;
    await this.#restoring;
    const snapshot = await this.#read();
    const claim = await claimSession(locks, env.random, snapshot?.id);
    if (signal.aborted) {
      claim.release();
      return;
    }
    this.#claim = claim;
    const mine = this.#lastSaved;
    this.#lastSaved = undefined;
    const foreign = mine !== undefined && mine !== this.#storage.get(this.#key);
    take(claim.kept ? { snapshot, foreign } : { snapshot: undefined, foreign: false });
  }

  /** Writes down where we are, if it is ours to write. */
  save(state: Omit<Snapshot, 'id' | 'kept'>): void {
    if (!this.#claim) return;
    const kept = new Map(this.#kept);
    for (const [section, save] of this.#keepers) kept.set(section, save());
    storeSnapshot(this.#storage, this.#key, { ...state, id: this.#claim.id, kept });
    this.#lastSaved = state.exact ? this.#storage.get(this.#key) : undefined;
  }

  /** Before it is known whether what is stored is ours: adds only what was to be sent. */
  leaveBehind(waiting: readonly string[]): void {
    if (waiting.length === 0) return;
    const untouched = this.#lastSaved !== undefined && this.#lastSaved === this.#storage.get(this.#key);
    // Whoever reads it will see whether it is what it should be; what another release has written nobody reads.
    const stored = Object(this.#storage.getJson(this.#key)) as Partial<Snapshot> & { readonly v?: unknown };
    const found = stored.v === VERSION ? stored : {};
    this.#storage.setJson(this.#key, {
      v: VERSION,
      id: randomId(this.#platform.env.random),
      exact: false,
      unacknowledged: [],
      kept: {},
      ...found,
      waiting: [found.waiting ?? [], waiting].flat(),
    });
    if (untouched) this.#lastSaved = this.#storage.get(this.#key);
  }

  /** Signed out: nothing is left to anybody. */
  forget(): void {
    this.#storage.remove(this.#key);
  }

  /** Lets others claim it. */
  readonly release: Off = () => {
    this.#claim?.release();
    this.#claim = undefined;
  };

  get #isEmpty(): boolean {
    return this.#storage.get(this.#key) === undefined;
  }

  async #restore(): Promise<ReadBack> {
    const readBack = await this.#load();
    this.#kept = readBack.readSnapshot(this.#storage.getJson(this.#key))?.kept ?? this.#kept;
    return readBack;
  }

  async #read(): Promise<Snapshot | undefined> {
    if (this.#isEmpty) return undefined;
    const { readSnapshot } = await this.#load();
    return readSnapshot(this.#storage.getJson(this.#key));
  }
}
