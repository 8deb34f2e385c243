import { formatDateTime, parseDateTime } from './date-time.js';
import type { Millis } from './env.js';
import { type BareJid, type Jid, parseBareJid, parseJid } from './jid.js';
import { NS } from './ns.js';
import { child, children, childText, type Element, el } from './xml/element.js';

/** What somebody may do while in a room (XEP-0045 section 5.1). */
export type MucRole = 'moderator' | 'none' | 'participant' | 'visitor';
/** What somebody is to a room for good (XEP-0045 section 5.2). */
export type MucAffiliation = 'admin' | 'member' | 'none' | 'outcast' | 'owner';

const ROLES: readonly string[] = ['moderator', 'none', 'participant', 'visitor'];
const AFFILIATIONS: readonly string[] = ['admin', 'member', 'none', 'outcast', 'owner'];

/** How much history a joiner wants (XEP-0045 section 7.2.14): the smallest of all. */
export interface MucHistory {
  readonly maxStanzas?: number | undefined;
  readonly maxChars?: number | undefined;
  readonly seconds?: number | undefined;
  readonly since?: Millis | undefined;
}

/** What a joiner says in `<x xmlns='…muc'/>`. */
export interface MucJoin {
  readonly password?: string | undefined;
  /** Missing: as much as the room gives by default. */
  readonly history?: MucHistory | undefined;
}

/** An entry of `muc#user` or `muc#admin`. */
export interface MucItem {
  readonly affiliation?: MucAffiliation | undefined;
  readonly role?: MucRole | undefined;
  /** The real address, where the reader may see it. */
  readonly jid?: Jid | undefined;
  readonly nick?: string | undefined;
  /** Who did it. */
  readonly actor?: { readonly nick?: string | undefined; readonly jid?: Jid | undefined } | undefined;
  readonly reason?: string | undefined;
}

/** What the room says in `<x xmlns='…muc#user'/>`. */
export interface MucUser {
  readonly item?: MucItem | undefined;
  readonly statuses: readonly number[];
  /** The room is gone. */
  readonly destroy?:
    | { readonly alternate?: BareJid | undefined; readonly reason?: string | undefined }
    | undefined;
}

const COUNT = /^\d{1,9}$/;
function count(value: string | undefined): number | undefined {
  return value !== undefined && COUNT.test(value) ? Number(value) : undefined;
}

/** Writes what a joiner says. */
export function encodeMucJoin(join: MucJoin = {}): Element {
  const { history } = join;
  return el(
    'x',
    NS.muc,
    {},
    history &&
      el('history', NS.muc, {
        maxstanzas: history.maxStanzas,
        maxchars: history.maxChars,
        seconds: history.seconds,
        since: history.since === undefined ? undefined : formatDateTime(history.since),
      }),
    join.password !== undefined && el('password', NS.muc, {}, join.password),
  );
}

/** Reads what a joiner says; undefined for a presence that does not ask to join. Malformed numbers are left out. */
export function decodeMucJoin(presence: Element): MucJoin | undefined {
  const x = child(presence, 'x', NS.muc);
  if (!x) return undefined;
  const history = child(x, 'history');
  return {
    password: childText(x, 'password'),
    history: history && {
      maxStanzas: count(history.attrs.maxstanzas),
      maxChars: count(history.attrs.maxchars),
      seconds: count(history.attrs.seconds),
      since: parseDateTime(history.attrs.since ?? ''),
    },
  };
}

/** Reads one `<item/>`; what is unknown or malformed is left out. */
export function decodeMucItem(item: Element): MucItem {
  const { affiliation, role, jid, nick } = item.attrs;
  const actor = child(item, 'actor');
  return {
    affiliation:
      affiliation !== undefined && AFFILIATIONS.includes(affiliation)
        ? (affiliation as MucAffiliation)
        : undefined,
    role: role !== undefined && ROLES.includes(role) ? (role as MucRole) : undefined,
    jid: jid === undefined ? undefined : parseJid(jid),
    nick,
    actor: actor && {
      nick: actor.attrs.nick,
      jid: actor.attrs.jid === undefined ? undefined : parseJid(actor.attrs.jid),
    },
    reason: childText(item, 'reason'),
  };
}

/** Reads what a room says; undefined for a stanza without it. */
export function decodeMucUser(stanza: Element): MucUser | undefined {
  const x = child(stanza, 'x', NS.mucUser);
  if (!x) return undefined;
  const item = child(x, 'item');
  const destroy = child(x, 'destroy');
  return {
    item: item && decodeMucItem(item),
    statuses: children(x, 'status').flatMap(({ attrs }) => count(attrs.code) ?? []),
    destroy: destroy && {
      alternate: parseBareJid(destroy.attrs.jid ?? ''),
      reason: childText(destroy, 'reason'),
    },
  };
}
