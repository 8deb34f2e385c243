import type { ChatAuth } from '@meerkat-chat/sdk';
import { pageSessions } from '../connect.js';
import { Lazy } from '../lazy.js';
import { rememberedNick } from '../remembered-nick.js';
import { byToken, type SignInUse } from '../sign-in/sign-in.js';
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
  /** What asks the site for tokens. */
  readonly #signIns = new Lazy(
    () => import('../sign-in/sign-ins.js'),
    () => this.#onLoaded(this.#signIns),
  );
  #use: SignInUse | undefined;
  /** The site's cookie says that nobody is signed in, so a guest is. */
  #instead = false;
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
    if (this.#instead || this.#use?.answer?.kind === 'out') return 'nobody';
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
    const use = this.#use;
    if (anew) {
      this.#use = undefined;
      this.#instead = false;
    }
    this.#becoming = stays && !this.#hooks.host.chat && before?.chat.me.value?.guest === true;
    if (this.#becoming) {
      this.become();
      if (anew) use?.release();
      return;
    }
    this.#reset();
    this.#enter();
    before?.close(anew);
    if (anew) use?.release();
  }

  /** Goes on in place as whoever signs in now, once that is known; where they cannot, it is said as for who just comes. */
  become(): void {
    const visit = this.#visit;
    // Another element has made somebody of the guest that both were: who wants to be one is another from then on.
    if (this.guest && !this.#hooks.host.chat && visit?.chat.me.value?.guest === false) this.move();
    const who = this.#becoming && visit && this.#signedIn;
    if (!who) return;
    this.#becoming = false;
    if (!who.auth) return;
    const { auth } = who;
    this.#use?.follow(visit.chat);
    import('../sign-in/in-place.js')
      .then(({ signInPlace }) => signInPlace(visit.chat, auth))
      .then(
        () => this.#hooks.host.requestUpdate(),
        () => this.#visit === visit && this.move(),
      );
  }

  /** Tries again what somebody may have mended, signing in included. */
  again(): void {
    const { host } = this.#hooks;
    const { visit } = this;
    const ended = visit?.chat.status.value.state === 'closed';
    if (host.chat || (visit && !ended && !this.#use && host.auth !== 'cookie')) visit?.chat.retry();
    else {
      this.#use?.forget();
      this.move(true);
      host.requestUpdate();
    }
  }

  /** Where the cookie turns out to be nobody's, before anything was to be seen, a guest comes instead. */
  look(): void {
    const { host } = this.#hooks;
    const status = this.#visit?.chat.status.value;
    if (host.auth !== 'cookie' || host.chat || this.#instead) return;
    if (status?.state !== 'refused' || status.reason !== 'not-authorized') return;
    this.#instead = true;
    this.move();
  }

  leave(): void {
    this.#visit?.close();
    this.#use?.release();
    this.#use = undefined;
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
      this.#visit = new Visit(pageSessions.open({ chat, server, ...who, room, person, nick }), parts);
      this.#use?.follow(this.#visit.chat);
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

  /** Who signs in; undefined while nobody knows. */
  get #signedIn(): { readonly auth?: ChatAuth } | undefined {
    const { host } = this.#hooks;
    if (host.chat || this.#instead) return {};
    if (host.auth === 'cookie') return { auth: BY_COOKIE };
    if (!byToken(host)) return {};
    this.#use ??= this.#signIns.value?.signIns.use(host, () => host.requestUpdate());
    const answer = this.#use?.answer;
    if (answer?.kind === 'in') return answer;
    if (answer?.kind === 'down') this.#without = 'site';
    return answer?.kind === 'out' ? {} : undefined;
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
