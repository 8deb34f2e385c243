import type { BareJid, Element, Env } from '@meerkat-chat/xmpp';
import type { Lazy } from '../lazy.js';

/** What rooms load when they first need it; what could not be had is asked for again. */
export interface LazyRoomParts {
  /** What reads archives. */
  readonly archive: Lazy<typeof import('./room-archive.js')>;
  /** What knows who is writing. */
  readonly typing: Lazy<typeof import('./room-typing.js')>;
  /** What refusals and removals mean, and what asks for them. */
  readonly trouble: Lazy<typeof import('./room-trouble.js')>;
}

/** What the parts of a room need of their surroundings. */
export interface RoomContext {
  readonly env: Env;
  /** Messages to hold. */
  readonly limit: number;
  /** A guest's nick gives way to a conflict, by a digit; others are told. */
  readonly guest: () => boolean;
  /** The nick of who has no wish. */
  readonly nick: () => string;
  readonly online: () => boolean;
  /** As `XmppSession.send`. */
  readonly send: (stanza: Element) => void;
  /** As `XmppSession.request`. */
  readonly request: (iq: Element) => Promise<Element>;
  readonly parts: LazyRoomParts;
  /** Rooms with more occupants are not told that one is writing. */
  readonly typingOccupants: number;
}

/** The same, for parts that serve one room. */
export interface RoomPartContext extends RoomContext {
  /** Undefined until the host of rooms is known; nothing is sent before. */
  readonly jid: () => BareJid | undefined;
  /** Something that is shown may have changed. */
  readonly touch: () => void;
  /** A message with that key was said just now. */
  readonly said: (key: string) => void;
}
