import type { Logger } from '../kernel/logger.js';
import type { StanzaSource } from '../kernel/session.js';
import type { SessionNumber } from './node-message.js';
import type { Outbox } from './outbox.js';

interface Reading {
  readonly session: SessionNumber;
  readonly source: StanzaSource;
  /** Stanzas that the other node has asked for and not got yet. */
  owed: number;
}

/** Sources here that sessions of one other node read. Nothing is asked of a source before that node asks for it. */
export class Readings {
  readonly #outbox: Outbox;
  readonly #log: Logger;
  readonly #readings = new Map<number, Reading>();
  #last = 0;

  constructor(outbox: Outbox, log: Logger) {
    this.#outbox = outbox;
    this.#log = log;
  }

  get size(): number {
    return this.#readings.size;
  }

  begin(session: SessionNumber, source: StanzaSource): void {
    const number = ++this.#last;
    this.#readings.set(number, { session, source, owed: 0 });
    this.#outbox.send({ type: 'source', source: number, session });
  }

  /** The other node takes so many more. */
  pull(number: number, count: number): void {
    const reading = this.#readings.get(number);
    if (!reading) return;
    reading.owed += count;
    this.#read(number, reading);
  }

  /** A source of a session has more. */
  readOn(session: SessionNumber): void {
    for (const [number, reading] of this.#readings) {
      if (reading.session === session) this.#read(number, reading);
    }
  }

  /** A session has gone: nothing more is asked of its sources. */
  drop(session: SessionNumber): void {
    for (const [number, reading] of this.#readings) {
      if (reading.session === session) this.#readings.delete(number);
    }
  }

  #read(number: number, reading: Reading): void {
    const xml: string[] = [];
    let end = false;
    while (reading.owed > 0 && !end) {
      const next = this.#next(reading);
      if (next === undefined) break;
      if (next === 'end') end = true;
      else {
        xml.push(next);
        reading.owed--;
      }
    }
    if (end) this.#readings.delete(number);
    if (end || xml.length > 0) this.#outbox.send({ type: 'more', source: number, xml, end });
  }

  /** A source that fails is at its end. */
  #next({ source }: Reading): string | 'end' | undefined {
    try {
      const next = source.next();
      return next.done === true ? 'end' : next.value?.text;
    } catch (err) {
      this.#log.error({ err }, 'a source of stanzas failed');
      return 'end';
    }
  }
}
