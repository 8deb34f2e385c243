import type { Millis } from '@meerkat-chat/xmpp';

/** Spans that were counted, for whoever reads them. */
export type SpanReading = Pick<SpanCounts, 'bounds' | 'count' | 'sum' | 'upTo'>;

/** Spans counted by their length: a histogram in the sense of Prometheus. Adding one costs a few comparisons. */
export class SpanCounts {
  /** Upper bounds, rising; a span that equals one belongs to it. What is longer than the last is in `count` alone. */
  readonly bounds: readonly Millis[];
  readonly #counts: number[];
  #count = 0;
  #sum = 0;

  constructor(bounds: readonly Millis[]) {
    this.bounds = bounds;
    this.#counts = bounds.map(() => 0);
  }

  /** How many there were. */
  get count(): number {
    return this.#count;
  }

  /** All of them together. */
  get sum(): Millis {
    return this.#sum;
  }

  add(span: Millis): void {
    this.#count++;
    this.#sum += span;
    for (let at = 0; at < this.bounds.length; at++) {
      if (span > (this.bounds[at] ?? 0)) continue;
      this.#counts[at] = (this.#counts[at] ?? 0) + 1;
      return;
    }
  }

  /** How many were no longer than each of the bounds. */
  upTo(): readonly number[] {
    let sum = 0;
    return this.#counts.map((count) => {
      sum += count;
      return sum;
    });
  }
}
