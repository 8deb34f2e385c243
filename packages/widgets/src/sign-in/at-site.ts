import type { Chat, ChatAuth } from '@meerkat-chat/sdk';
import { signInPlace } from './in-place.js';
import type { SignInSource, SignInUse } from './sign-in.js';
import { signIns } from './sign-ins.js';

/** The element: what it says of who signs in. */
export interface AtSiteHost extends SignInSource {
  /** A chat of the page's own: the site is not asked. */
  readonly chat: Chat | undefined;
  requestUpdate(): void;
}

/** A visit to a room. */
type Visit = { readonly chat: Chat };

/** Where an element is, as far as signing in changes that. */
export interface AtSitePlace {
  readonly visit: () => Visit | undefined;
  /** Goes there anew, as whoever is signed in by then. */
  readonly move: () => void;
}

/** Who an element is to the site around it. Loaded where one signs in by the site's means. */
export class AtSite {
  readonly #host: AtSiteHost;
  readonly #place: AtSitePlace;
  #use: SignInUse | undefined;
  #instead = false;

  constructor(host: AtSiteHost, place: AtSitePlace) {
    this.#host = host;
    this.#place = place;
  }

  /** The site's cookie says that nobody is signed in, so a guest is. */
  get instead(): boolean {
    return this.#instead;
  }

  /** Whether the site has said that nobody is signed in. */
  get out(): boolean {
    return this.#instead || this.#use?.answer?.kind === 'out';
  }

  /** Who signs in by a token; undefined while nobody knows, `site` where that does not say it now. */
  ask(): { readonly auth?: ChatAuth } | 'site' | undefined {
    this.#use ??= signIns.use(this.#host, () => this.#host.requestUpdate());
    const { answer } = this.#use;
    switch (answer?.kind) {
      case undefined:
      case 'in':
        return answer;
      case 'out':
        return {};
      case 'down':
        return 'site';
    }
  }

  /** A chat is one's own by the site's token. */
  follow(chat: Chat): void {
    this.#use?.follow(chat);
  }

  /** The guest of a visit goes on in place as somebody; where they cannot, it is said as for who just comes. */
  become(visit: Visit, auth: ChatAuth): void {
    this.follow(visit.chat);
    signInPlace(visit.chat, auth).then(
      () => this.#host.requestUpdate(),
      () => this.#place.visit() === visit && this.#place.move(),
    );
  }

  /** Where the cookie turns out to be nobody's, before anything was to be seen, a guest comes instead. */
  look(): void {
    const { auth, chat } = this.#host;
    const status = this.#place.visit()?.chat.status.value;
    if (auth !== 'cookie' || chat || this.#instead) return;
    if (status?.state !== 'refused' || status.reason !== 'not-authorized') return;
    this.#instead = true;
    this.#place.move();
  }

  /** Who asks from now on begins anew: the site is asked again, or its cookie is looked at again. */
  forget(): void {
    this.#use?.forget();
    if (this.#host.auth === 'cookie') this.#place.visit()?.chat.retry();
  }

  /** It is found out anew who signs in. Answers with what lets go of whoever did. */
  renew(): () => void {
    this.#instead = false;
    return this.leave();
  }

  /** Answers with what lets go of the sign-in; who asks from now on has another one. */
  leave(): () => void {
    const use = this.#use;
    this.#use = undefined;
    return () => use?.release();
  }
}
