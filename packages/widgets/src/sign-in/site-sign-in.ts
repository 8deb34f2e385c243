import { type Chat, type ChatAuth, claimsOf } from '@meerkat-chat/sdk';
import type { Surroundings } from '../runtime.js';
import { askPage } from './ask-page.js';
import { refusedHint } from './refused-hint.js';
import type { SignInSource, SignInUse, SiteAnswer } from './sign-in.js';
import type { Asked } from './token-answer.js';
import { type AskSite, tokenFrom } from './token-from.js';

/** The outside world of a sign-in. */
export interface SignInSurroundings {
  readonly clock: Surroundings['clock'];
  readonly ask: AskSite;
  /** Tells whoever made the page. */
  readonly warn: (text: string) => void;
}

/** How soon a site that did not answer is asked again, in ms: the first time, and at most. */
export const AGAIN_AFTER = 5000;
export const AGAIN_AT_MOST = 60_000;

/** Who is signed in to a site, by tokens that it gives. One for all elements of a page that say the same. */
export class SiteSignIn {
  readonly #world: SignInSurroundings;
  /** It is over: who comes later begins anew. */
  readonly #ended: () => void;
  readonly #uses = new Map<() => void, SignInSource>();
  readonly #chats = new Map<Chat, () => void>();
  #answer: SiteAnswer | undefined;
  #again: (() => void) | undefined;
  #failures = 0;
  #warned = false;

  constructor(world: SignInSurroundings, ended: () => void) {
    this.#world = world;
    this.#ended = ended;
    // The first use comes before anything is asked.
    void Promise.resolve().then(() => this.#begin());
  }

  /** @param changed another answer is there */
  use(source: SignInSource, changed: () => void): SignInUse {
    // Each use is its own, also where two are told alike.
    const tell = () => changed();
    this.#uses.set(tell, source);
    const sign = this;
    return {
      get answer() {
        return sign.#answer;
      },
      forget: () => this.#ended(),
      follow: (chat) => this.#follow(chat),
      release: () => {
        if (!this.#uses.delete(tell) || this.#uses.size > 0) return;
        this.#ended();
        this.#again?.();
        for (const off of this.#chats.values()) off();
        this.#chats.clear();
      },
    };
  }

  get #source(): SignInSource {
    return [...this.#uses.values()].at(-1) ?? {};
  }

  async #begin(): Promise<void> {
    this.#take(await this.#ask());
  }

  #take(asked: Asked): void {
    if (asked.kind === 'token') {
      this.#answer = { kind: 'in', auth: this.#authOf(asked.token) };
    } else {
      this.#answer = { kind: asked.kind };
      if (asked.why) this.#warn(asked.why);
      const late = asked.kind === 'down' ? asked.late : undefined;
      // A function of the page may wait for a person: it is not called once more while it does.
      if (late) void late.then((answer) => this.#take(answer));
      else if (asked.kind === 'down' && this.#uses.size > 0) {
        const wait = Math.min(AGAIN_AFTER * 2 ** this.#failures++, AGAIN_AT_MOST);
        this.#again = this.#world.clock.after(wait, () => void this.#begin());
      }
    }
    for (const changed of [...this.#uses.keys()]) changed();
  }

  #authOf(token: string): ChatAuth {
    const { sub } = claimsOf(token);
    return {
      kind: 'token',
      token,
      getToken: async () => {
        const asked = await this.#ask();
        if (asked.kind === 'down') throw new Error(asked.why);
        // Nobody goes on as somebody else.
        if (asked.kind === 'token' && claimsOf(asked.token).sub === sub) return asked.token;
        for (const chat of this.#chats.keys()) void chat.signOut();
        this.#ended();
        throw new Error('the site says that somebody else is signed in, or nobody');
      },
    };
  }

  async #ask(): Promise<Asked> {
    const { getToken, tokenFrom: url = '', tokenNonce, tokenNonceFrom } = this.#source;
    // The empty address would be that of the page.
    if (!getToken && !url) return { kind: 'down', why: 'there is neither token-from nor getToken' };
    if (!getToken) return tokenFrom(this.#world.ask, { tokenFrom: url, tokenNonce, tokenNonceFrom });
    return askPage(getToken, this.#world.clock);
  }

  #follow(chat: Chat): void {
    if (this.#chats.has(chat)) return;
    const off = chat.status.subscribe(() => {
      const status = chat.status.value;
      const answer = this.#answer;
      if (status.state !== 'refused' || status.reason !== 'not-authorized') return;
      if (answer?.kind === 'in' && answer.auth.kind === 'token') {
        this.#warn(refusedHint(answer.auth.token, this.#world.clock.now()));
      }
    });
    this.#chats.set(chat, off);
  }

  /** Once: a page with ten elements, or a night without a back end, says no more. */
  #warn(why: string): void {
    if (this.#warned) return;
    this.#warned = true;
    const { getToken, tokenFrom: url } = this.#source;
    this.#world.warn(`Chat: token from ${getToken ? 'getToken' : url || 'nowhere'}: ${why}`);
  }
}
