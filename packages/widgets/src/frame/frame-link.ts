import { parseFromFrame } from './from-frame.js';
import type { FrameEventMap, FromFrame, FromPage, Insets, PageWord } from './protocol.js';

/** How long a frame may take to say something after it has loaded, in ms. */
export const PATIENCE = 10_000;

/** An `<iframe>` as the loader deals with it. */
export interface FramedRoom {
  /** Whether a message came from its window. */
  isSource(source: unknown): boolean;
  /** The origin that its messages have: that of its `src`, `null` when it is sandboxed. */
  origin(): string;
  /** @param target the origin that may read it */
  post(message: FromPage, target: string): void;
  insets(): Insets;
  tell<Name extends keyof FrameEventMap>(name: Name, detail: FrameEventMap[Name]['detail']): void;
  /** It would like to know who is signed in to the page. */
  giveToken(origin: string, nonce: string): void;
  /** It would like to be so high, in px. */
  resize(height: number): void;
}

/** What of a MessageEvent counts. */
export type Heard = Pick<MessageEvent, 'data' | 'origin' | 'source'>;

/** The loader's side of one framed room. */
export class FrameLink {
  readonly #room: FramedRoom;
  readonly #makeNonce: () => string;
  readonly #after: (delay: number, run: () => void) => () => void;
  #nonce = '';
  /** Whether the room has answered to that. */
  #answered = false;
  #sent: Insets = { top: 0, bottom: 0 };
  #unwatch: (() => void) | undefined;

  constructor(
    room: FramedRoom,
    makeNonce: () => string,
    after: (delay: number, run: () => void) => () => void,
  ) {
    this.#room = room;
    this.#makeNonce = makeNonce;
    this.#after = after;
  }

  /** Says hello to whatever is in the frame. */
  greet(): void {
    this.#nonce = this.#makeNonce();
    this.#answered = false;
    this.#sent = { top: 0, bottom: 0 };
    // To whatever is there: what is not the room yet, or never will be, learns nothing from it.
    this.#room.post({ meerkat: 1, type: 'hello', nonce: this.#nonce }, '*');
  }

  /** The frame has loaded something: if that does not answer in a while, the page is told. */
  loaded(): void {
    this.close();
    this.#unwatch = this.#after(PATIENCE, () => this.#room.tell('meerkat:status', { status: 'blocked' }));
    this.greet();
  }

  /** The viewport, or the frame in it, has moved. */
  moved(): void {
    const { top, bottom } = this.#room.insets();
    if (!this.#answered || (top === this.#sent.top && bottom === this.#sent.bottom)) return;
    this.#sent = { top, bottom };
    this.#say({ type: 'insets', top, bottom });
  }

  /** The page has something to say. Before the room has answered there is nobody to hear it. */
  tell(word: PageWord): void {
    if (this.#answered) this.#say(word);
  }

  hear({ data, origin, source }: Heard): void {
    if (!this.#room.isSource(source) || origin !== this.#room.origin()) return;
    const message = parseFromFrame(data);
    if (message?.type === 'ready') this.greet();
    else if (message?.nonce === this.#nonce) this.#take(message);
  }

  /** Stops waiting for an answer. */
  close(): void {
    this.#unwatch?.();
    this.#unwatch = undefined;
  }

  #say(what: PageWord | ({ readonly type: 'insets' } & Insets)): void {
    const origin = this.#room.origin();
    // No message can be addressed to an opaque origin; the window is the frame's own all the same.
    this.#room.post({ ...what, meerkat: 1, nonce: this.#nonce }, origin === 'null' ? '*' : origin);
  }

  #take(message: Exclude<FromFrame, { type: 'ready' }>): void {
    this.close();
    if (!this.#answered) {
      this.#answered = true;
      this.moved();
    }
    switch (message.type) {
      case 'height':
        this.#room.resize(message.height);
        break;
      case 'token-wanted':
        this.#room.giveToken(this.#room.origin(), this.#nonce);
        break;
      default: {
        const { meerkat, type, nonce, ...detail } = message;
        this.#room.tell(`meerkat:${type}`, detail);
      }
    }
  }
}
