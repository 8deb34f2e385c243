import type { BareJid, FullJid, Millis, Off } from '@meerkat-chat/xmpp';
import type { Readable } from './readable.js';

/** How a chat signs in. A guest's `nick` is only a wish for rooms. */
export type ChatAuth =
  | { readonly kind: 'guest'; readonly nick?: string | undefined }
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  /**
   * As who the site says: by a token that its back end has signed for the visitor. `getToken` asks the back end for
   * another one: before the last has ended, and when it was refused. Without it the chat ends with the token. Of a token
   * that does not say whose it is (`sub` of a JWT) nothing is kept from page to page.
   */
  | {
      readonly kind: 'token';
      readonly token: string;
      readonly getToken?: (() => Promise<string>) | undefined;
    }
  /**
   * As who is signed in to the site, by its cookie, which the browser sends along and script never sees. `user` is
   * whatever tells the site's visitors apart; without it nothing is kept from page to page, since the next page may be
   * seen by somebody else.
   */
  | { readonly kind: 'cookie'; readonly user?: string | undefined };

/** What keeps a chat from going on until somebody acts. */
export type RefusalReason =
  | 'not-authorized' // wrong or expired credentials
  | 'forbidden' // the server turned this address or origin away
  | 'crowded' // there is no place for another guest just now; it is tried again by itself
  | 'insecure' // a password would go over a plain connection
  | 'proof' // guests have to show the site that they are no machines: see `Chat.prove`
  | 'replaced' // the same session was opened elsewhere
  | 'unreachable' // no endpoint could be found at all (wrong URL)
  | 'unsupported'; // the server lacks something we cannot do without

/** Where the connection stands. Exactly one of these at any time. */
export type ChatStatus =
  | { readonly state: 'idle' }
  /** `proving`: the server has asked for a proof of work, which takes a few seconds. */
  | { readonly state: 'connecting'; readonly proving?: boolean | undefined }
  | { readonly state: 'online'; readonly link: 'bosh' | 'websocket'; readonly resumed: boolean }
  /** Lost, and being tried again; `retryAt` (time of day, ms) while waiting between attempts. */
  | { readonly state: 'reconnecting'; readonly attempt: number; readonly retryAt?: Millis | undefined }
  /** The browser says that there is no network; it goes on by itself when there is. */
  | { readonly state: 'offline' }
  | { readonly state: 'refused'; readonly reason: RefusalReason; readonly text?: string | undefined }
  | { readonly state: 'closed' };

/** Who we are to the server. */
export interface Me {
  readonly jid: FullJid;
  readonly account: BareJid;
  readonly guest: boolean;
}

export type Role = 'moderator' | 'none' | 'participant' | 'visitor';
export type Affiliation = 'admin' | 'member' | 'none' | 'outcast' | 'owner';

/** Somebody in a room. */
export interface Occupant {
  readonly nick: string;
  /** XEP-0421, where the server has it: the same person under any nick. */
  readonly occupantId?: string | undefined;
  readonly role: Role;
  readonly affiliation: Affiliation;
  /** Where their picture is, an https URL, where the site through which they signed in has said so. */
  readonly avatar?: string | undefined;
  /** The account behind it, where the room lets us see it (always for moderators). */
  readonly jid?: BareJid | undefined;
  readonly self: boolean;
}

/** How far an own message has come. Others' messages are always `delivered`. */
export type Delivery =
  | { readonly state: 'pending' } // kept until the server has it, over reconnects and reloads
  /**
   * The room has echoed it, or a person's server has it. `received`: a program of theirs has said so of this message, the
   * last one of which it did (XEP-0184).
   */
  | { readonly state: 'delivered'; readonly received?: boolean | undefined }
  | { readonly state: 'failed'; readonly reason: string }; // refused; `retry` or `discard` it

/** One line of a room. */
export interface RoomMessage {
  /** Unique in the room and stable over echo, reload and archive: never shown twice. */
  readonly key: string;
  /** The room's stanza-id (XEP-0359), once known: the archive's order. */
  readonly archiveId?: string | undefined;
  readonly nick: string;
  readonly occupantId?: string | undefined;
  /** Where its sender's picture is, see `Occupant`. */
  readonly avatar?: string | undefined;
  readonly own: boolean;
  readonly at: Millis;
  readonly text: string;
  readonly delivery: Delivery;
}

