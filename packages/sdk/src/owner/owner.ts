import { assertNever, type DomainJid, type Element, type Env, type Off } from '@meerkat-chat/xmpp';
import type { ChatAuth, Me } from '../chat.js';
import {
  type Command,
  isPerson,
  type OwnerPort,
  type ReplyResult,
  type RoomChange,
  type RoomRef,
  type RoomSnapshot,
  type Update,
} from '../port/protocol.js';
import type { XmppSession } from '../session/xmpp-session.js';
import { Direct } from './direct.js';
import { readKept } from './kept.js';
import { Lazy } from './lazy.js';
import { replyTo } from './room-commands.js';
import type { RoomContext } from './room-context.js';
import { type RoomListener, Rooms } from './rooms.js';

export interface OwnerOptions {
  readonly auth: ChatAuth;
  /** Where rooms without an address live; undefined: `rooms.` and the domain of our account, once it is known. */
  readonly roomsHost?: DomainJid | undefined;
  /** Messages of each room. */
  readonly historyLimit: number;
  /** What loads the reader of archives; by default its own file, on demand. */
  readonly loadArchive?: RoomContext['loadArchive'];
  /** What explains refusals and removals; by default its own file, on demand. */
  readonly trouble?: RoomContext['trouble'];
  /** What loads the part that knows who is writing; by default its own file, on demand. */
  readonly loadTyping?: RoomContext['loadTyping'];
  /** Rooms with more occupants are not told that one is writing; 30 by default. */
  readonly typingOccupants?: number | undefined;
}

/** Most pages never ask an archive: what does is loaded then. */
const loadOnDemand: RoomContext['loadArchive'] = async (...args) => {
  const { RoomArchive } = await import('./room-archive.js');
  return new RoomArchive(...args);
};

const loadTypingOnDemand: RoomContext['loadTyping'] = async (context) => {
  const { RoomTyping } = await import('./room-typing.js');
  return new RoomTyping(context);
};

/** One store side, as the owner sees it. */
class Side implements RoomListener {
  readonly #port: OwnerPort;

  constructor(port: OwnerPort) {
    this.#port = port;
  }

  post(update: Update): void {
    this.#port.post(update);
  }

  snapshot(room: RoomRef, snapshot: RoomSnapshot): void {
    this.post({ type: 'room.snapshot', room, snapshot });
  }

  changes(room: RoomRef, changes: readonly RoomChange[]): void {
    this.post({ type: 'room', room, changes });
  }
}

/**
 * Owns the session and everything that lives with it, and serves any number of store sides, each over a port. It knows
 * nothing of who is at the other end, so it can stand in the page, in a worker, or in another tab.
 */
export class Owner {
  readonly #session: XmppSession;
  readonly #rooms: Rooms;
  readonly #direct: Direct;
  readonly #sides = new Map<Side, Off>();
  readonly #undo: readonly Off[];

