import {
  el,
  encodeDelay,
  type FullJid,
  MUC_STATUS,
  type MucHistory,
  type MucJoin,
  messageEl,
  NS,
  type Presence,
  type StanzaError,
  serialize,
  stanzaError,
} from '@meerkat-chat/xmpp';
import type { Settled } from '../../kernel/hooks.js';
import type { Session } from '../../kernel/session.js';
import { SharedStanza } from '../../kernel/shared-stanza.js';
import { cleanContent } from './clean.js';
import { crowdOf, makeRoom } from './crowd.js';
import { fits, type MucContext, occupantJid, refuse } from './muc-context.js';
import { nickProblem } from './nick.js';
import { guestNickProblem } from './nick-rights.js';
import { Occupant } from './occupant.js';
import { announce, showOthers, tellSelf } from './presence.js';
import type { Room } from './room.js';
import type { Seat } from './seat.js';
import { avatarGiven } from './site-identity.js';

/** Why somebody may not come in at all (XEP-0045 sections 7.2.5 to 7.2.9); undefined when they may. */
function doorProblem(muc: MucContext, room: Room, session: Session): StanzaError | undefined {
  const { account } = session;
  const affiliation = room.affiliationOf(account);
  if (affiliation === 'outcast') return stanzaError('forbidden', 'You are banned from this room.');
  if (room.keepsOut(account)) return stanzaError('not-allowed', 'You are signed in for other rooms.');
  if (room.config.membersOnly && affiliation === 'none') {
    return stanzaError('registration-required', 'This room is for members only.');
  }
  if (room.size >= muc.settings.occupants) {
    return stanzaError('service-unavailable', 'This room is full.', { type: 'wait' });
  }
  // A second session in a room that the account is in already takes no place.
  if (muc.rooms.countOf(account) >= muc.settings.roomsPerAccount && room.byAccount(account).length === 0) {
    return stanzaError('resource-constraint', 'You are in as many rooms as you may be.');
  }
  return undefined;
}

/** Why a nick cannot be had by this occupant to be; undefined when it can. */
export function takenProblem(
  muc: MucContext,
  room: Room,
  nick: string,
  may: (holder: Occupant) => boolean,
): StanzaError | undefined {
  const problem = nickProblem(nick, muc.settings.nickBytes);
  if (problem) return problem;
  const holder = room.holderOf(nick);
  if (!holder || may(holder)) return undefined;
  return holder.nick === nick
    ? stanzaError('conflict', 'Somebody has this nick.')
    : stanzaError('conflict', 'The nick looks like that of somebody else here.');
}

/** Sends history, and then the subject, which ends a join (XEP-0045 sections 7.2.13 and 7.2.15). */
function sendPast(muc: MucContext, room: Room, to: readonly FullJid[], wish: MucHistory | undefined): void {
  const { outlet, clock } = muc.module;
  for (const line of room.history.select(wish, muc.settings.historyOnJoin, clock.now())) {
    outlet.fanOut(line, to);
  }
  const { subject } = room;
  const message = messageEl(
    { from: subject ? occupantJid(room.jid, subject.by) : room.jid, type: 'groupchat' },
    el('subject', NS.client, {}, ...(subject?.text ? [subject.text] : [])),
    subject && encodeDelay({ at: subject.at, by: room.jid }),
  );
  outlet.fanOut(SharedStanza.of(message), to);
}

/** Everything that a joining session gets, in the order of XEP-0045 section 7.1. */
export function welcome(
  muc: MucContext,
  room: Room,
  seat: Seat,
  options: {
    readonly created: boolean;
    /** It was in the room already. */
    readonly again: boolean;
    readonly history: MucHistory | undefined;
    /** It is not called what it asked for. */
    readonly renamed: boolean;
  },
): void {
  const to = [seat.session];
  showOthers(muc, room, seat, options.again);
  const statuses = [
    ...(options.created ? [MUC_STATUS.created] : []),
    ...(options.renamed ? [MUC_STATUS.nickModified] : []),
  ];
  tellSelf(muc, room, seat.occupant, { statuses, crowd: crowdOf(room) }, to);
  sendPast(muc, room, to, options.history);
}

/**
 * Lets a session in under a nick, or refuses it. A session that is in already under that nick gets everything
 * again, and nobody else hears of it: its page was loaded anew.
 * @param created whether the room was made for it
 */
export function join(
  muc: MucContext,
  room: Room,
  request: {
    readonly presence: Presence;
    readonly session: Session;
    readonly nick: string;
    readonly join: MucJoin | undefined;
    readonly created: boolean;
    /** It asked for another nick. */
    readonly renamed: boolean;
  },
): { readonly joined: boolean; readonly settled?: Settled } {
  const { presence, session, nick, created, renamed } = request;
  const history = request.join?.history;
  const payload = cleanContent(presence.el, room);
  const here = room.seatOf(session.jid);
  if (here) {
    updatePresence(muc, room, here.occupant, presence);
    welcome(muc, room, here, { created: false, again: true, history, renamed });
    return { joined: true };
  }
  const problem =
    doorProblem(muc, room, session) ??
    guestNickProblem(muc, room, session, nick) ??
    takenProblem(muc, room, nick, (holder) => holder.account === session.account && holder.nick === nick) ??
    presenceProblem(muc, presence);
  if (problem) {
    refuse(muc, presence, problem);
    return { joined: false };
  }
  const mate = room.byNick(nick);
  const affiliation = room.affiliationOf(session.account);
  const occupant =
    mate ??
    new Occupant({
      account: session.account,
      id: muc.occupantIds.of(room.jid, session.account),
      nick,
      affiliation,
      role: room.roleOf(session.account),
      payload,
      avatar: avatarGiven(muc.settings, session.identity.grant),
      joinedAt: muc.module.clock.now(),
    });
  if (!mate) makeRoom(muc, room);
  const seat = room.enter(occupant, session.jid);
  muc.rooms.entered(session.jid, room);
  if (!mate) {
    if (occupant.role === 'moderator') room.visibility.activates(occupant);
    announce(muc, room, occupant);
    muc.counts.changed(room);
  }
  welcome(muc, room, seat, { created, again: false, history, renamed });
  return { joined: true };
}

/** Why a presence cannot go to a whole room; undefined when it can. */
export function presenceProblem(muc: MucContext, presence: Presence): StanzaError | undefined {
  if (fits(serialize(presence.el), muc.settings.presenceBytes)) return undefined;
  return stanzaError('policy-violation', 'The presence is too long for a room.');
}

/** Takes a change of what an occupant says in its presence to everybody; one that changes nothing goes nowhere. */
export function updatePresence(muc: MucContext, room: Room, occupant: Occupant, presence: Presence): boolean {
  const problem = presenceProblem(muc, presence);
  if (problem) {
    refuse(muc, presence, problem);
    return false;
  }
  const payload = cleanContent(presence.el, room);
  const text = (nodes: readonly (typeof payload)[number][]) => nodes.map((node) => serialize(node)).join('');
  if (text(payload) === text(occupant.payload)) return false;
  occupant.says(payload);
  announce(muc, room, occupant);
  return true;
}
