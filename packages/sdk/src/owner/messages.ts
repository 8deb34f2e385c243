import { assertNever, type Millis } from '@meerkat-chat/xmpp';
import { MAX_PENDING } from '../bounds.js';
import type { RoomMessage } from '../chat.js';

/** A message as the room or its archive tells it. */
export interface Incoming {
  /** The room's stanza-id, which is the archive's id too. */
  readonly archiveId?: string | undefined;
  /** The id that its sender gave: origin-id, else the stanza's own id. */
  readonly id?: string | undefined;
  readonly nick: string;
  readonly occupantId?: string | undefined;
  readonly avatar?: string | undefined;
  readonly own: boolean;
  readonly at: Millis;
  /** Read from a history, so that it may be known already. */
  readonly old: boolean;
  readonly text: string;
  /**
   * Its sender's id tells it apart, whatever the archive says: who has no archive to look into sends again, under the
   * same id, what may not have arrived.
   */
  readonly byId?: boolean | undefined;
}

/**
 * How far an own message has come. `waiting`: the room does not have it. `sent`: on this stream, the echo is to come.
 * `unsure`: sent on a stream that was lost, so the archive must be searched before it is sent again.
 */
export type OwnState = 'failed' | 'sent' | 'unsure' | 'waiting';

/** An own message that the room has not echoed. Its key is its origin-id. */
export interface OwnMessage {
  readonly state: OwnState;
  readonly row: RoomMessage;
}

/** The messages of a room. Never changed in place. */
export interface Messages {
  readonly limit: number;
  /** In the archive's order. */
  readonly delivered: readonly RoomMessage[];
  /** In the order of writing. */
  readonly own: readonly OwnMessage[];
}

export type MessagesEvent =
  /** Said now, so after all that is known. */
  | { readonly kind: 'live'; readonly message: Incoming }
  /** What a room tells to who joins: its last lines, of which some may be known. */
  | { readonly kind: 'history'; readonly page: readonly Incoming[] }
  | {
      readonly kind: 'write';
      readonly key: string;
      readonly text: string;
      readonly nick: string;
      readonly at: Millis;
    }
  | { readonly kind: 'sent'; readonly key: string }
  /** The stream was lost. */
  | { readonly kind: 'lost' }
  /** The archive was searched: what is still unsure never arrived. */
  | { readonly kind: 'missing' }
  /** Refused by the room. `again`: it was not for the message's sake, so it waits for another try. */
  | { readonly kind: 'refused'; readonly key: string; readonly reason: string; readonly again: boolean }
  | { readonly kind: 'retry'; readonly key: string }
  | { readonly kind: 'discard'; readonly key: string };

/** A room without messages. */
export function noMessages(limit: number): Messages {
  return { limit, delivered: [], own: [] };
}

/** The rows to show: oldest first, own ones that the room has not echoed last. */
export function rowsOf(messages: Messages): readonly RoomMessage[] {
  return [...messages.delivered, ...messages.own.map(({ row }) => row)].slice(-messages.limit);
}

/** How many own messages wait for the room. */
export function waitingCount(messages: Messages): number {
  return messages.own.filter(({ state }) => state !== 'failed').length;
}

/** The archive id of the newest row that has one. */
export function newestArchiveId(messages: Messages): string | undefined {
  return messages.delivered.findLast(({ archiveId }) => archiveId !== undefined)?.archiveId;
}

// Histories of rooms without ids differ from what was said live by the time that it took to come.
const SAME_LINE: Millis = 10_000;

function keyOf(message: Incoming): string {
  const byId = message.byId && message.id !== undefined;
  if (message.archiveId !== undefined && !byId) return `a:${message.archiveId}`;
  return message.id === undefined ? `t:${message.nick}/${message.at}` : `i:${message.nick}/${message.id}`;
}

function isSame(row: RoomMessage, message: Incoming, key: string): boolean {
  // What we sent twice by mistake is still one message, under whatever ids the archive has it.
  if (message.own && row.own && row.key === message.id) return true;
  // A guest who comes back as somebody else finds what they wrote in the room's history as another's.
  if (message.old && row.own && row.key === message.id && row.nick === message.nick) return true;
  if (message.byId && row.key === key) return true;
  if (row.archiveId !== undefined && message.archiveId !== undefined) {
    return row.archiveId === message.archiveId;
  }
  if (message.archiveId !== undefined || message.id !== undefined) return row.key === key;
  return (
    message.old &&
    row.nick === message.nick &&
    row.text === message.text &&
    Math.abs(row.at - message.at) <= SAME_LINE
  );
}

function rowOf(message: Incoming, key: string): RoomMessage {
  return {
    key,
    archiveId: message.archiveId,
    nick: message.nick,
    occupantId: message.occupantId,
    avatar: message.avatar,
    own: message.own,
    at: message.at,
    text: message.text,
    delivery: { state: 'delivered' },
  };
}

