import type { Clock, Millis } from '@meerkat-chat/xmpp';

/** How long any one answer may take. */
export const ANSWER_TIMEOUT: Millis = 120_000;

interface Waiting {
  /** True when this is the answer. Throws when the answer is a refusal. */
  readonly test: (frame: Buffer) => boolean;
  readonly resolve: (frame: string) => void;
  readonly reject: (error: Error) => void;
}

/** The one frame that a user waits for, if any. */
export class AwaitedFrame {
  readonly #clock: Clock;
  #waiting: Waiting | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Fulfils with the first frame for which `test` is true.
   * @throws Error when `test` throws, when another is waited for already, or after two minutes
   */
  wait(test: (frame: Buffer) => boolean): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.#waiting) return reject(new Error('the user waits for something already'));
      const off = this.#clock.after(ANSWER_TIMEOUT, () =>
        this.refuse(new Error(`no answer within ${ANSWER_TIMEOUT / 1000} s`)),
      );
      this.#waiting = {
        test,
        resolve: (frame) => {
          off();
          resolve(frame);
        },
        reject: (error) => {
          off();
          reject(error);
        },
      };
    });
  }

  /** A frame came, and may be the one. */
  hear(frame: Buffer): void {
    const waiting = this.#waiting;
    if (!waiting) return;
    try {
      if (!waiting.test(frame)) return;
      this.#waiting = undefined;
      waiting.resolve(frame.toString());
    } catch (error) {
      this.refuse(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** It will not come. */
  refuse(error: Error): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.reject(error);
  }
}
