import { Histogram } from './histogram.js';

/** What became of the messages of a run, each counted at each recipient. */
export interface TallyResult {
  readonly expected: number;
  readonly delivered: number;
  readonly lost: number;
  readonly doubled: number;
  /** Deliveries in which a sender's message came after a later one of the same sender. */
  readonly outOfOrder: number;
  /** From the moment a message was due until each receipt, in milliseconds. */
  readonly latency: {
    readonly p50: number;
    readonly p95: number;
    readonly p99: number;
    readonly max: number;
  };
}

/** Counts every message at every recipient. Messages have numbers in the order in which they fall due. */
export class Tally {
  readonly #recipients: number;
  readonly #senders: number;
  readonly #seen: Uint8Array[];
  readonly #last: Int32Array[];
  readonly #due: number[] = [];
  readonly #latency = new Histogram();
  #delivered = 0;
  #doubled = 0;
  #outOfOrder = 0;

  /** @param messages how many will be sent; message n is sent by sender `n % senders` */
  constructor(recipients: number, senders: number, messages: number) {
    this.#recipients = recipients;
    this.#senders = senders;
    this.#seen = Array.from({ length: recipients }, () => new Uint8Array(messages));
    this.#last = Array.from({ length: recipients }, () => new Int32Array(senders).fill(-1));
  }

  /** Notes that a message was due at this time (open loop: whether or not it could be written then). */
  sent(message: number, due: number): void {
    this.#due[message] = due;
  }

  /** Notes a receipt. A number that was never sent is not counted. */
  received(recipient: number, message: number, at: number): void {
    const seen = this.#seen[recipient];
    const last = this.#last[recipient];
    const due = this.#due[message];
    if (!seen || !last || due === undefined) return;
    if (seen[message] === 1) {
      this.#doubled++;
      return;
    }
    seen[message] = 1;
    this.#delivered++;
    this.#latency.record(at - due);
    const sender = message % this.#senders;
    if ((last[sender] ?? -1) > message) this.#outOfOrder++;
    else last[sender] = message;
  }

  /** True when every message sent so far has reached everybody. */
  get complete(): boolean {
    return this.#delivered === this.#due.length * this.#recipients;
  }

  get delivered(): number {
    return this.#delivered;
  }

  result(): TallyResult {
    const expected = this.#due.length * this.#recipients;
    const at = (share: number): number => this.#latency.percentile(share);
    return {
      expected,
      delivered: this.#delivered,
      lost: expected - this.#delivered,
      doubled: this.#doubled,
      outOfOrder: this.#outOfOrder,
      latency: { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: this.#latency.max },
    };
  }
}
