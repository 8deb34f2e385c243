import {
  type Element,
  el,
  NS,
  type Off,
  type RoomOccupants,
  randomId,
  resourceOf,
  type StanzaError,
  withResource,
} from '@meerkat-chat/xmpp';
import type { Occupant, RoomStatus } from '../chat.js';
import type { KeptRoom } from './kept.js';
import {
  beginOccupants,
  completeOccupants,
  countOf,
  listedOf,
  NO_OCCUPANTS,
  type OccupantChange,
  type Occupants,
  reduceOccupants,
  restoredOccupants,
  tellOccupants,
} from './occupants.js';
import type { RoomPartContext } from './room-context.js';
import type { Refused } from './room-refusal.js';
import { isDestroyed, isRenamed, isSelf } from './room-stanzas.js';
import type { SelfInRoom } from './room-talk.js';

export interface RoomMembershipContext extends RoomPartContext {
  /** Called right before a join is sent: how many messages of the history to ask for. */
  readonly entering: () => number;
  /** The room has let us in, or given us another nick. */
  readonly entered: () => void;
  /** The room does not have us any more. */
  readonly removed: () => void;
}

/** Where we are, as far as the room knows. */
type Place =
  | { readonly at: 'out' }
  /** The page before was in; whether the room still has us turns out with the connection. */
  | { readonly at: 'held'; readonly nick: string }
  | { readonly at: 'entering'; readonly nick: string; readonly tries: number }
  | { readonly at: 'in'; readonly nick: string };

/** A room answers a join in that time, or not at all. */
const JOIN_TIME = 30_000;
/** Presences of others are shown together. */
const CROWD_TIME = 50;
const MAX_CROWD = 1_000;
const MAX_NICK_TRIES = 9;
/** Who was removed without a reason comes back after up to that time, so many times in such a span. */
const COMEBACK_TIME = 3_000;
const MAX_COMEBACKS = 5;
const COMEBACK_SPAN = 600_000;

/** Our place in one room, and those of the others (XEP-0045 sections 7 to 10, as an occupant sees them). */
export class RoomMembership {
  readonly #context: RoomMembershipContext;
  #status: RoomStatus = { state: 'idle' };
  #occupants: Occupants = NO_OCCUPANTS;
  #place: Place = { at: 'out' };
  /** The nick that somebody asked for, and the one that came of it, which is asked for at the next join. */
  #asked: string | undefined;
  #wish: string | undefined;
  /** Nobody has asked for a nick, and what goes with who we are may be better known when we enter. */
  #unasked = false;
  /** Somebody may have this name already: another one will do. */
  #yields = false;
  /** A nick under which the room still has us, though we have left: it could not be told yet. */
  #owed: string | undefined;
  #nickRequest: { readonly id: string; readonly nick: string } | undefined;
  #comebacks: number[] = [];
  #presences: OccupantChange[] = [];
  #crowdTimer: Off | undefined;
  #timer: Off | undefined;

  constructor(context: RoomMembershipContext, kept?: KeptRoom) {
    this.#context = context;
    if (!kept) return;
    this.#asked = kept.asked;
    this.#wish = kept.nick;
    this.#status = { state: 'joining' };
    this.#occupants = restoredOccupants(kept.occupants, kept.occupantCount);
    if (kept.joined) this.#place = { at: 'held', nick: kept.nick };
  }

  get status(): RoomStatus {
    return this.#status;
  }

  /** Those shown; presences of the last moments may still be gathered, see `drain`. */
  get occupants(): Occupants {
    return this.#occupants;
  }

  /** We mean to be in the room. */
  get wanted(): boolean {
    return this.#status.state === 'joining' || this.#status.state === 'joined';
  }

  /** Our occupant, while we are in. */
  get occupant(): Occupant | undefined {
    return this.#place.at === 'in' ? listedOf(this.#occupants).get(this.#place.nick) : undefined;
  }

