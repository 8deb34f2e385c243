import type { Surroundings } from '../runtime.js';

/** How long a finger rests, in ms, and how far it may stray meanwhile, in px. */
export const PRESS_TIME = 500;
export const PRESS_STRAY = 10;

/** What of a pointer is looked at. */
export type Touch = Pick<PointerEvent, 'clientX' | 'clientY' | 'isPrimary'>;

/** A finger that rests on something: calls once when it has done so for half a second, and not if it scrolls. */
export class LongPress {
  readonly #clock: Surroundings['clock'];
  readonly #pressed: (at: Touch) => void;
  #from: Touch | undefined;
  #off: (() => void) | undefined;

  constructor(clock: Surroundings['clock'], pressed: (at: Touch) => void) {
    this.#clock = clock;
    this.#pressed = pressed;
  }

  /** A finger was put down; a second one makes it something else. */
  down(at: Touch): void {
    this.end();
    if (!at.isPrimary) return;
    this.#from = at;
    this.#off = this.#clock.after(PRESS_TIME, () => {
      this.end();
      this.#pressed(at);
    });
  }

  move({ clientX, clientY }: Touch): void {
    const from = this.#from;
    if (from && Math.hypot(clientX - from.clientX, clientY - from.clientY) > PRESS_STRAY) this.end();
  }

  /** The finger was lifted, or the browser took it for scrolling. */
  end(): void {
    this.#off?.();
    this.#off = undefined;
    this.#from = undefined;
  }
}
