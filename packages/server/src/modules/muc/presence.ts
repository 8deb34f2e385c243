import {
  type Element,
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
    ),
  );
}

function* readers(room: Room, audience: Audience, except: Occupant): Iterable<FullJid> {
  for (const occupant of room.occupants) {
    if (occupant !== except && audienceOf(occupant) === audience) yield* occupant.sessions;
  }
}

/** What an occupant may see of others. */
export function audienceOf(occupant: Occupant): Audience {
  return occupant.role === 'moderator' ? 'moderators' : 'others';
}

/** Tells everybody else how an occupant is now. Made once for each audience. */
export function announce(muc: MucContext, room: Room, occupant: Occupant): void {
  for (const audience of AUDIENCES) {
    muc.module.outlet.fanOut(
      occupant.presenceFor(audience, () => write(room, occupant, audience === 'moderators', {})),
      readers(room, audience, occupant),
    );
  }
}

/** Tells everybody else something that happens to an occupant, such as leaving. */
export function announceNews(muc: MucContext, room: Room, occupant: Occupant, news: PresenceNews): void {
  for (const audience of AUDIENCES) {
    muc.module.outlet.fanOut(
      write(room, occupant, audience === 'moderators', news),
      readers(room, audience, occupant),
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

/** Tells some sessions of an occupant about everybody else: how each one is, from what is written already. */
export function showOthers(
  muc: MucContext,
  room: Room,
  occupant: Occupant,
  sessions: Iterable<FullJid>,
): void {
  const audience = audienceOf(occupant);
  const to = [...sessions];
  for (const other of room.occupants) {
    if (other === occupant) continue;
    const presence = other.presenceFor(audience, () => write(room, other, audience === 'moderators', {}));
    muc.module.outlet.fanOut(presence, to);
  }
}
