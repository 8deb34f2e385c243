import { Histogram, type HistogramData } from './histogram.js';
import type { LedgerResult } from './ledger.js';

const EXAMPLES = 5;
const EXAMPLE_LENGTH = 300;

/** What one process has seen in one second, to be merged with what others saw. */
export interface Interval {
  readonly sent: number;
  readonly delivered: number;
  readonly latency: HistogramData;
  readonly users: number;
}

/** All that one process has found, to be merged with what others found. */
export interface Findings {
  readonly spans: Readonly<Record<string, HistogramData>>;
  readonly counters: Readonly<Record<string, number>>;
  readonly sent: number;
  readonly ledger: LedgerResult;
  readonly failures: number;
  readonly examples: readonly string[];
  readonly broken: readonly string[];
}

/** What one process finds while it plays its users. */
export class Recorder {
  readonly #spans = new Map<string, Histogram>();
  readonly #counters = new Map<string, number>();
  readonly #latency = new Histogram();
  readonly #interval = new Histogram();
  readonly #examples = new Set<string>();
  readonly #broken = new Set<string>();
  #sent = 0;
  #delivered = 0;
  #sentBefore = 0;
  #deliveredBefore = 0;
  #users = 0;
  #failures = 0;

  constructor() {
    this.#spans.set('message', this.#latency);
  }

  /** A message left. */
  sent(): void {
    this.#sent++;
  }

  /** A message came for the first time, so many milliseconds after it was due. */
  delivered(latency: number): void {
    this.#delivered++;
    this.#latency.record(latency);
    this.#interval.record(latency);
  }

  /** A message came for the first time, to somebody who could not have received it when it was due. */
  deliveredLate(latency: number): void {
    this.#delivered++;
    this.span('whileAway', latency);
  }

  /** Something else took so many milliseconds. */
  span(name: string, millis: number): void {
    let histogram = this.#spans.get(name);
    if (!histogram) {
      histogram = new Histogram();
      this.#spans.set(name, histogram);
    }
    histogram.record(millis);
  }

  count(name: string, by = 1): void {
    this.#counters.set(name, (this.#counters.get(name) ?? 0) + by);
  }

  counted(name: string): number {
    return this.#counters.get(name) ?? 0;
  }

  /** A user is connected, or no longer. */
  connected(by: 1 | -1): void {
    this.#users += by;
  }

  /** A step failed that should not. */
  failed(error: unknown): void {
    this.#failures++;
    const text = (error instanceof Error ? error.message : String(error)).slice(0, EXAMPLE_LENGTH);
    if (this.#examples.size < EXAMPLES) this.#examples.add(text);
  }

  /** Says that something which the scenario demands is not so. */
  broke(what: string): void {
    this.#broken.add(what);
  }

  get deliveries(): number {
    return this.#delivered;
  }

  get users(): number {
    return this.#users;
  }

  get failures(): number {
    return this.#failures;
  }

  /** What came since the last call. */
  interval(): Interval {
    const interval = {
      sent: this.#sent - this.#sentBefore,
      delivered: this.#delivered - this.#deliveredBefore,
      latency: this.#interval.data(),
      users: this.#users,
    };
    this.#sentBefore = this.#sent;
    this.#deliveredBefore = this.#delivered;
    this.#interval.clear();
    return interval;
  }

  findings(ledger: LedgerResult): Findings {
    return {
      spans: Object.fromEntries([...this.#spans].map(([name, histogram]) => [name, histogram.data()])),
      counters: Object.fromEntries(this.#counters),
      sent: this.#sent,
      ledger,
      failures: this.#failures,
      examples: [...this.#examples],
      broken: [...this.#broken],
    };
  }
}
