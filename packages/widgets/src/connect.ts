import { type Chat, type ChatAuth, type Conversation, createChat, type Room } from '@meerkat-chat/sdk';

/** What an element asks for. */
export interface Wanted {
  /** A chat of the page's own. It is used as it is, and never closed. */
  readonly chat?: Chat | undefined;
  /** The server's address, where there is no `chat`. */
  readonly server: string;
  /** Who signs in there; a guest where nobody is named. The same object is the same person. */
  readonly auth?: ChatAuth | undefined;
  /** The room's name or address. */
  readonly room: string;
  /** Instead of a room: the name of a person at the server, or their address. */
  readonly person?: string | undefined;
  readonly nick?: string | undefined;
  /** Whether it is to stay a guest whoever else of the page signs in. */
  readonly stays?: () => boolean;
}

/** What an element shows: a room, or a conversation, which can do less. */
export type Shown = Conversation & Partial<Room>;

/** A room, or a conversation, in use by one element. */
export interface Lease {
  readonly chat: Chat;
  readonly room: Shown;
  /**
   * Lets go of it. The last one to go leaves the room, or closes the session if it was the last of all.
   * @param forGood nobody goes on as the same person: rooms are left all the same
   */
  release(forGood?: boolean): void;
}

/** A chat in use, and the rooms of it that elements show. */
export interface Session {
  /** What of ours is like it: undefined of a page's own. */
  wanted?: Pick<Wanted, 'auth' | 'server'>;
  readonly chat: Chat;
  /** Its guest is becoming somebody. */
  becoming?: Promise<void>;
  readonly end: () => void;
  readonly rooms: Map<Shown, { views: number; readonly joined: boolean }>;
  /** Of each lease; see `Wanted.stays`. */
  readonly stays: Set<() => boolean>;
}

/**
 * The sessions of a page: elements that talk to the same server as the same person share one, and so do elements that
 * show the same room. All guests of a server are one identity, whatever their nicks in its rooms.
 */
export class Sessions {
  readonly #make: (server: string, auth: ChatAuth | undefined) => Chat;
  /** Those that are ours. */
  readonly made = new Set<Session>();
  readonly #given = new Map<Chat, Session>();

  constructor(make: (server: string, auth: ChatAuth | undefined) => Chat) {
    this.#make = make;
  }

  /** Enters a room. RangeError when its name is malformed. */
  open({ chat, server, auth, room: name, person, nick, stays = () => false }: Wanted): Lease {
    const session = chat ? this.#borrow(chat) : this.#own(server, auth);
    let room: Shown;
    try {
      room = person ? session.chat.conversation(person) : session.chat.room(name);
    } catch (error) {
      if (session.rooms.size === 0) session.end();
      throw error;
    }
    const entry = session.rooms.get(room) ?? { views: 0, joined: room.status.value.state === 'idle' };
    session.rooms.set(room, entry);
    entry.views++;
    session.stays.add(stays);
    if (entry.views === 1 && entry.joined) room.join(nick === undefined ? {} : { nick });
    let held = true;
    return {
      chat: session.chat,
      room,
      release: (forGood = false) => {
        if (!held) return;
        held = false;
        session.stays.delete(stays);
        entry.views--;
        if (entry.views > 0) return;
        session.rooms.delete(room);
        // A session that ends keeps its rooms, so that the next page goes on in them without leaving.
        const last = session.rooms.size === 0;
        if (entry.joined && (!last || forGood || this.#given.has(session.chat))) room.leave();
        if (last) session.end();
      },
    };
  }

  /** How many sessions there are, for leak tests. */
  get size(): number {
    return this.made.size + this.#given.size;
  }

  #borrow(chat: Chat): Session {
    const session = this.#given.get(chat) ?? {
      chat,
      end: () => void this.#given.delete(chat),
      rooms: new Map(),
      stays: new Set(),
    };
    if (!this.#given.has(chat)) chat.start();
    this.#given.set(chat, session);
    return session;
  }

  #own(server: string, auth: ChatAuth | undefined): Session {
    for (const session of this.made) {
      const { chat, wanted } = session;
      // Who has signed out is gone for good: whoever comes is somebody new.
      const closed = chat.status.value.state === 'closed';
      if (wanted?.server === server && wanted.auth === auth && !closed) return session;
    }
    const chat = this.#make(server, auth);
    const session: Session = {
      wanted: { server, auth },
      chat,
      end: () => {
        this.made.delete(session);
        chat.close();
      },
      rooms: new Map(),
      stays: new Set(),
    };
    this.made.add(session);
    chat.start();
    return session;
  }
}

/** The sessions of this page: elements find each other only through it. */
export const pageSessions = new Sessions((server, auth) => createChat(auth ? { server, auth } : { server }));
