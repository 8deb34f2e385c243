import {
  type Element,
  encodeAvatar,
  encodeMucUser,
  encodeOccupantId,
  type FullJid,
  MUC_STATUS,
  type MucItem,
  presenceEl,
} from '@meerkat-chat/xmpp';
import { SharedStanza } from '../../kernel/shared-stanza.js';
import { type MucContext, occupantJid } from './muc-context.js';
import type { Audience, Occupant } from './occupant.js';
import type { Room } from './room.js';
import type { Burst, Seat } from './seat.js';

/** What a presence tells beyond who and what somebody is. */
export interface PresenceNews {
  readonly unavailable?: boolean;
  /** The nick that it is from, where that is not the occupant's own any more. */
  readonly from?: string;
  readonly statuses?: readonly number[];
  /** Changes to the item: a new nick, who did it and why. */
  readonly item?: MucItem;
  /** What the client says in it; what its last presence said by default. */
  readonly payload?: readonly Element[];
  readonly destroy?: { readonly reason: string | undefined };
  /** What the room says of everybody in it, for oneself only. */
  readonly crowd?: Element | undefined;
}

const AUDIENCES: readonly Audience[] = ['moderators', 'others'];

function write(room: Room, occupant: Occupant, revealed: boolean, news: PresenceNews): SharedStanza {
  const [session] = occupant.sessions;
  return SharedStanza.of(
    presenceEl(
      {
        from: occupantJid(room.jid, news.from ?? occupant.nick),
        type: news.unavailable === true ? 'unavailable' : 'available',
      },
      ...(news.payload ?? (news.unavailable === true ? [] : occupant.payload)),
      encodeMucUser({
        item: {
          affiliation: occupant.affiliation,
          role: occupant.role,
          jid: revealed ? session : undefined,
          ...news.item,
        },
        statuses: news.statuses ?? [],
        destroy: news.destroy,
      }),
      encodeOccupantId(occupant.id),
      news.unavailable !== true && occupant.avatar !== undefined && encodeAvatar(occupant.avatar),
      news.crowd,
    ),
  );
}

/** Those of an audience who are shown an occupant, without its own sessions. */
function* readers(seats: Iterable<Seat>, audience: Audience, about: Occupant): Iterable<FullJid> {
  for (const seat of seats) {
    const { occupant, session } = seat;
    if (occupant !== about && audienceOf(occupant) === audience && seat.shows(about)) yield session;
  }
}

/** What an occupant may see of others. */
export function audienceOf(occupant: Occupant): Audience {
  return occupant.role === 'moderator' ? 'moderators' : 'others';
}

/** The presence of an occupant as it is now, made once for each audience. */
function presenceOf(room: Room, occupant: Occupant, audience: Audience): SharedStanza {
  return occupant.presenceFor(audience, () => write(room, occupant, audience === 'moderators', {}));
}

/** Tells everybody else who is shown an occupant how it is now. @param seats whom to tell, where that is not everybody */
export function announce(muc: MucContext, room: Room, occupant: Occupant, seats?: readonly Seat[]): void {
  if (!room.visibility.mayBeShown(occupant)) return;
  for (const audience of AUDIENCES) {
    muc.module.outlet.fanOut(
      presenceOf(room, occupant, audience),
      readers(seats ?? room.seats, audience, occupant),
    );
  }
}

/** Somebody speaks: those who are to know who it is, and do not yet, are told. */
export function introduce(muc: MucContext, room: Room, occupant: Occupant): void {
  const seats = room.visibility.activates(occupant);
  if (seats.length > 0) announce(muc, room, occupant, seats);
}

/** Tells everybody else who is shown an occupant something that happens to an occupant, such as leaving. */
export function announceNews(muc: MucContext, room: Room, occupant: Occupant, news: PresenceNews): void {
  if (!room.visibility.mayBeShown(occupant)) return;
  for (const audience of AUDIENCES) {
    muc.module.outlet.fanOut(
      write(room, occupant, audience === 'moderators', news),
      readers(room.seats, audience, occupant),
    );
  }
}

/** Tells an occupant's own sessions, with status 110. */
export function tellSelf(
  muc: MucContext,
  room: Room,
  occupant: Occupant,
  news: PresenceNews = {},
  sessions: Iterable<FullJid> = occupant.sessions,
): void {
  const statuses = [MUC_STATUS.self, ...(news.statuses ?? [])];
  muc.module.outlet.fanOut(write(room, occupant, true, { ...news, statuses }), sessions);
}

/** Everybody whom a burst is to show, each as they are when it comes to them, from what is written already. */
function* presences(room: Room, seat: Seat, burst: Burst): Generator<SharedStanza, void> {
  for (const other of room.occupants) {
    // It may have gone since, or have come in anew.
    if (room.seatOf(seat.session) !== seat) return;
    if (other.joined > burst.from) break;
    const wanted = other !== seat.occupant && seat.wants(burst, other);
    burst.cursor = other.joined;
    if (wanted) yield presenceOf(room, other, audienceOf(seat.occupant));
  }
  seat.finish(burst);
}

/**
 * Shows a session those whom it may see, as fast as it takes them; what it is sent from now on comes behind.
 * @param again shows those too whom it has seen
 */
export function showOthers(muc: MucContext, room: Room, seat: Seat, again: boolean): void {
  const burst = room.visibility.begin(seat, again);
  if (burst) muc.module.outlet.stream(presences(room, seat, burst), seat.session);
}
