import {
  accountOf,
  type BareJid,
  decodeMucAdmin,
  type Element,
  encodeMucAdmin,
  type Iq,
  isFull,
  MUC_STATUS,
  type MucItem,
  type MucRole,
  resultOf,
  type StanzaError,
  stanzaError,
} from '@meerkat-chat/xmpp';
import type { Settled } from '../../kernel/hooks.js';
import { changeAffiliation, type Motive, restand } from './affiliation.js';
import { remove } from './leave.js';
import { boundedReason, type MucContext, refuse } from './muc-context.js';
import type { Occupant } from './occupant.js';
import { isAdministrator, outranks } from './rights.js';
import type { Room } from './room.js';

/** One change that may be made, ready to be made. */
type Change =
  | { readonly kind: 'affiliation'; readonly account: BareJid; readonly to: Occupant['affiliation'] }
  | { readonly kind: 'role'; readonly occupant: Occupant; readonly to: MucRole };

/** Who asks: an occupant, or an account with rights that is not in the room. */
interface Actor {
  readonly account: BareJid;
  readonly affiliation: Occupant['affiliation'];
  readonly occupant: Occupant | undefined;
}

const FORBIDDEN = stanzaError('forbidden', 'You may not do that in this room.');
const NOT_ALLOWED = stanzaError('not-allowed', 'They have as much to say in this room as you, or more.');

function roleChange(room: Room, actor: Actor, item: MucItem, to: MucRole): Change | StanzaError {
  if (actor.occupant?.role !== 'moderator') return FORBIDDEN;
  const occupant = item.nick === undefined ? undefined : room.byNick(item.nick);
  if (!occupant) return stanzaError('item-not-found', 'Nobody here has this nick.');
  // Only administrators make moderators or unmake them (XEP-0045 sections 9.6 and 9.7).
  const aboutModerators = to === 'moderator' || (occupant.role === 'moderator' && to !== 'none');
  if (aboutModerators && !isAdministrator(actor.affiliation)) return FORBIDDEN;
  if (outranks(occupant.affiliation, actor.affiliation)) return NOT_ALLOWED;
  // Administrators are moderators; nobody can take that from them but by their affiliation (section 5.1.1).
  if (isAdministrator(occupant.affiliation) && to !== 'moderator' && to !== 'none') return NOT_ALLOWED;
  return { kind: 'role', occupant, to };
}

function affiliationChange(
  muc: MucContext,
  room: Room,
  actor: Actor,
  item: MucItem,
  to: Occupant['affiliation'],
): Change | StanzaError {
  if (!isAdministrator(actor.affiliation)) return FORBIDDEN;
  const byNick = item.nick === undefined ? undefined : room.byNick(item.nick)?.account;
  const account = item.jid === undefined ? byNick : accountOf(item.jid);
  if (account === undefined)
    return stanzaError('item-not-found', 'It is not said whose affiliation this is.');
  const now = room.affiliationOf(account);
  if (muc.rooms.isAdmin(account)) return now === to ? { kind: 'affiliation', account, to } : NOT_ALLOWED;
  if (actor.affiliation !== 'owner' && (isAdministrator(now) || isAdministrator(to))) return NOT_ALLOWED;
  if (account === actor.account && to === 'outcast') {
    return stanzaError('conflict', 'You cannot ban yourself.');
  }
  return { kind: 'affiliation', account, to };
}

function changeOf(muc: MucContext, room: Room, actor: Actor, item: MucItem): Change | StanzaError {
  if (item.role !== undefined && item.affiliation === undefined) {
    return roleChange(room, actor, item, item.role);
  }
  if (item.affiliation !== undefined && item.role === undefined) {
    return affiliationChange(muc, room, actor, item, item.affiliation);
  }
  return stanzaError('bad-request', 'An item names a role or an affiliation.');
}