/** Why a room could not be entered, or was left against one's will. */
export type RoomRefusal =
  | 'banned'
  | 'destroyed'
  | 'full'
  | 'kicked'
  | 'members-only'
  | 'nick-conflict'
  | 'nick-refused'
  | 'nick-reserved' // of those who run the place
  | 'not-allowed' // creation is restricted, or the name is not allowed
  | 'not-found'
  | 'password'
  | 'unknown';

export type RoomStatus =
  | { readonly state: 'idle' }
  /** Waiting for the connection or for the room; messages may be shown and written already. */
  | { readonly state: 'joining' }
  /** `nickRefused`: the last wish for another nick, which the room did not grant. */
  | {
      readonly state: 'joined';
      readonly nick: string;
      readonly nickRefused?: { readonly nick: string; readonly reason: RoomRefusal } | undefined;
      /** Of a conversation: whether the other one is there; undefined where that is not told. */
      readonly here?: boolean | undefined;
    }
  | {
      readonly state: 'refused';
      readonly reason: RoomRefusal;
      readonly text?: string | undefined;
      readonly by?: string | undefined;
    };

/** Somebody else was put out of a room. */
export interface RoomNotice {
  readonly kind: 'banned' | 'kicked';
  readonly nick: string;
  /** Who did it, where the room tells. */
  readonly by?: string | undefined;
  readonly reason?: string | undefined;
}

/** What a room and a conversation between two people have in common: whatever shows one can show the other. */
export interface Talk {
  /** Its address. For a room given by name it is a guess until the server has said its domain. */
  readonly jid: BareJid;
  /** The name to show: its local part, until the room says a better one. */
  readonly name: Readable<string>;
  readonly status: Readable<RoomStatus>;
  /** Oldest first, at most `historyLimit` (500); pending own messages stand last. */
  readonly messages: Readable<readonly RoomMessage[]>;
  /** By nick. Bounded (2,000): `occupantCount` goes on counting beyond. */
  readonly occupants: Readable<ReadonlyMap<string, Occupant>>;
  readonly occupantCount: Readable<number>;
  readonly subject: Readable<string>;
  /** Our occupant; undefined until joined. */
  readonly self: Readable<Occupant | undefined>;
  /**
   * Who of the others is writing just now (XEP-0085), by nick, at most 32. Each is forgotten after 15 s without a word
   * of it, with their message, and when they leave.
   */
  readonly typing: Readable<readonly string[]>;
  /** Whether `loadOlder` may find more: unknown until asked. */
  readonly older: Readable<'loading' | 'maybe' | 'none'>;
  /** Joins, or joins again under another nick. A conflict adds a digit by itself for guests. */
  join(options?: { readonly nick?: string | undefined }): void;
  /** Leaves for good. */
  leave(): void;
  /**
   * Sends text; returns the key of its pending message. RangeError when it is empty, longer than 16,384 UTF-16 units,
   * or when 100 messages are waiting already.
   */
  send(text: string): string;
  /** Sends a failed message again. */
  retry(key: string): void;
  /** Forgets a failed message. */
  discard(key: string): void;
  /** Fetches a page of older messages from the archive, when there is one. Never rejects: `older` tells what came of it. */
  loadOlder(): Promise<void>;
  /**
   * The person is writing: call it at each change, with `false` when nothing is written any more. The others are told
   * every 10 s at most, of a pause after 5 s, and of nothing in rooms with more occupants than `typing.maxOccupants`.
   */
  setTyping(on: boolean): void;
}

/**
 * What two people say to each other. Its `jid` is the other one's, its messages carry their local part as nick and their
 * bare JID as `occupantId`, and nobody is listed. An own message is delivered when the server has it. `joined` means that
 * they can be written to; `not-found` and `not-allowed` are why not. Older messages come from the archive of one's own
 * account (XEP-0313), which guests do not have. `leave()` stops asking whether they are there, and forgets nothing.
 */
export type Conversation = Talk;

