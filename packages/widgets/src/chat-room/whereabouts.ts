import type { ChatAuth } from '@meerkat-chat/sdk';
import { pageSessions } from '../connect.js';
import { Lazy } from '../lazy.js';
import { rememberedNick } from '../remembered-nick.js';
import type { AtSite } from '../sign-in/at-site.js';
import { byToken } from '../sign-in/sign-in.js';
import type { ChatRoom } from './chat-room-element.js';
import type { Who } from './explain.js';
import type { Place } from './standing.js';
import { Visit, type VisitParts } from './visit.js';

/** As whoever the site's cookie says: one object, so one session for all who want it. */
const BY_COOKIE: ChatAuth = { kind: 'cookie' };
/** How long after it could not be had what is loaded on demand is asked for again, in ms. */
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
    () => this.#onLoaded(this.#ownPage),
  );
  /** What signs in by the site: loaded where that is wanted. */
  readonly #bySite = new Lazy(
    async () => {
      const { AtSite } = await import('../sign-in/at-site.js');
      this.#site = new AtSite(this.#hooks.host, { visit: () => this.#visit, move: () => this.move() });
      return this.#site;
    },
    () => this.#onLoaded(this.#bySite),
  );
  /** The same, once it has been wanted and is there. */
  #site: AtSite | undefined;
  #visit: Visit | undefined;
  /** Ends looking whether the room of the page has become another one. */
  #unfollow: (() => void) | undefined;
  #without: 'page' | 'site' | undefined;
  /** The guest who is here is about to be somebody else, and stays meanwhile. */
  #becoming = false;

  constructor(hooks: WhereHooks) {
    this.#hooks = hooks;
  }

  /** Undefined while it is in no room. */
  get visit(): Visit | undefined {
    return this.#visit;
  }

  get standing(): Place {
    return this.#without ?? this.#visit;
  }

  /** Whether it is by no means of the site that one signs in. */
  get guest(): boolean {
    return this.who !== 'cookie' && this.who !== 'token';
  }

  get who(): Who {
    const { auth, chat, signIn } = this.#hooks.host;
    if (this.#site?.out) return 'nobody';
    if (byToken(this.#hooks.host)) return 'token';
    if (auth === 'cookie') return auth;
    // Who can sign in and has not: a guest until then.
    return signIn && chat?.me.value?.guest !== false ? 'nobody' : 'guest';
  }

  /**
   * Goes to the room that is wanted now. It is entered before another one is left, so that the session stays.
   * @param anew it is found out anew who signs in
   * @param stays it is the same room
   */
  move(anew = false, stays = false): void {
    const before = this.#visit;
    const release = anew ? this.#site?.renew() : undefined;
    this.#becoming = stays && !this.#hooks.host.chat && before?.chat.me.value?.guest === true;
    if (this.#becoming) this.become();
    else {
      this.#reset();
      this.#enter();
      before?.close(anew);
    }
    release?.();
  }

  /** Goes on in place as whoever signs in now, once that is known. */
  become(): void {
    const visit = this.#visit;
    // Another element has made somebody of the guest that both were: who wants to be one is another from then on.
    if (this.guest && !this.#hooks.host.chat && visit?.chat.me.value?.guest === false) this.move();
    const who = this.#becoming && visit && this.#signedIn;
    if (!who) return;
    this.#becoming = false;
    const { auth } = who;
    if (auth) {
      this.#bySite.use((site) => {
        if (this.#visit !== visit) return;
        if (site) site.become(visit, auth);
        else this.move();
      });
    }
  }

  /** Tries again what somebody may have mended, signing in included. */
  again(): void {
    const { host } = this.#hooks;
    const { visit } = this;
    const ended = visit?.chat.status.value.state === 'closed';
    if (host.chat || (visit && !ended && !this.#bySiteNow)) visit?.chat.retry();
    else {
      this.#site?.forget();
      this.move(true);
      host.requestUpdate();
    }
  }

  /** Looks whether who is refused comes as a guest instead. */
  look(): void {
    this.#site?.look();
  }

  leave(): void {
    this.#visit?.close();
    this.#site?.leave()();
    this.#reset();
  }

  #enter(): void {
    const { host, parts, entering } = this.#hooks;
    this.#without = host.room === '' && !host.with ? 'page' : undefined;
    if (this.#without) return;
    const { chat, with: person } = host;
    const server = host.src ?? (host.constructor as typeof ChatRoom).defaultServer();
    try {
      const room = this.#address;
      const who = this.#signedIn;
      if (room === undefined || !who) return;
      // Whom the site knows has a name there.
      const nick = host.nick ?? (who.auth ? undefined : rememberedNick());
      entering(nick);
      const stays = () => !this.#bySiteNow;
      this.#visit = new Visit(pageSessions.open({ chat, server, ...who, room, person, nick, stays }), parts);
      this.#site?.follow(this.#visit.chat);
    } catch {
      this.#without = 'page';
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

  /** Whether one signs in by means of the site. */
  get #bySiteNow(): boolean {
    const { host } = this.#hooks;
    return host.auth === 'cookie' || byToken(host);
  }

  /** Who signs in; undefined while nobody knows. */
  get #signedIn(): { readonly auth?: ChatAuth } | undefined {
    const { host } = this.#hooks;
    if (host.chat || !this.#bySiteNow || this.#site?.instead) return {};
    const site = this.#bySite.value;
    // The browser knows it: nothing is waited for.
    if (host.auth === 'cookie') return { auth: BY_COOKIE };
    const who = site?.ask();
    if (who !== 'site') return who;
    this.#without = who;
    return undefined;
  }

  #onLoaded(part: Pick<Lazy<unknown>, 'failed' | 'retry'>): void {
    const { host } = this.#hooks;
    host.requestUpdate();
    if (part.failed) {
      host.surroundings.clock.after(AGAIN_AFTER, () => host.isConnected && part.retry());
    }
  }

  #reset(): void {
    this.#visit = undefined;
    this.#unfollow?.();
    this.#unfollow = undefined;
    this.#hooks.left();
  }
}
