/** Something that has gathered what is to be written. */
export interface Gatherer {
  /** Writes it. */
  flush(): void;
}

/**
 * Lets go, at the end of a turn of the event loop, what was gathered in it: one write for each socket, however many
 * frames it got. After so many sockets the loop has its turn, so that in a long fan-out others are heard between;
 * what comes meanwhile for a socket that still waits leaves with the rest. So writes grow as the load does.
 */
export class WriteRound {
  readonly #later: (run: () => void) => void;
  readonly #most: number;
  #waiting: Gatherer[] = [];

  /**
   * @param later runs something at the end of the loop's turn
   * @param most how many flush in one turn
   */
  constructor(later: (run: () => void) => void, most: number) {
    this.#later = later;
    this.#most = most;
  }

  /** Takes one that has something to write; it may be taken again once it was told to flush. First in, first out. */
  add(gatherer: Gatherer): void {
    if (this.#waiting.push(gatherer) === 1) this.#later(this.#run);
  }

  readonly #run = (): void => {
    const ready = this.#waiting.slice(0, this.#most);
    // Those that begin to gather while others flush come behind.
    for (const gatherer of ready) gatherer.flush();
    this.#waiting = this.#waiting.slice(ready.length);
    if (this.#waiting.length > 0) this.#later(this.#run);
  };
}