/** A room, as one observable after another. Cheap to hold; `leave()` lets go of it. */
export interface Room extends Talk {
  /** Changes the nick; the status tells what came of it. */
  changeNick(nick: string): void;
  setSubject(subject: string): void;
  kick(nick: string, reason?: string): Promise<void>;
  ban(nick: string, reason?: string): Promise<void>;
  /** Grants or takes voice in a moderated room. */
  setVoice(nick: string, voice: boolean): Promise<void>;
}

/** A plain message between two people (RFC 6121). */
export interface DirectMessage {
  readonly key: string;
  readonly peer: BareJid;
  readonly own: boolean;
  readonly at: Millis;
  readonly text: string;
}

/** What happens, for pages that want events instead of stores. One payload object each. */
export interface ChatEvents {
  status: { readonly status: ChatStatus };
  /**
   * A message that was said just now, in a room or a conversation that is open; not the history on joining, nor a page
   * from the archive.
   */
  'room-message': { readonly room: BareJid; readonly message: RoomMessage };
  /** Somebody else was removed just now, as far as the room shows its occupants. */
  'room-notice': { readonly room: BareJid; readonly notice: RoomNotice };
  'room-status': { readonly room: BareJid; readonly status: RoomStatus };
  /** Said to us, or by another session of ours, by whomever; also where no conversation is open. */
  'direct-message': { readonly message: DirectMessage };
  presence: {
    readonly from: FullJid;
    readonly available: boolean;
    readonly show?: string | undefined;
    readonly status?: string | undefined;
  };
}

/** A chat: one session of one person, and its rooms. */
export interface Chat {
  readonly status: Readable<ChatStatus>;
  readonly me: Readable<Me | undefined>;
  /** Starts connecting, unless it has; goes on with the session of the page before where there is one. */
  start(): void;
  /**
   * The room of that name (at the server's rooms host) or address; the same object each time.
   * RangeError when malformed, or beyond 64 rooms.
   */
  room(nameOrJid: string): Room;
  /**
   * The conversation with a person, by their name at our server or their bare JID; the same object each time. `join()`
   * begins it. RangeError when malformed, or beyond 64 conversations.
   */
  conversation(nameOrJid: string): Conversation;
  /** Sends a message to a person; returns its key. */
  send(to: BareJid, text: string): string;
  /**
   * Shows our status on the web to whoever has the id (`/status/ID.json`, `<presence-badge user=ID>`), or shows it no
   * longer, for good; without `on` it only asks. Answers with the id that holds now, `undefined` where none does; the
   * same one as long as it is shown. Rejects with `RequestError`: `service-unavailable` from a server that has no such
   * thing, `not-authorized` before anybody has signed in.
   */
  shareStatus(on?: boolean): Promise<string | undefined>;
  /**
   * Gives our account another password, where the server keeps it. Other sessions and the tokens of other devices end;
   * this one goes on. Rejects with `RequestError`, whose text is a sentence for the person: `not-authorized` for a wrong
   * present one, `not-acceptable` for a new one that cannot be, `not-allowed` for guests and for those whose password the
   * site keeps.
   */
  changePassword(present: string, password: string): Promise<void>;
  /** Registers for an event; the answer undoes it. */
  on<Name extends keyof ChatEvents>(name: Name, listener: (event: ChatEvents[Name]) => void): Off;
  /** Tries again at once, from `refused` or while waiting. */
  retry(): void;
  /**
   * Makes somebody with an account of the guest who is here, in place: rooms stay as they are, with what the guest has
   * said, which stays their own, and what waits to be sent. It is one leaving and one coming to the others. All chats of
   * the page that share the guest are that somebody from then on. Rejects with `SignInError` where nobody could be signed
   * in: the guest goes on. TypeError where nobody is a guest.
   */
  signIn(auth: ChatAuth): Promise<void>;
  /**
   * What the page has found out of a guest, such as the answer of a captcha, where the status is `refused` for want of a
   * `proof`: the server asks the site about it, and the guest is let in or asked again.
   */
  prove(answer: string): void;
  /** Ends the session, leaves the rooms, forgets the token. */
  signOut(): Promise<void>;
  /** Lets go of everything in this page; the session itself can be gone on with by the next one. */
  close(): void;
}
