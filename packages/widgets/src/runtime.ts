/** The outside world of the elements: the one file of the widgets that touches timers, frames and the clock. */

/** What an element needs of its surroundings; a fake clock of the SDK's testing entry fits `clock`. */
export interface Surroundings {
  readonly clock: {
    now(): number;
    after(delay: number, run: () => void): () => void;
  };
  /** Calls once before the next paint, unless undone. A hidden page has no paints: it is called when shown again. */
  readonly frame: (run: () => void) => () => void;
}

/** The browser's own. */
export const browserSurroundings: Surroundings = {
  clock: {
    now: () => Date.now(),
    after: (delay, run) => {
      const timer = setTimeout(run, delay);
      return () => clearTimeout(timer);
    },
  },
  frame: (run) => {
    const id = requestAnimationFrame(run);
    return () => cancelAnimationFrame(id);
  },
};
