/** Buckets per doubling: a value is known to within 1/64, about 1.6 %. */
const STEPS = 64;
const DOUBLINGS = 32;

/** Counts of spans in microseconds, from 1 us to over an hour, in constant memory and without sorting. */
export class Histogram {
  readonly #counts = new Float64Array(STEPS * DOUBLINGS);
  #total = 0;
  #max = 0;

  /** @param millis the span; below zero counts as zero */
  record(millis: number): void {
    const micros = Math.max(1, millis * 1000);
    const index = Math.min(this.#counts.length - 1, Math.floor(Math.log2(micros) * STEPS));
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    this.#total++;
    this.#max = Math.max(this.#max, millis);
  }

  get total(): number {
    return this.#total;
  }

  get max(): number {
    return this.#max;
  }

  /** The span in milliseconds that this share of the values does not exceed; 0 when there are none. */
  percentile(share: number): number {
    const wanted = Math.ceil(this.#total * share);
    if (wanted === 0) return 0;
    let seen = 0;
    for (let index = 0; index < this.#counts.length; index++) {
      seen += this.#counts[index] ?? 0;
      if (seen >= wanted) return Math.min(this.#max, 2 ** ((index + 1) / STEPS) / 1000);
    }
    return this.#max;
  }
}
