import { assertNever, type Clock, localOf, type StanzaError, stanzaError } from '@meerkat-chat/xmpp';
import { addressKey } from '../../kernel/address-key.js';
import type { Session } from '../../kernel/session.js';
import { type Rate, TokenBuckets } from '../../kernel/token-buckets.js';
import { defaultConfig } from './config.js';
import type { MucContext } from './muc-context.js';
import type { Room } from './room.js';
import type { MucSettings } from './settings.js';

/** What the elements name the room of a page by (`page-room.ts` of the widgets). */
const PAGE = /^page-/;
const TOO_MANY = stanzaError(
  'policy-violation',
  'Too many rooms were made from your address. Try again later.',
  {
    type: 'wait',
  },
);

/** How many rooms each network address has made of late. */
export class CreationRates {
  readonly #rooms: TokenBuckets<string>;
  readonly #pages: TokenBuckets<string>;
  readonly #lifted: boolean;

  constructor(clock: Pick<Clock, 'monotonic'>, settings: MucSettings) {
    const { createdPerMinute, pages, rateLimits } = settings;
    this.#rooms = new TokenBuckets(clock, rateOf(createdPerMinute, 60));
    this.#pages = new TokenBuckets(clock, rateOf(pages.createdPerHour, 3600));
    this.#lifted = !rateLimits;
  }

  /** Counts one more from an address; false when that is one too many. */
  take(address: string, page: boolean): boolean {
    if (this.#lifted) return true;
    const key = addressKey(address);
    return this.#rooms.take(key) && (!page || this.#pages.take(key));
  }

  /** Forgets the addresses that have been quiet. */
  sweep(): void {
    this.#rooms.sweep();
    this.#pages.sweep();
  }
}

function rateOf(burst: number, seconds: number): Rate {
  return { perSecond: burst / seconds, burst };
}

function mayCreate(muc: MucContext, session: Session): boolean {
  switch (muc.settings.create) {
    case 'anyone':
      return true;
    case 'users':
      return session.identity.kind === 'user';
    case 'admins':
      return muc.rooms.isAdmin(session.account);
    case 'nobody':
      return false;
    default:
      return assertNever(muc.settings.create);
  }
}

/** Why a session may not make this room; undefined when it may. */
function rightsProblem(muc: MucContext, session: Session, page: boolean): StanzaError | undefined {
  const { origins } = muc.settings.pages;
  if (!page || origins.length === 0) {
    return mayCreate(muc, session) ? undefined : stanzaError('not-allowed', 'You may not make a room here.');
  }
  const { origin } = session.peer;
  if ((origin !== undefined && origins.includes(origin)) || muc.rooms.isAdmin(session.account))
    return undefined;
  return stanzaError('not-allowed', 'The pages of this site have no rooms here.');
}

/**
 * Makes a room for a session that joins one that is not there, or says why not. Who has an account here becomes its
 * owner, and the room is kept from then on. A guest owns nothing, nor does whom a site has signed in, since the site says
 * what its people may: the room goes with its last occupant. Nobody owns the room of a page for having read it first. No
 * room is locked.
 */
export function createRoom(
  muc: MucContext,
  room: Room,
  session: Session,
  rates: CreationRates,
): StanzaError | undefined {
  const page = PAGE.test(room.jid);
  const problem = rightsProblem(muc, session, page);
  if (problem) return problem;
  if (!rates.take(session.peer.address, page)) return TOO_MANY;
  room.established = true;
  const { grant, kind } = session.identity;
  if (page || kind === 'guest' || grant) return undefined;
  room.affiliate(session.account, 'owner');
  room.config = defaultConfig(localOf(room.jid), true, muc.settings.archive);
  return undefined;
}
