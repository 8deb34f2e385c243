import { type Element, type Env, encodeCrowded, encodeProofWanted, type Millis } from '@meerkat-chat/xmpp';
import { addressKey, SHARED_FACTOR } from '../../kernel/address-key.js';
import type { Session } from '../../kernel/session.js';
import { type Rate, TokenBuckets } from '../../kernel/token-buckets.js';
import type { Identity } from '../provider.js';
import type { GuestSettings } from './settings.js';
import type { SiteProofs } from './site-proofs.js';
import type { WorkProofs } from './work-proofs.js';

/** Why a guest may not come in now, in words and for programs. */
export interface GuestRefusal {
  readonly text: string;
  readonly application: Element;
}

/** When another attempt is worth it where somebody has to go first. */
const SOMEBODY_LEAVES: Millis = 60_000;
const MINUTE = 60;

const NETWORK = 'Too many people of your network are here as guests. Try again in a moment.';
const RUSH = 'Too many people of your network are arriving as guests just now. Try again in a moment.';
const SERVER = 'There is no place for another guest now. Try again in a moment.';
const PROVE = 'Many guests are arriving just now: prove that you are not a machine.';
const NOT_PROVEN = 'That did not prove that you are not a machine. Try again.';

/** A session, as far as the door looks at it. */
type GuestSession = Pick<Session, 'identity' | 'peer'>;

/** What the door is made of. */
export interface GuestDoorOptions {
  readonly env: Env;
  readonly settings: GuestSettings;
  /** Whether an address is of a network that many people share. */
  readonly isShared: (address: string) => boolean;
  /** What answers are judged by, where one may be asked for. */
  readonly proofs?: WorkProofs | SiteProofs | undefined;
}

/** Says which guests may come in: so many at once and so many anew, by network and in all, and after which proof. */
export class GuestDoor {
  readonly #options: GuestDoorOptions;
  /** Sessions of guests by the network that they were bound from. */
  readonly #inside = new Map<string, Set<GuestSession>>();
  readonly #newcomers: NetworkRate;
  readonly #unproven: NetworkRate;
  readonly #unprovenInAll: TokenBuckets<'all'>;
  readonly #networks = new Map<GuestSession, string>();

  constructor(options: GuestDoorOptions) {
    this.#options = options;
    const { newPerMinute, proof } = options.settings;
    this.#newcomers = new NetworkRate(newPerMinute, options);
    this.#unproven = new NetworkRate(proof.freePerAddress, options);
    this.#unprovenInAll = new TokenBuckets(options.env.clock, rateOf(proof.freeInAll));
  }

  /** Sessions of guests now. */
  get guests(): number {
    return this.#networks.size;
  }

  /** Networks that are remembered. */
  get networks(): number {
    return this.#inside.size + this.#newcomers.size + this.#unproven.size;
  }

  /** Somebody wants to be a guest whom nobody knows yet. @param proof what they say when one was asked for */
  async knock(address: string, proof: string | undefined): Promise<GuestRefusal | undefined> {
    const full = this.crowd(address);
    if (full) return full;
    const { proofs } = this.#options;
    if (proofs && proof === undefined && !this.#free(address)) return this.#wanted(proofs, address, PROVE);
    // Before a proof is judged: the site is asked no more often, whoever makes answers up.
    if (!this.#newcomers.take(address)) return this.#rush();
    if (!proofs || proof === undefined || (await proofs.accept(proof, address))) return undefined;
    return this.#wanted(proofs, address, NOT_PROVEN);
  }

  /** Why there is no place for another guest from there; undefined where there is one. */
  crowd(address: string): GuestRefusal | undefined {
    const { settings, isShared } = this.#options;
    const most = settings.perAddress * (isShared(address) ? SHARED_FACTOR : 1);
    const crowded = (by: 'network' | 'server') => encodeCrowded({ by, retryAfter: SOMEBODY_LEAVES });
    if (this.guests >= settings.total) return { text: SERVER, application: crowded('server') };
    const here = this.#inside.get(addressKey(address))?.size ?? 0;
    return here >= most ? { text: NETWORK, application: crowded('network') } : undefined;
  }

  /** Whether somebody who has signed in may have a session: who comes back takes a place like everybody else. */
  problem(identity: Identity, address: string): GuestRefusal | undefined {
    return identity.kind === 'guest' ? this.crowd(address) : undefined;
  }

  entered(session: GuestSession): void {
    if (session.identity.kind !== 'guest') return;
    const key = addressKey(session.peer.address);
    const here = this.#inside.get(key) ?? new Set();
    this.#inside.set(key, here.add(session));
    this.#networks.set(session, key);
  }

  left(session: GuestSession): void {
    const key = this.#networks.get(session);
    if (key === undefined) return;
    this.#networks.delete(session);
    const here = this.#inside.get(key);
    here?.delete(session);
    if (here?.size === 0) this.#inside.delete(key);
  }

  /** Forgets the networks that have been quiet. */
  sweep(): void {
    this.#newcomers.sweep();
    this.#unproven.sweep();
  }

  #rush(): GuestRefusal {
    // Not all of them come back in the same moment.
    const retryAfter = 5000 + this.#options.env.random.number() * 25_000;
    return { text: RUSH, application: encodeCrowded({ by: 'network', retryAfter }) };
  }

  #wanted(proofs: SiteProofs | WorkProofs, address: string, text: string): GuestRefusal {
    const { bits } = this.#options.settings.proof;
    const wanted =
      'challenge' in proofs
        ? ({ kind: 'work', challenge: proofs.challenge(address), bits } as const)
        : ({ kind: 'site' } as const);
    return { text, application: encodeProofWanted(wanted) };
  }

  /** Whether so few come that nobody has to prove anything. */
  #free(address: string): boolean {
    // Both are taken from, so that a network that floods is seen by all others too.
    const inAll = this.#unprovenInAll.take('all');
    return this.#unproven.take(address) && inAll;
  }
}

function rateOf(perMinute: number): Rate {
  return { perSecond: perMinute / MINUTE, burst: perMinute };
}

/** How often something happens in each network, of which some are shared by many. */
class NetworkRate {
  readonly #isShared: GuestDoorOptions['isShared'];
  readonly #usual: TokenBuckets<string>;
  readonly #shared: TokenBuckets<string>;

  constructor(perMinute: number, { env, isShared }: GuestDoorOptions) {
    this.#isShared = isShared;
    this.#usual = new TokenBuckets(env.clock, rateOf(perMinute));
    this.#shared = new TokenBuckets(env.clock, rateOf(perMinute * SHARED_FACTOR));
  }

  get size(): number {
    return this.#usual.size + this.#shared.size;
  }

  take(address: string): boolean {
    return (this.#isShared(address) ? this.#shared : this.#usual).take(addressKey(address));
  }

  sweep(): void {
    this.#usual.sweep();
    this.#shared.sweep();
  }
}
