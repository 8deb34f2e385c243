import { type Spread, spreadOf } from '../peers/summary.js';
import type { Bar, Bound } from './bar.js';
import type { Figures } from './figures.js';
import type { RowResult, Turn } from './run-rows.js';

/** What is said of a figure. */
export type Verdict =
  | { readonly kind: 'met' }
  | { readonly kind: 'missed' }
  /** There is no bar. */
  | { readonly kind: 'told' }
  /** There are figures, and they are not the server's. */
  | { readonly kind: 'generator'; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string }
  /** A server that it takes is not installed. */
  | { readonly kind: 'absent'; readonly servers: readonly string[] };

/** A figure over all rounds. */
export interface Judged {
  readonly bar: Bar;
  /** Undefined where there is none. */
  readonly spread: Spread | undefined;
  readonly verdict: Verdict;
}

interface Round {
  readonly value: number;
  readonly limits: readonly string[];
}

/**
 * Judges a row: every bar by the rounds in which all that it takes was measured. Rounds in which the generator was the
 * limit do not count where there are others; where there are none, the figure is told and not judged.
 */
export function judge(result: RowResult): readonly Judged[] {
  return result.row.bars.map((bar) => judgeBar(bar, result));
}

function judgeBar(bar: Bar, { row, turns }: RowResult): Judged {
  const own = turns.filter(({ variant }) => bar.of.includes(variant));
  const absent = own.filter(({ outcome }) => outcome.kind === 'absent').map(({ variant }) => variant);
  if (absent.length > 0) {
    const names = row.variants.filter(({ name }) => absent.includes(name)).map(({ server }) => server);
    return { bar, spread: undefined, verdict: { kind: 'absent', servers: [...new Set(names)] } };
  }
  const rounds = roundsOf(bar, own);
  const clean = rounds.filter(({ limits }) => limits.length === 0);
  const counted = clean.length > 0 ? clean : rounds;
  const spread = counted.length === 0 ? undefined : spreadOf(counted.map(({ value }) => value));
  const failed = own.flatMap(({ outcome }) => (outcome.kind === 'failed' ? [outcome.error] : []));
  if (failed.length > 0 || !spread) {
    return { bar, spread, verdict: { kind: 'failed', why: failed[0] ?? 'no round was complete' } };
  }
  if (clean.length === 0) {
    return { bar, spread, verdict: { kind: 'generator', why: rounds[0]?.limits[0] ?? '' } };
  }
  if (bar.bound.kind === 'none') return { bar, spread, verdict: { kind: 'told' } };
  return { bar, spread, verdict: { kind: keeps(bar.bound, judgedValue(bar, spread)) ? 'met' : 'missed' } };
}

/** What a bar is judged by. */
export function judgedValue({ bound, over }: Bar, spread: Spread): number {
  if (over === 'median') return spread.median;
  return bound.kind === 'at least' ? spread.low : spread.high;
}

function keeps(bound: Bound, value: number): boolean {
  switch (bound.kind) {
    case 'at most':
      return value <= bound.value;
    case 'at least':
      return value >= bound.value;
    case 'none':
      return true;
  }
}

/** The rounds in which everything that a bar takes was measured. */
function roundsOf(bar: Bar, turns: readonly Turn[]): readonly Round[] {
  return [...new Set(turns.map(({ round }) => round))].flatMap((round) => {
    const figures = bar.of.map((variant): Figures | undefined => {
      const found = turns.find((turn) => turn.round === round && turn.variant === variant)?.outcome;
      return found?.kind === 'done' ? found.figures : undefined;
    });
    const whole = figures.filter((one) => one !== undefined);
    if (whole.length < figures.length) return [];
    return [{ value: bar.value(...whole), limits: whole.flatMap(({ limits }) => limits) }];
  });
}