/** Why the lists of a room cannot become what all changes together make of them; undefined when they can. */
function listProblem(muc: MucContext, room: Room, changes: readonly Change[]): StanzaError | undefined {
  const lists = new Map(room.affiliations);
  for (const change of changes) {
    if (change.kind !== 'affiliation') continue;
    if (change.to === 'none') lists.delete(change.account);
    else lists.set(change.account, change.to);
  }
  const isOwned = (affiliations: ReadonlyMap<BareJid, Occupant['affiliation']>) =>
    [...affiliations.values()].includes('owner');
  if (isOwned(room.affiliations) && !isOwned(lists)) {
    return stanzaError('conflict', 'A room keeps at least one owner.');
  }
  return lists.size > muc.settings.affiliations && lists.size > room.affiliations.size
    ? stanzaError('resource-constraint', 'The lists of this room are full.')
    : undefined;
}

function apply(muc: MucContext, room: Room, change: Change, motive: Motive): Promise<void> | undefined {
  if (change.kind === 'affiliation') {
    if (room.affiliationOf(change.account) === change.to) return undefined;
    return changeAffiliation(muc, room, change.account, change.to, motive);
  }
  const { occupant, to } = change;
  if (occupant.sessions.size === 0) return undefined;
  if (to === 'none') remove(muc, room, occupant, { statuses: [MUC_STATUS.kicked], item: motive });
  else if (to !== occupant.role) restand(muc, room, occupant, occupant.affiliation, to);
  return undefined;
}

/** Kicks, bans, gives and takes voice and affiliations: all of the request or nothing (XEP-0045 sections 8 to 10). */
export function setAdmin(muc: MucContext, room: Room, iq: Iq, query: Element): Settled {
  const actor = actorOf(room, iq);
  const items = decodeMucAdmin(query);
  const error = (problem: StanzaError): Settled => refuse(muc, iq, problem);
  if (!actor) return error(FORBIDDEN);
  if (!items.ok) return error(items.error);
  if (items.value.length > muc.settings.adminItems) {
    return error(stanzaError('policy-violation', 'There are too many items in one request.'));
  }
  const changes: { change: Change; motive: Motive }[] = [];
  for (const item of items.value) {
    const change = changeOf(muc, room, actor, item);
    if ('condition' in change) return error(change);
    const reason = boundedReason(muc, item.reason);
    changes.push({ change, motive: { actor: actor.occupant && { nick: actor.occupant.nick }, reason } });
  }
  const problem = listProblem(
    muc,
    room,
    changes.map(({ change }) => change),
  );
  if (problem) return error(problem);
  const writes = changes.flatMap(({ change, motive }) => apply(muc, room, change, motive) ?? []);
  if (writes.length === 0) return void muc.module.outlet.send(resultOf(iq));
  return Promise.all(writes).then(
    () => muc.module.outlet.send(resultOf(iq)),
    // Why it was not kept is in the log.
    () => refuse(muc, iq, stanzaError('internal-server-error')),
  );
}

/** Lists who has a role or an affiliation. */
export function getAdmin(muc: MucContext, room: Room, iq: Iq, query: Element): undefined {
  const actor = actorOf(room, iq);
  const items = decodeMucAdmin(query);
  if (!items.ok) return refuse(muc, iq, items.error);
  const [item] = items.value;
  const answer = (found: readonly MucItem[]): undefined =>
    void muc.module.outlet.send(resultOf(iq, encodeMucAdmin(found)));
  if (item?.role !== undefined) {
    if (actor?.occupant?.role !== 'moderator') return refuse(muc, iq, FORBIDDEN);
    const { role } = item;
    const having = [...room.occupants].filter((occupant) => occupant.role === role);
    return answer(
      having.map(({ nick, affiliation, sessions }) => ({ role, nick, affiliation, jid: [...sessions][0] })),
    );
  }
  if (item?.affiliation === undefined) return refuse(muc, iq, stanzaError('bad-request'));
  if (!actor || !isAdministrator(actor.affiliation)) return refuse(muc, iq, FORBIDDEN);
  const { affiliation } = item;
  const having = [...room.affiliations].filter(([, kept]) => kept === affiliation);
  return answer(having.map(([jid]) => ({ affiliation, jid })));
}

function actorOf(room: Room, iq: Iq): Actor | undefined {
  const account = accountOf(iq.from);
  if (account === undefined || !isFull(iq.from)) return undefined;
  return { account, affiliation: room.affiliationOf(account), occupant: room.bySession(iq.from) };
}
