import type { Figures } from './figures.js';

/** How a value is told: bytes as MB or kB, milliseconds as such or as seconds, shares in percent. */
export type Unit = 'count' | 'milliseconds' | 'seconds' | 'share' | 'megabytes' | 'kilobytes' | 'times';

/** What must be, or is told only. */
export type Bound =
  | { readonly kind: 'at most'; readonly value: number }
  | { readonly kind: 'at least'; readonly value: number }
  | { readonly kind: 'none' };

/** One figure of a row, and how it is judged. */
export interface Bar {
  readonly what: string;
  readonly unit: Unit;
  readonly bound: Bound;
  /** What counts of all rounds: the median, or for what must never be, the worst. */
  readonly over: 'median' | 'worst';
  /** The variants whose turns in one round it is made of. */
  readonly of: readonly string[];
  /** @param figures of one round, in the order of `of` */
  readonly value: (...figures: readonly Figures[]) => number;
}

/** What a bar is made of. */
export interface Source {
  readonly of: readonly string[];
  readonly value: (...figures: readonly Figures[]) => number;
}

/** The figure of one variant. */
export function of(variant: string, value: (figures: Figures) => number): Source {
  return { of: [variant], value: (figures) => (figures ? value(figures) : Number.NaN) };
}

/** How many times more of it one variant has than another, in the same round. */
export function times(variant: string, than: string, value: (figures: Figures) => number): Source {
  return { of: [variant, than], value: (a, b) => (a && b ? value(a) / value(b) : Number.NaN) };
}

export function atMost(what: string, unit: Unit, value: number, source: Source): Bar {
  return { what, unit, bound: { kind: 'at most', value }, over: 'median', ...source };
}

export function atLeast(what: string, unit: Unit, value: number, source: Source): Bar {
  return { what, unit, bound: { kind: 'at least', value }, over: 'median', ...source };
}

/** A figure that is told beside the others. */
export function told(what: string, unit: Unit, source: Source): Bar {
  return { what, unit, bound: { kind: 'none' }, over: 'median', ...source };
}

/** Must be nothing, in no round. */
export function never(what: string, source: Source): Bar {
  return { what, unit: 'count', bound: { kind: 'at most', value: 0 }, over: 'worst', ...source };
}
