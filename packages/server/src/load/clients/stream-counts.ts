/** An acknowledgement is asked for after so many stanzas sent. */
const ASK_AFTER = 10;
/** Stanzas that a user keeps for sending again. */
const MAX_UNACKNOWLEDGED = 10_000;
/** Counters of stream management begin again at 0 there (XEP-0198 section 4). */
const COUNTER = 2 ** 32;

/** What one user counts of its stanzas for stream management (XEP-0198). */
export class StreamCounts {
  #counting = false;
  #handled = 0;
  #unacknowledged: string[] = [];
  /** The server's count of what it received when the first of those was sent. */
  #acknowledged = 0;
  #sinceAsked = 0;

  /** A new session: nothing is counted until `begin`. */
  reset(): void {
    this.#counting = false;
    this.#handled = 0;
    this.#unacknowledged = [];
    this.#acknowledged = 0;
    this.#sinceAsked = 0;
  }

  /** Stanzas count from here on. */
  begin(): void {
    this.#counting = true;
  }

  /** A stanza came. */
  received(): void {
    if (this.#counting) this.#handled = (this.#handled + 1) % COUNTER;
  }

  /** How many came, for the server. */
  get handled(): number {
    return this.#handled;
  }

  /** A stanza leaves, and is kept until the server has it; true when it is time to ask whether it does. */
  sent(stanza: string): boolean {
    if (!this.#counting || this.#unacknowledged.length >= MAX_UNACKNOWLEDGED) return false;
    this.#unacknowledged.push(stanza);
    this.#sinceAsked = (this.#sinceAsked + 1) % ASK_AFTER;
    return this.#sinceAsked === 0;
  }

  /** The server has so many. What cannot be is passed over. */
  acknowledge(handled: number): void {
    const steps = (handled - this.#acknowledged + COUNTER) % COUNTER;
    if (!(steps <= this.#unacknowledged.length)) return;
    this.#unacknowledged.splice(0, steps);
    this.#acknowledged = handled;
  }

  /** What has to be sent again when the session is resumed. */
  get unacknowledged(): readonly string[] {
    return this.#unacknowledged;
  }
}
