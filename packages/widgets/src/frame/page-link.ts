import { parseFromPage } from './from-page.js';
import type { FramedMessage, FrameStatus, FromFrame, FromPage, Insets } from './protocol.js';
import { WantedToken } from './wanted-token.js';

/** The page around a framed room, as the room deals with it. */
export interface PageAround {
  /** @param target the origin that may read it */
  post(message: FromFrame, target: string): void;
  /** Origins that may hear who said what. */
  readonly readers: readonly string[];
  /** Origins that may say who signs in. */
  readonly tokenOrigins: readonly string[];
  /** Calls after a while, in ms, unless undone. */
  readonly after: (delay: number, run: () => void) => () => void;
  /** So much of us is covered. */
  cover(insets: Insets): void;
  /** It says that nobody is signed in to it any more. */
  signedOut(): void;
  /** Its captcha has found out so much. */
  proved(answer: string): void;
}

/** A message as the room knows it. */
export type Said = FramedMessage & { readonly nick: string; readonly text: string };

/** The framed room's side: remembers how things stand, and tells the loader, once there is one. */
export class PageLink {
  readonly #page: PageAround;
  #loader: { readonly origin: string; readonly nonce: string } | undefined;
  #status: FrameStatus = 'connecting';
  #unread = 0;
  #height: number | undefined;
  #seen = true;
  #proofWanted = false;
  #wanted: WantedToken | undefined;

  constructor(page: PageAround) {
    this.#page = page;
    // Says nothing but that we are here, so whoever frames us may read it.
    page.post({ meerkat: 1, type: 'ready' }, '*');
  }

  /** Hears the parent window; what other windows say must not come here. */
  hear({ data, origin }: Pick<MessageEvent, 'data' | 'origin'>): void {
    const message = parseFromPage(data);
    if (!message || (this.#loader && this.#loader.origin !== origin)) return;
    const { nonce } = message;
    if (message.type === 'hello') {
      this.#loader = { origin, nonce };
      this.#tellStatus();
      this.#tellUnread();
      this.#tellHeight();
      this.#askToken();
      if (this.#proofWanted) this.#askProof();
    } else if (nonce === this.#loader?.nonce) this.#take(message, origin);
  }

  #take(message: Exclude<FromPage, { type: 'hello' }>, origin: string): void {
    switch (message.type) {
      case 'insets':
        this.#page.cover({ top: message.top, bottom: message.bottom });
        break;
      case 'token':
        this.#wanted?.hear(origin, message.token);
        break;
      case 'signed-out':
        if (this.#page.tokenOrigins.includes(origin)) this.#page.signedOut();
        break;
      case 'proof':
        if (!this.#proofWanted) return;
        // Each is good once.
        this.#proofWanted = false;
        this.#page.proved(message.answer);
    }
  }

  /** Whether a guest has to show that they are no machine. */
  proof(wanted: boolean): void {
    if (wanted === this.#proofWanted) return;
    this.#proofWanted = wanted;
    if (wanted) this.#askProof();
  }

  status(status: FrameStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#tellStatus();
  }

  /** Whether somebody can see the room now; what comes while nobody can is unread. */
  seen(seen: boolean): void {
    this.#seen = seen;
    if (!seen || this.#unread === 0) return;
    this.#unread = 0;
    this.#tellUnread();
  }

  height(height: number): void {
    const whole = Math.ceil(height);
    if (whole === this.#height) return;
    this.#height = whole;
    this.#tellHeight();
  }

  message({ id, own, nick, text }: Said): void {
    const loader = this.#loader;
    if (loader) {
      const words = this.#page.readers.includes(loader.origin) ? { nick, text } : {};
      this.#post({ meerkat: 1, type: 'message', nonce: loader.nonce, id, own, ...words });
    }
    if (own || this.#seen) return;
    this.#unread++;
    this.#tellUnread();
  }

  /**
   * Asks the page around us for a token of whoever is signed in there; null where nobody is. Who asks meanwhile gets the
   * same. Rejects where the page cannot say it now, may not, or does not answer.
   */
  token(): Promise<string | null> {
    if (!this.#wanted) {
      this.#wanted = new WantedToken(this.#page, () => {
        this.#wanted = undefined;
      });
      this.#askToken();
    }
    return this.#wanted.given;
  }

  #askProof(): void {
    const nonce = this.#loader?.nonce;
    if (nonce !== undefined) this.#post({ meerkat: 1, type: 'proof-wanted', nonce });
  }

  #askToken(): void {
    const loader = this.#loader;
    if (loader && this.#wanted?.mayAsk(loader.origin)) {
      this.#post({ meerkat: 1, type: 'token-wanted', nonce: loader.nonce });
    }
  }

  #tellStatus(): void {
    const nonce = this.#loader?.nonce;
    if (nonce !== undefined) this.#post({ meerkat: 1, type: 'status', nonce, status: this.#status });
  }

  #tellUnread(): void {
    const nonce = this.#loader?.nonce;
    if (nonce !== undefined) this.#post({ meerkat: 1, type: 'unread', nonce, count: this.#unread });
  }

  #tellHeight(): void {
    const nonce = this.#loader?.nonce;
    if (nonce === undefined || this.#height === undefined) return;
    this.#post({ meerkat: 1, type: 'height', nonce, height: this.#height });
  }

  #post(message: FromFrame): void {
    const origin = this.#loader?.origin;
    if (origin !== undefined) this.#page.post(message, origin === 'null' ? '*' : origin);
  }
}
