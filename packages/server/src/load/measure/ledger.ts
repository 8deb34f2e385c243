import type { Millis } from '@meerkat-chat/xmpp';

/** What a process's recipients were owed, and got. */
export interface LedgerResult {
  readonly expected: number;
  readonly delivered: number;
  readonly doubled: number;
  readonly outOfOrder: number;
}

/** What a ledger has to know of the messages to a recipient, which are numbered 0, 1, 2... for each. */
export interface Dues {
  /** How many messages there are for this recipient, whether or not they have been sent. */
  count(recipient: number): number;
  /** When that message was due, or is to be; undefined when it was not sent. */
  due(recipient: number, sequence: number): Millis | undefined;
  /** How many messages on the next one of the same sender is. */
  step(recipient: number): number;
  /** How long a message may be on its way to somebody who leaves: what falls due so shortly before is not owed. Default 0. */
  onTheWay?(): Millis;
}

/** The most bytes that a ledger takes: one for every message to every recipient of the process. */
const MAX_BYTES = 2 ** 30;
/** How many later messages of the same sender are looked for. */
const LOOK_AHEAD = 4;

/** Counts, for every recipient of this process, every message that it was to get. */
export class Ledger {
  readonly #dues: Dues;
  readonly #seen = new Map<number, Uint8Array>();
  /** Times between which a recipient was there: from, until, from, until... */
  readonly #there = new Map<number, Millis[]>();
  #bytes = 0;
  #doubled = 0;
  #outOfOrder = 0;
  #delivered = 0;

  constructor(dues: Dues) {
    this.#dues = dues;
  }

  /** From now on a recipient is owed what falls due. @throws RangeError when there are too many messages to count */
  enter(recipient: number, at: Millis): void {
    if (!this.#seen.has(recipient)) {
      const count = this.#dues.count(recipient);
      this.#bytes += count;
      if (this.#bytes > MAX_BYTES)
        throw new RangeError('too many messages for too many users to count in memory');
      this.#seen.set(recipient, new Uint8Array(count));
    }
    const there = this.#there.get(recipient) ?? [];
    if (there.length % 2 === 0) there.push(at);
    this.#there.set(recipient, there);
  }

  /** From now on it is owed nothing. */
  leave(recipient: number, at: Millis): void {
    const there = this.#there.get(recipient);
    if (there && there.length % 2 === 1) there.push(at);
  }

  /** Notes a receipt; true for the first of it. A message that there is not is passed over. */
  received(recipient: number, sequence: number): boolean {
    const seen = this.#seen.get(recipient);
    if (!seen || sequence >= seen.length) return false;
    if (seen[sequence] === 1) {
      this.#doubled++;
      return false;
    }
    seen[sequence] = 1;
    this.#delivered++;
    const step = this.#dues.step(recipient);
    // Whatever the disorder, some message comes after the very next one of its sender: looking a little ahead finds it.
    for (let ahead = 1; ahead <= LOOK_AHEAD; ahead++) {
      if (seen[sequence + ahead * step] !== 1) continue;
      this.#outOfOrder++;
      break;
    }
    return true;
  }

  /** First receipts so far. */
  get delivered(): number {
    return this.#delivered;
  }

  /** True when nobody is owed anything that has fallen due. */
  complete(now: Millis): boolean {
    for (const recipient of this.#seen.keys()) if (this.#owed(recipient, now, true) > 0) return false;
    return true;
  }

  /** What has come of it, for what has fallen due until now. */
  result(now: Millis): LedgerResult {
    let lost = 0;
    for (const recipient of this.#seen.keys()) lost += this.#owed(recipient, now, false);
    const [delivered, doubled, outOfOrder] = [this.#delivered, this.#doubled, this.#outOfOrder];
    return { expected: delivered + lost, delivered, doubled, outOfOrder };
  }

  #owed(recipient: number, now: Millis, anyWillDo: boolean): number {
    const seen = this.#seen.get(recipient);
    const there = this.#there.get(recipient);
    if (!seen || !there) return 0;
    const onTheWay = this.#dues.onTheWay?.() ?? 0;
    let owed = 0;
    for (const [sequence, got] of seen.entries()) {
      if (got === 1) continue;
      const due = this.#dues.due(recipient, sequence);
      if (due === undefined || due > now || !within(there, due, onTheWay)) continue;
      owed++;
      if (anyWillDo) return owed;
    }
    return owed;
  }
}

function within(there: readonly Millis[], at: Millis, onTheWay: Millis): boolean {
  for (let index = 0; index < there.length; index += 2) {
    const until = (there[index + 1] ?? Number.POSITIVE_INFINITY) - onTheWay;
    if (at >= (there[index] ?? 0) && at < until) return true;
  }
  return false;
}