  /** The session is not started by this, and not ended by `close`: both are commands, or the caller's. */
  constructor(session: XmppSession, env: Env, options: OwnerOptions) {
    this.#session = session;
    const { auth, roomsHost, historyLimit, loadArchive = loadOnDemand } = options;
    const { typingOccupants = 30, loadTyping = loadTypingOnDemand } = options;
    const shared = {
      env,
      online: () => session.status.value.state === 'online',
      send: (stanza: Element) => session.send(stanza),
      request: (iq: Element) => session.request(iq),
      typingOccupants,
    };
    this.#rooms = new Rooms(
      {
        ...shared,
        guest: () => session.me.value?.guest ?? auth.kind === 'guest',
        loadArchive,
        loadTyping,
        trouble: options.trouble ?? new Lazy(() => import('./room-trouble.js')),
      },
      {
        auth,
        host: roomsHost,
        limit: historyLimit,
        kept: readKept(session.keep('rooms', () => this.#rooms.keep())),
      },
    );
    this.#direct = new Direct(
      {
        ...shared,
        onPresence: (presence) => this.#tell({ type: 'presence', presence }),
        load: async (kept) => {
          const { Conversations } = await import('./conversations.js');
          return new Conversations({
            ...shared,
            limit: historyLimit,
            nick: () => this.#rooms.nick,
            holds: (id) => session.holds(id),
            onMessage: (message) => this.#tell({ type: 'direct-message', message }),
            kept,
          });
        },
      },
      session.keep('conversations', () => this.#direct.keep()),
    );
    this.#undo = [
      session.status.subscribe((status) => this.#tell({ type: 'status', status })),
      session.me.subscribe((me) => {
        if (me) this.#located(me);
        this.#tell({ type: 'me', me });
      }),
      session.onOnline((how) => {
        const { value: me } = session.me;
        if (me) this.#located(me);
        if (how.kind === 'resumed') {
          this.#direct.conversations?.resumed();
          this.#rooms.resumed();
        } else {
          this.#direct.fresh(how.unacknowledged);
          this.#rooms.fresh(how.unacknowledged);
        }
      }),
      session.onStanza((stanza) => {
        if (!this.#rooms.hear(stanza)) this.#direct.hear(stanza);
      }),
      session.onAcknowledged(() => this.#direct.conversations?.acknowledged()),
    ];
  }

  /** The nick of who has no wish, in rooms joined from now on. */
  set nick(nick: string) {
    this.#rooms.nick = nick;
  }

  /** How much is held, for leak tests. */
  stats(): { readonly sides: number; readonly rooms: number; readonly listeners: number } {
    return { sides: this.#sides.size, rooms: this.#rooms.size, listeners: this.#rooms.listeners };
  }

  /** Serves a store side until it says `close`, or the returned function is called. Rooms are told once it opens them. */
  attach(port: OwnerPort): Off {
    const side = new Side(port);
    const detach = (): void => {
      const off = this.#sides.get(side);
      if (!off) return;
      off();
      this.#sides.delete(side);
      this.#rooms.release(side);
      this.#direct.conversations?.release(side);
      port.close();
    };
    this.#sides.set(
      side,
      port.onMessage((command) => this.#command(command, side, detach)),
    );
    side.post({ type: 'status', status: this.#session.status.value });
    side.post({ type: 'me', me: this.#session.me.value });
    return detach;
  }

  /** Lets go of the session and of every side. */
  close(): void {
    for (const off of this.#undo) off();
    for (const [, off] of this.#sides) off();
    this.#sides.clear();
    this.#rooms.close();
    this.#direct.close();
  }

  #command(command: Command, side: Side, detach: Off): void {
    switch (command.type) {
      case 'start':
        this.#session.start();
        break;
      case 'retry':
        this.#session.retry();
        break;
      case 'sign-out':
        this.#rooms.leaveAll();
        this.#direct.conversations?.forget();
        this.#answer(side, command.reply, replyTo(this.#session.signOut()));
        break;
      case 'room': {
        const answer = isPerson(command.room)
          ? this.#toPerson(command, side)
          : this.#rooms.command(command.room, command.command, side);
        if (answer && 'reply' in command.command) this.#answer(side, command.command.reply, answer);
        break;
      }
      case 'share-status':
        this.#answer(side, command.reply, replyTo(this.#shareStatus(command.on)));
        break;
      case 'direct':
        void this.#direct.load().then((all) => all.send(command.to, command.key, command.text));
        break;
      case 'close':
        detach();
        break;
      default:
        assertNever(command);
    }
  }

  async #toPerson(to: Extract<Command, { type: 'room' }>, side: Side): Promise<ReplyResult> {
    const conversations = await this.#direct.load();
    const answer = this.#sides.has(side) && conversations.command(to.room, to.command, side);
    return answer || { ok: true };
  }

  #located(me: Me): void {
    this.#rooms.located(me);
    this.#direct.located(me);
  }

  /** Few pages ask for it: what does is loaded then. */
  async #shareStatus(on: boolean | undefined): Promise<string | undefined> {
    const { shareStatus } = await import('./share-status.js');
    return shareStatus(this.#session, on);
  }

  #answer(side: Side, reply: number, answer: ReturnType<typeof replyTo>): void {
    void answer.then((result) => {
      if (this.#sides.has(side)) side.post({ type: 'reply', reply, result });
    });
  }

  #tell(update: Update): void {
    for (const side of this.#sides.keys()) side.post(update);
  }
}
