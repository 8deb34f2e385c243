import type { BareJid, Element, Env, Random } from '@meerkat-chat/xmpp';
import type { Lazy } from './lazy.js';
import type { RoomArchive } from './room-archive.js';
import type { RoomTyping, RoomTypingContext } from './room-typing.js';

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
  /** Loads what reads archives; rejects where that cannot be had now. */
  readonly loadArchive: (request: (iq: Element) => Promise<Element>, random: Random) => Promise<RoomArchive>;
  /** What refusals and removals mean, and what asks for them. */
  readonly trouble: Lazy<typeof import('./room-trouble.js')>;
  /** Rooms with more occupants are not told that one is writing. */
  readonly typingOccupants: number;
  /** Loads what knows who is writing; rejects where that cannot be had now. */
  readonly loadTyping: (context: RoomTypingContext) => Promise<RoomTyping>;
}

/** The same, for parts that serve one room. */
export interface RoomPartContext extends Omit<RoomContext, 'trouble'> {
  /** Undefined until the host of rooms is known; nothing is sent before. */
  readonly jid: () => BareJid | undefined;
  /** Something that is shown may have changed. */
  readonly touch: () => void;
  /** A message with that key was said just now. */
  readonly said: (key: string) => void;
}
