import type { BareJid, StanzaError } from '@meerkat-chat/xmpp';
import type {
  ChatEvents,
  ChatStatus,
  DirectMessage,
  Me,
  Occupant,
  Room,
  RoomMessage,
  RoomNotice,
  RoomStatus,
} from '../chat.js';
import type { Port } from './port.js';

/**
 * What goes over the port between stores and the session's owner. Plain values only: everything here survives
 * structured cloning, so that the owner can live in a worker or in another tab.
 */

/**
 * A room as its opener names it: a name at the server's rooms host, or an address. With `:` before it, a conversation: the
 * name of a person at our server, or their address.
 */
export type RoomRef = string;

/** Whether something so named is a conversation. No name or address begins with `:` (RFC 7622 section 3.3.1). */
export function isPerson(ref: RoomRef): boolean {
  return ref.startsWith(':');
}

/** What waits for an answer carries a number that its sender has not used before. */
export type ReplyId = number;

/** What one room may be told. */
export type RoomCommand =
  /** Asks for a snapshot now and for changes from then on. */
  | { readonly kind: 'open' }
  | { readonly kind: 'join'; readonly nick?: string | undefined }
  | { readonly kind: 'leave' }
  | { readonly kind: 'send'; readonly key: string; readonly text: string }
  | { readonly kind: 'retry'; readonly key: string }
  | { readonly kind: 'discard'; readonly key: string }
  | { readonly kind: 'nick'; readonly nick: string }
  | { readonly kind: 'subject'; readonly subject: string }
  | { readonly kind: 'typing'; readonly on: boolean }
  | { readonly kind: 'older'; readonly reply: ReplyId }
  | {
      readonly kind: 'kick';
      readonly nick: string;
      readonly reason?: string | undefined;
      readonly reply: ReplyId;
    }
  | {
      readonly kind: 'ban';
      readonly nick: string;
      readonly reason?: string | undefined;
      readonly reply: ReplyId;
    }
  | { readonly kind: 'voice'; readonly nick: string; readonly voice: boolean; readonly reply: ReplyId };

/** From a store to the owner. */
export type Command =
  | { readonly type: 'start' }
  | { readonly type: 'retry' }
  | { readonly type: 'sign-out'; readonly reply: ReplyId }
  | { readonly type: 'room'; readonly room: RoomRef; readonly command: RoomCommand }
  | { readonly type: 'share-status'; readonly on?: boolean | undefined; readonly reply: ReplyId }
  | { readonly type: 'direct'; readonly to: BareJid; readonly key: string; readonly text: string }
  /** The last word: this store side goes away. */
  | { readonly type: 'close' };

/** Everything about a room. */
export interface RoomSnapshot {
  /** Undefined until the server's rooms host is known. */
  readonly jid: BareJid | undefined;
  readonly name: string;
  readonly status: RoomStatus;
  readonly messages: readonly RoomMessage[];
  /** By nick. */
  readonly occupants: ReadonlyMap<string, Occupant>;
  readonly occupantCount: number;
  readonly subject: string;
  readonly self: Occupant | undefined;
  readonly older: Room['older']['value'];
  readonly typing: readonly string[];
}

/** One change of a room. */
export type RoomChange =
  /**
   * Parts that are others now, each told whole: in one page that is a reference, and parts of it that stayed are the same
   * objects. `news` are the keys of messages that were said just now, not read from a history.
   */
  | {
      readonly kind: 'changed';
      readonly parts: Partial<RoomSnapshot>;
      readonly news: readonly string[];
    }
  | { readonly kind: 'notice'; readonly notice: RoomNotice };

/** What came of something that waits for an answer. */
export type ReplyResult =
  | { readonly ok: true; readonly value?: string | undefined }
  /** `error` never carries an application's element. */
  | { readonly ok: false; readonly error: StanzaError };

/** From the owner to a store. The first two updates on a port tell the status and who we are. */
export type Update =
  | { readonly type: 'status'; readonly status: ChatStatus }
  | { readonly type: 'me'; readonly me: Me | undefined }
  | { readonly type: 'room.snapshot'; readonly room: RoomRef; readonly snapshot: RoomSnapshot }
  | { readonly type: 'room'; readonly room: RoomRef; readonly changes: readonly RoomChange[] }
  | { readonly type: 'direct-message'; readonly message: DirectMessage }
  | { readonly type: 'presence'; readonly presence: ChatEvents['presence'] }
  | { readonly type: 'reply'; readonly reply: ReplyId; readonly result: ReplyResult };

/** The owner's end of a port. */
export type OwnerPort = Port<Command, Update>;
/** The stores' end of a port. */
export type StorePort = Port<Update, Command>;
