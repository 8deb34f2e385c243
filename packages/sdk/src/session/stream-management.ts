import { counterAdd, counterDistance } from '@meerkat-chat/xmpp';

/** Stanzas that may wait for their acknowledgement, written or not. */
export const MAX_UNACKNOWLEDGED = 5_000;

/** The state of stream management (XEP-0198) as it is stored: plain values that survive JSON. */
export interface SavedStreamManagement {
  /** The id to resume by. */
  readonly id: string;
  /** How many stanzas of the server we have handled. */
  readonly handled: number;
  /** How many of ours the server has handled, as far as we know. */
  readonly acknowledged: number;
  /** Ours after those, as they were or will be written. */
  readonly queue: readonly string[];
}

/** Counters and queue of one session, over any number of links. Counts are modulo 2^32. */
export class StreamManagement {
  #id: string | undefined;
  #counting = false;
  #handled = 0;
  #acknowledged = 0;
  #queue: string[] = [];

  constructor(saved?: SavedStreamManagement) {
    if (!saved) return;
    this.#id = saved.id;
    this.#counting = true;
    this.#handled = saved.handled;
    this.#acknowledged = saved.acknowledged;
    this.#queue = [...saved.queue];
  }

  /** The id to resume by; undefined when there is no session that could be resumed. */
  get id(): string | undefined {
    return this.#id;
  }

  /** Whether the server confirms stanzas at all. */
  get counting(): boolean {
    return this.#counting;
  }

  get handled(): number {
    return this.#handled;
  }

  get queue(): readonly string[] {
    return this.#queue;
  }

  /** A new session is asked for: counting begins with `<enable/>` (section 4). */
  begin(): void {
    this.#id = undefined;
    this.#counting = true;
    this.#handled = 0;
    this.#acknowledged = 0;
    this.#queue = [];
  }

  /** The server agreed. @param id undefined when the session cannot be resumed */
  enabled(id: string | undefined): void {
    this.#id = id;
  }

  /** There is no session to count for; its queue is given back. */
  reset(): readonly string[] {
    const queue = this.#queue;
    this.begin();
    this.#counting = false;
    return queue;
  }

  /** Gives back what came into the queue before the first stanza of the session was written. */
  withdraw(): readonly string[] {
    return this.#queue.splice(0);
  }

  /**
   * Keeps a stanza until it is acknowledged.
   * @throws {RangeError} when too many wait already
   */
  add(text: string): void {
    if (!this.#counting) return;
    if (this.#queue.length >= MAX_UNACKNOWLEDGED) throw new RangeError('too many unacknowledged stanzas');
    this.#queue.push(text);
  }

  /** A stanza of the server was handled. */
  receive(): void {
    if (this.#counting) this.#handled = counterAdd(this.#handled, 1);
  }

  /** The server has handled so many of ours. @returns false when that is more than we sent */
  acknowledge(h: number): boolean {
    const steps = counterDistance(this.#acknowledged, h);
    if (steps > this.#queue.length) return false;
    this.#acknowledged = h;
    this.#queue.splice(0, steps);
    return true;
  }

  /** What another page needs to resume; undefined when it cannot. */
  save(): SavedStreamManagement | undefined {
    if (this.#id === undefined) return undefined;
    return {
      id: this.#id,
      handled: this.#handled,
      acknowledged: this.#acknowledged,
      queue: [...this.#queue],
    };
  }
}
