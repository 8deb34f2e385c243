import {
  type BoshBody,
  type BoshCondition,
  decodeOpen,
  decodeStreamError,
  type Element,
  encodeOpen,
} from '@meerkat-chat/xmpp';

/** What a frame of the stream is to a session. */
export type Word = 'close' | 'error' | 'frame' | 'open';

/** Conditions of the first reply that BOSH has names of its own for (XEP-0124 section 17.2). */
const OWN = ['host-gone', 'host-unknown', 'improper-addressing'] as const;

/** Listens to what a stream says of itself, for a session to say it in the words of BOSH (XEP-0206). */
export class StreamWords {
  readonly #read: (frame: string) => Element | undefined;
  #opening: Pick<BoshBody, 'authid' | 'from' | 'lang'> | undefined;
  #isReady = false;
  #error: string | undefined;
  #condition: BoshCondition | undefined;

  constructor(read: (frame: string) => Element | undefined) {
    this.#read = read;
  }

  /** For the first reply: a restart has nothing to add. */
  get opening(): Pick<BoshBody, 'authid' | 'from' | 'lang'> {
    return this.#opening ?? {};
  }

  /** True when the features have come, which belong in the first reply. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** The error that ends the stream, as it was said. */
  get error(): string | undefined {
    return this.#error;
  }

  /** What the session ends with because of it. */
  get condition(): BoshCondition | undefined {
    return this.#condition;
  }

  /** @param isFirst no reply has been given yet */
  hear(frame: string, isFirst: boolean): Word {
    const name = /^<([a-z:]+)[\s/>]/.exec(frame)?.[1];
    switch (name) {
      case 'open':
        this.#open(frame);
        return 'open';
      case 'close':
        return 'close';
      case 'stream:error':
        this.#fault(frame, isFirst);
        return 'error';
      case 'stream:features':
        this.#isReady = true;
        return 'frame';
      default:
        return 'frame';
    }
  }

  #open(frame: string): void {
    const { from, id, lang } = decodeOpen(this.#read(frame) ?? encodeOpen({})) ?? {};
    this.#opening ??= {
      ...(from === undefined ? {} : { from }),
      ...(id === undefined ? {} : { authid: id }),
      ...(lang === undefined ? {} : { lang }),
    };
  }

  #fault(frame: string, isFirst: boolean): void {
    const element = this.#read(frame);
    const condition = element && decodeStreamError(element)?.condition;
    this.#error = frame;
    this.#condition = (isFirst && OWN.find((name) => name === condition)) || 'remote-stream-error';
  }
}
