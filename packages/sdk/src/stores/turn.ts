/** Runs something once at the end of a turn, however often it is asked for in it. */
export class Turn {
  readonly #run: () => void;
  #scheduled = false;

  constructor(run: () => void) {
    this.#run = run;
  }

  /** Asks for it. */
  request(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#run();
    });
  }
}