/** Lays a run of the archive over the rows, from a place on: what is known keeps its place, the rest comes between. */
export function merge(messages: Messages, page: readonly Incoming[], from: number): Messages {
  const delivered = [...messages.delivered];
  let own = messages.own;
  let cursor = from;
  for (const message of page) {
    let key = keyOf(message);
    const known = delivered.findIndex((row) => isSame(row, message, key));
    const row = delivered[known];
    if (row) {
      if (row.archiveId === undefined && message.archiveId !== undefined) {
        delivered[known] = { ...row, archiveId: message.archiveId };
      }
      cursor = Math.max(cursor, known + 1);
      continue;
    }
    const mine = message.own ? own.find((entry) => entry.row.key === message.id) : undefined;
    if (mine) {
      own = own.filter((entry) => entry !== mine);
      key = mine.row.key;
    }
    // Only lines without any id can collide: two at the same moment are two.
    while (delivered.some((other) => other.key === key)) key += '+';
    delivered.splice(cursor++, 0, rowOf(message, key));
  }
  return { ...messages, delivered, own };
}

/** Where a history begins among the rows: somewhere in them if any of it is known, else after all. */
function startOf(messages: Messages, page: readonly Incoming[]): number {
  const known = page.some((message) => {
    const key = keyOf(message);
    return messages.delivered.some((row) => isSame(row, message, key));
  });
  return known ? 0 : messages.delivered.length;
}

/** Drops the oldest beyond the limit, and of the failed the oldest beyond theirs. */
export function bounded(messages: Messages): Messages {
  let excess = messages.own.length - waitingCount(messages) - MAX_PENDING;
  const own =
    excess > 0 ? messages.own.filter(({ state }) => state !== 'failed' || excess-- <= 0) : messages.own;
  const surplus = messages.delivered.length + own.length - messages.limit;
  if (surplus <= 0 && own === messages.own) return messages;
  return { ...messages, delivered: messages.delivered.slice(Math.max(0, surplus)), own };
}

function withState(entry: OwnMessage, state: OwnState, reason?: string): OwnMessage {
  if (state === 'failed') {
    return { state, row: { ...entry.row, delivery: { state: 'failed', reason: reason ?? '' } } };
  }
  const pending = entry.row.delivery.state === 'pending';
  return { state, row: pending ? entry.row : { ...entry.row, delivery: { state: 'pending' } } };
}

function changeOwn(
  messages: Messages,
  where: (entry: OwnMessage) => boolean,
  change: (entry: OwnMessage) => OwnMessage,
): Messages {
  if (!messages.own.some(where)) return messages;
  return { ...messages, own: messages.own.map((entry) => (where(entry) ? change(entry) : entry)) };
}

function write(messages: Messages, event: Extract<MessagesEvent, { kind: 'write' }>): Messages {
  const { key, text, nick, at } = event;
  const known = messages.own.some(({ row }) => row.key === key);
  if (known || messages.delivered.some((row) => row.key === key)) return messages;
  const row: RoomMessage = { key, nick, own: true, at, text, delivery: { state: 'pending' } };
  const entry: OwnMessage = { state: 'waiting', row };
  // Stores refuse to write beyond the bound; this is for several that write at once.
  const full = waitingCount(messages) >= MAX_PENDING;
  const kept = full ? withState(entry, 'failed', 'Too many messages are waiting to be sent.') : entry;
  return { ...messages, own: [...messages.own, kept] };
}

/** What events do to own messages that are in a certain state. */
const MOVES = {
  sent: ['waiting', 'sent'],
  lost: ['sent', 'unsure'],
  missing: ['unsure', 'waiting'],
  retry: ['failed', 'waiting'],
} as const;

function reduce(messages: Messages, event: MessagesEvent): Messages {
  switch (event.kind) {
    case 'live':
      return merge(messages, [event.message], messages.delivered.length);
    case 'history':
      return merge(messages, event.page, startOf(messages, event.page));
    case 'write':
      return write(messages, event);
    case 'sent':
    case 'lost':
    case 'missing':
    case 'retry': {
      const [from, to] = MOVES[event.kind];
      const key = 'key' in event ? event.key : undefined;
      return changeOwn(
        messages,
        ({ row, state }) => state === from && (key === undefined || row.key === key),
        (entry) => withState(entry, to),
      );
    }
    case 'refused':
      return changeOwn(
        messages,
        ({ row }) => row.key === event.key,
        (entry) => withState(entry, event.again ? 'waiting' : 'failed', event.reason),
      );
    case 'discard':
      return {
        ...messages,
        own: messages.own.filter(({ row, state }) => row.key !== event.key || state !== 'failed'),
      };
    default:
      return assertNever(event);
  }
}

/**
 * The messages after an event. Each message stands once, whatever tells of it: the room, its echo, a history or the
 * archive; delivered ones in the archive's order, at most `limit` rows in all.
 */
export function reduceMessages(messages: Messages, event: MessagesEvent): Messages {
  return bounded(reduce(messages, event));
}