  get self(): SelfInRoom | undefined {
    if (this.#place.at !== 'in') return undefined;
    const { nick } = this.#place;
    return { nick, asked: this.#nickRequest?.nick ?? nick, occupantId: this.occupant?.occupantId };
  }

  /** The nick that the room is asked for, or will be at the next join; undefined before somebody asked. */
  get wish(): string | undefined {
    return this.#wish;
  }

  keep(): Pick<KeptRoom, 'asked' | 'joined' | 'nick' | 'occupantCount' | 'occupants'> {
    this.drain();
    return {
      asked: this.#asked ?? '',
      nick: this.#place.at === 'out' ? (this.#wish ?? '') : this.#place.nick,
      joined: this.#place.at === 'in' || this.#place.at === 'held',
      occupants: [...listedOf(this.#occupants).values()],
      occupantCount: countOf(this.#occupants),
    };
  }

  /** Joins. Asked again for the nick that was asked for before, it leaves things as they are. */
  join(nick?: string): void {
    const again = nick === undefined || nick === this.#asked || nick === this.#wish;
    if (this.wanted && again) return;
    if (this.#place.at === 'in') {
      if (nick !== undefined) this.changeNick(nick);
      return;
    }
    this.#unasked = nick === undefined && this.#asked === undefined;
    this.#asked = nick ?? this.#asked ?? this.#context.nick();
    this.#wish = this.#asked;
    this.#comebacks = [];
    this.#setStatus({ state: 'joining' });
    if (this.#place.at !== 'held') this.#enter();
  }

  leave(): void {
    const place = this.#place;
    this.#end({ state: 'idle' });
    if (place.at === 'out') return;
    // What waits for a link would be sent after a join that comes in between.
    if (this.#context.online()) this.#sendTo(place.nick, 'unavailable');
    else this.#owed = place.nick;
  }

  changeNick(nick: string): void {
    const place = this.#place;
    if (place.at !== 'in') {
      this.join(nick);
      return;
    }
    this.#asked = nick;
    if (!this.#context.online()) {
      this.#wish = nick;
      return;
    }
    this.#wish = place.nick;
    const id = this.#sendTo(nick);
    if (id !== undefined) this.#nickRequest = { id, nick };
    else this.#joined(place.nick, { nick, reason: 'nick-refused' });
  }

  /** What tells the room that we leave; undefined where it does not have us. */
  farewell(): Element | undefined {
    const to = this.#place.at === 'out' ? undefined : this.#address(this.#place.nick);
    return to && el('presence', NS.client, { to, type: 'unavailable' });
  }

  /** We are somebody else, who has a name without having asked for it. */
  become(): void {
    this.#unasked = this.#asked !== undefined;
    this.#yields = true;
  }

  /** A new session was bound: no room has us. */
  fresh(): void {
    this.#place = { at: 'out' };
    this.#nickRequest = undefined;
    this.#owed = undefined;
    if (!this.wanted) return;
    this.#setStatus({ state: 'joining' });
    this.#enter();
  }

  /** The stream goes on: does what had to wait for it. */
  resumed(): void {
    if (this.#owed !== undefined && !this.wanted) this.#sendTo(this.#owed, 'unavailable');
    this.#owed = undefined;
    const place = this.#place;
    if (place.at === 'held') {
      this.#place = { at: 'in', nick: place.nick };
      this.#joined(place.nick);
      this.#context.entered();
    } else if (place.at === 'out' && this.wanted) {
      this.#enter();
    }
    if (this.#place.at === 'in' && this.#wish !== undefined && this.#wish !== this.#place.nick) {
      this.changeNick(this.#wish);
    }
  }

  /** Enters once more, unless that was tried too often of late. */
  comeBack(): void {
    const { clock, random } = this.#context.env;
    const now = clock.monotonic();
    this.#place = { at: 'out' };
    this.#comebacks = [...this.#comebacks.filter((at) => now - at < COMEBACK_SPAN), now];
    if (this.#comebacks.length > MAX_COMEBACKS) {
      this.#end({ state: 'refused', reason: 'unknown', text: 'The room keeps removing us.' });
      return;
    }
    this.#setStatus({ state: 'joining' });
    this.#wait(random.number() * COMEBACK_TIME, () => this.#enter());
  }

  /** @param crowd what the room says in it of everybody, which counts in our own presence only */
  hearHere(who: Omit<Occupant, 'self'>, presence: Element, crowd?: RoomOccupants): void {
    const place = this.#place;
    if (place.at !== 'in' && place.at !== 'entering') return;
    const self = isSelf(presence) || who.nick === place.nick;
    this.#presences.push([who.nick, { ...who, self }]);
    if (!self) {
      this.#gather();
      return;
    }
    const entered = place.at === 'entering';
    const news = entered || place.nick !== who.nick;
    this.#place = { at: 'in', nick: who.nick };
    this.drain();
    if (!news) return;
    this.#timer?.();
    if (entered) this.#occupants = completeOccupants(this.#occupants, crowd);
    this.#wish = who.nick;
    this.#nickRequest = undefined;
    this.#joined(who.nick);
    this.#context.entered();
  }

  /** The room says how many are there. */
  hearCrowd(crowd: RoomOccupants): void {
    if (this.#place.at !== 'in') return;
    this.drain();
    this.#occupants = tellOccupants(this.#occupants, crowd);
    this.#context.touch();
  }

  /** @param refusal why it is us who are gone; undefined where nobody wanted it */
  hearGone(nick: string, presence: Element, refusal: Refused | undefined): void {
    const place = this.#place;
    if (place.at !== 'in' && place.at !== 'entering') return;
    const us = isSelf(presence) || nick === place.nick || isDestroyed(presence);
    const renamed = isRenamed(presence);
    if (!us || place.at === 'entering' || renamed) {
      this.#presences.push([nick, undefined]);
      this.#gather();
    }
    // A leftover of ours may go while we enter: only the room's refusal ends a join.
    if (!us || renamed) return;
    if (place.at === 'entering' && !refusal) return;
    this.#context.removed();
    if (refusal) this.#end(refusal);
    else this.comeBack();
  }

  /** @param refusal what the error means */
  hearRefusal(id: string | undefined, error: StanzaError, refusal: Refused): void {
    const place = this.#place;
    if (place.at === 'in') {
      const request = this.#nickRequest;
      if (!request || request.id !== id) return;
      this.#nickRequest = undefined;
      this.#joined(place.nick, { nick: request.nick, reason: refusal.reason });
    } else if (place.at === 'entering') {
      const retry =
        error.condition === 'conflict' &&
        (this.#yields || this.#context.guest()) &&
        place.tries < MAX_NICK_TRIES;
      if (retry) this.#enterAs(`${this.#asked ?? ''} ${place.tries + 2}`, place.tries + 1);
      else this.#end(refusal);
    }
  }

  /** Shows the presences that were gathered. */
  drain(): void {
    this.#crowdTimer?.();
    this.#crowdTimer = undefined;
    if (this.#presences.length === 0) return;
    this.#occupants = reduceOccupants(this.#occupants, this.#presences.splice(0));
    this.#context.touch();
  }

  /** Lets go of timers. */
  close(): void {
    this.#timer?.();
    this.#crowdTimer?.();
  }

  #gather(): void {
    if (this.#presences.length >= MAX_CROWD) this.drain();
    // While a join is under way nothing of it is shown, so there is nothing to hurry for.
    else if (this.#place.at === 'in') {
      this.#crowdTimer ??= this.#context.env.clock.after(CROWD_TIME, () => this.drain());
    }
  }

  #enter(): void {
    const { online, jid } = this.#context;
    if (this.#unasked) this.#asked = this.#wish = this.#context.nick();
    if (this.#wish !== undefined && online() && jid() !== undefined) this.#enterAs(this.#wish, 0);
  }

  #enterAs(nick: string, tries: number): void {
    const history = this.#context.entering();
    const to = this.#address(nick);
    if (to === undefined) {
      this.#end({ state: 'refused', reason: 'nick-refused' });
      return;
    }
    this.#place = { at: 'entering', nick: resourceOf(to), tries };
    this.#presences = [];
    this.#occupants = beginOccupants(this.#occupants);
    // Section 7.2.14.
    const count = el('history', NS.muc, { maxstanzas: history });
    this.#sendTo(nick, undefined, el('x', NS.muc, {}, count));
    this.#wait(JOIN_TIME, () => this.#noAnswer());
  }

  #noAnswer(): void {
    if (this.#place.at !== 'entering') return;
    if (!this.#context.online()) this.#wait(JOIN_TIME, () => this.#noAnswer());
    else this.#end({ state: 'refused', reason: 'unknown', text: 'The room did not answer.' });
  }

  #address(nick: string) {
    const jid = this.#context.jid();
    return jid && withResource(jid, nick);
  }

  /** Sends a presence to the room under a nick, and returns its id; undefined when the nick is not allowed. */
  #sendTo(nick: string, type?: 'unavailable', join?: Element): string | undefined {
    const to = this.#address(nick);
    if (to === undefined) return undefined;
    const id = randomId(this.#context.env.random, 12);
    this.#context.send(el('presence', NS.client, { to, id, type }, join));
    return id;
  }

  #joined(nick: string, nickRefused?: Extract<RoomStatus, { state: 'joined' }>['nickRefused']): void {
    this.#setStatus({ state: 'joined', nick, nickRefused });
  }

  #end(status: RoomStatus): void {
    this.#timer?.();
    this.#crowdTimer?.();
    this.#crowdTimer = undefined;
    this.#presences = [];
    this.#place = { at: 'out' };
    this.#occupants = NO_OCCUPANTS;
    this.#setStatus(status);
  }

  #setStatus(status: RoomStatus): void {
    if (status.state === 'joining' && this.#status.state === 'joining') return;
    this.#status = status;
    this.#context.touch();
  }

  #wait(span: number, run: () => void): void {
    this.#timer?.();
    this.#timer = this.#context.env.clock.after(span, run);
  }
}
