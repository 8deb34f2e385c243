import { pageSessions } from '../connect.js';
import { Lazy } from '../lazy.js';
import { rememberedNick } from '../remembered-nick.js';
import type { ChatRoom } from './chat-room-element.js';
import { Visit, type VisitParts } from './visit.js';

/** How long after it could not be had what knows the room of a page is asked for again, in ms. */
const AGAIN_AFTER = 10_000;

/** What going from room to room needs of the element. */
export interface WhereHooks {
  readonly host: ChatRoom;
  readonly parts: VisitParts;
  /** A room is about to be entered under this name, if there is one. */
  readonly entering: (nick: string | undefined) => void;
  /** A room has been left. */
  readonly left: () => void;
}

/** Where an element is: it enters the room that its attributes name, and leaves it. */
export class Whereabouts {
  readonly #hooks: WhereHooks;
  /** What knows the room of the page itself: loaded where that is wanted. */
  readonly #ownPage = new Lazy(
    () => import('../own-page.js'),
    () => this.#onOwnPage(),
  );
  #visit: Visit | undefined;
  /** Ends looking whether the room of the page has become another one. */
  #unfollow: (() => void) | undefined;
  #malformed = false;

  constructor(hooks: WhereHooks) {
    this.#hooks = hooks;
  }

  /** Undefined while it is in no room. */
  get visit(): Visit | undefined {
    return this.#visit;
  }

  /** For `Standing`: the attributes name no room that there can be. */
  get standing(): Visit | 'malformed' | undefined {
    return this.#malformed ? 'malformed' : this.#visit;
  }

  /** Goes to the room that is wanted now. It is entered before another one is left, so that the session stays. */
  move(): void {
    const before = this.#visit;
    this.#reset();
    this.#enter();
    before?.close();
  }

  leave(): void {
    this.#visit?.close();
    this.#reset();
  }

  #enter(): void {
    const { host, parts, entering } = this.#hooks;
    this.#malformed = host.room === '' && !host.with;
    if (this.#malformed) return;
    const { chat, with: person } = host;
    const nick = host.nick ?? rememberedNick();
    const server = host.src ?? (host.constructor as typeof ChatRoom).defaultServer();
    try {
      const room = this.#address;
      if (room === undefined) return;
      entering(nick);
      this.#visit = new Visit(pageSessions.open({ chat, server, room, person, nick }), parts);
    } catch {
      this.#malformed = true;
      return;
    }
    if (host.room === 'page') {
      this.#unfollow = this.#ownPage.value?.followPage(() => {
        this.move();
        host.requestUpdate();
      });
    }
  }

  /** The room's name or address; undefined while what knows that of the page itself is on its way. */
  get #address(): string | undefined {
    const { host } = this.#hooks;
    if (host.with || host.room !== 'page') return host.room;
    const page = this.#ownPage.value;
    return page?.pageRoom(page.thisPage());
  }

  #onOwnPage(): void {
    const { host } = this.#hooks;
    host.requestUpdate();
    if (this.#ownPage.failed) {
      host.surroundings.clock.after(AGAIN_AFTER, () => host.isConnected && this.#ownPage.retry());
    }
  }

  #reset(): void {
    this.#visit = undefined;
    this.#unfollow?.();
    this.#unfollow = undefined;
    this.#hooks.left();
  }
}
