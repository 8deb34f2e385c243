import type { DomainJid, Element, Env, Off } from '@meerkat-chat/xmpp';
import type { ChatAuth, Me } from '../chat.js';
import { Lazy } from '../lazy.js';
import type { XmppSession } from '../session/xmpp-session.js';
import { Direct, type DirectContext } from './direct.js';
import { PageChat } from './page-chat.js';
import type { LazyRoomParts } from './room-context.js';
import { Rooms } from './rooms.js';

/** How somebody else comes in the place of the guest who is here. */
export interface Succession {
  /** Makes another session. */
  readonly open: (auth: ChatAuth) => XmppSession;
  /** It has taken the place of the one before. */
  readonly done: (auth: ChatAuth) => void;
}

export interface OwnerOptions {
  readonly auth: ChatAuth;
  /** Where rooms without an address live; undefined: `rooms.` and the domain of our account, once it is known. */
  readonly roomsHost?: DomainJid | undefined;
  /** The same as a guess, until then. */
  readonly roomsGuess: DomainJid;
  /** Messages of each room. */
  readonly historyLimit: number;
  /** What `signIn` needs; without it nobody can. */
  readonly succession?: Succession;
  /** By default, each is a file of its own. */
  readonly parts?: LazyRoomParts;
  /** Rooms with more occupants are not told that one is writing; 30 by default. */
  readonly typingOccupants?: number | undefined;
}

/** Most pages need none of these. */
const onDemand = (): LazyRoomParts => ({
  archive: new Lazy(() => import('./room-archive.js')),
  typing: new Lazy(() => import('./room-typing.js')),
  trouble: new Lazy(() => import('./room-trouble.js')),
});

/** Owns the session and everything that lives with it: one state, which any number of chats of the page show. */
export class Owner {
  session: XmppSession;
  readonly env: Env;
  readonly rooms: Rooms;
  readonly direct: Direct;
  readonly #chats = new Set<PageChat>();
  readonly #undo: readonly Off[];
  readonly succession: Succession | undefined;
  /** A session takes the place of another one just now: nothing is sent meanwhile. */
  between = false;

  /** The session is not started by this, and not ended by `close`: both are a chat's, or the caller's. */
  constructor(session: XmppSession, env: Env, options: OwnerOptions) {
    this.session = session;
    this.env = env;
    this.succession = options.succession;
    const { auth, historyLimit: limit, parts = onDemand(), typingOccupants = 30 } = options;
    const context = {
      env,
      limit,
      online: () => !this.between && this.session.status.value.state === 'online',
      send: (stanza: Element) => this.session.send(stanza),
      request: (iq: Element) => this.session.request(iq),
      typingOccupants,
    };
    const rooms: Rooms = new Rooms(
      {
        ...context,
        guest: () => this.session.me.value?.guest ?? auth.kind === 'guest',
        parts,
      },
      options,
    );
    const tell: DirectContext['tell'] = (name, event) => {
      for (const chat of this.#chats) chat.later(() => chat.emit(name, event));
    };
    const direct: Direct = new Direct({
      ...context,
      tell,
      load: async (kept) => {
        const { Conversations } = await import('./conversations.js');
        const holds = (id: string): boolean => this.session.holds(id);
        return new Conversations({ ...context, tell, nick: () => rooms.nick, holds, kept });
      },
    });
    session.keep(
      'rooms',
      () => rooms.keep(),
      (kept, readBack) => rooms.restore(readBack?.readKept(kept)),
    );
    session.keep(
      'conversations',
      () => direct.keep(),
      (kept) => direct.restore(kept),
    );
    this.rooms = rooms;
    this.direct = direct;
    const located = (me: Me | undefined): void => {
      if (!me) return;
      rooms.located(me);
      direct.located(me);
    };
    this.#undo = [
      session.me.subscribe(located),
      session.onOnline((how) => {
        located(this.session.me.value);
        if (how.kind === 'resumed') {
          direct.conversations?.resumed();
          rooms.resumed();
        } else this.fresh(how.unacknowledged);
      }),
      session.onStanza((stanza) => {
        if (!rooms.hear(stanza)) direct.hear(stanza);
      }),
      session.onAcknowledged(() => direct.conversations?.acknowledged()),
    ];
  }

  /** A new session was bound. @param unacknowledged what was sent before and never confirmed */
  fresh(unacknowledged: readonly Element[]): void {
    this.direct.fresh(unacknowledged);
    this.rooms.fresh(unacknowledged);
  }

  /** How many chats use it. */
  get chats(): number {
    return this.#chats.size;
  }

  /** Another chat of the page. @param onClose called once, when it was closed */
  open(onClose: () => void): PageChat {
    const chat: PageChat = new PageChat(this, () => {
      this.#chats.delete(chat);
      this.rooms.released();
      this.direct.conversations?.released();
      onClose();
    });
    this.#chats.add(chat);
    return chat;
  }

  /** Signs out, having left every room. */
  signOut(): Promise<void> {
    this.rooms.leaveAll();
    this.direct.conversations?.forget();
    return this.session.signOut();
  }

  /** Lets go of the session. */
  close(): void {
    for (const off of this.#undo) off();
    this.rooms.close();
    this.direct.close();
  }
}
