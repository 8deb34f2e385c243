import type { Spans } from '../report.js';

/** Buckets per doubling: a value is known to within 1/64 of a doubling, about 1.1 %. */
const STEPS = 64;
const DOUBLINGS = 32;
const SHARES = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9999, 1];

/** What a histogram holds, to be sent to another process. */
export interface HistogramData {
  /** Pairs of bucket and count, buckets rising. */
  readonly counts: readonly number[];
  readonly sum: number;
  readonly max: number;
}

/** Counts of spans in microseconds, from 1 us to over an hour, in constant memory and without sorting. */
export class Histogram {
  readonly #counts = new Float64Array(STEPS * DOUBLINGS);
  #total = 0;
  #sum = 0;
  #max = 0;

  /** @param millis the span; below zero counts as zero */
  record(millis: number): void {
    const micros = millis > 0.001 ? millis * 1000 : 1;
    const index = Math.min(this.#counts.length - 1, Math.floor(Math.log2(micros) * STEPS));
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    this.#total++;
    if (millis > 0) this.#sum += millis;
    if (millis > this.#max) this.#max = millis;
  }

  get total(): number {
    return this.#total;
  }

  get max(): number {
    return this.#max;
  }

  /** The span in milliseconds that this share of the values does not exceed; 0 when there are none. */
  percentile(share: number): number {
    const wanted = Math.max(1, Math.ceil(this.#total * share));
    let seen = 0;
    for (let index = 0; index < this.#counts.length; index++) {
      seen += this.#counts[index] ?? 0;
      if (seen >= wanted) return Math.min(this.#max, 2 ** ((index + 1) / STEPS) / 1000);
    }
    return this.#max;
  }

  data(): HistogramData {
    const counts: number[] = [];
    for (const [index, count] of this.#counts.entries()) if (count > 0) counts.push(index, count);
    return { counts, sum: this.#sum, max: this.#max };
  }

  /** Adds what another histogram held. */
  add(data: HistogramData): void {
    for (let at = 0; at + 1 < data.counts.length; at += 2) {
      const index = data.counts[at] ?? 0;
      const count = data.counts[at + 1] ?? 0;
      this.#counts[index] = (this.#counts[index] ?? 0) + count;
      this.#total += count;
    }
    this.#sum += data.sum;
    this.#max = Math.max(this.#max, data.max);
  }

  clear(): void {
    this.#counts.fill(0);
    this.#total = 0;
    this.#sum = 0;
    this.#max = 0;
  }

  spans(): Spans {
    const at = (share: number): number => this.percentile(share);
    return {
      count: this.#total,
      mean: this.#total === 0 ? 0 : this.#sum / this.#total,
      p50: at(0.5),
      p90: at(0.9),
      p95: at(0.95),
      p99: at(0.99),
      p999: at(0.999),
      max: this.#max,
      curve: this.#total === 0 ? [] : SHARES.map((share) => [share, at(share)] as const),
    };
  }
}
