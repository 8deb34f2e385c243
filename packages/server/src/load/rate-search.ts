/** One rate that was tried, and whether the server kept up with it. */
export interface TriedRate {
  readonly rate: number;
  readonly kept: boolean;
}

/** How far up the next rate is while the server keeps up with every one. */
const GROWTH = 1.25;
/** A rate that was kept and one that was not are near enough when they are no further apart. */
const NEAR = 1.07;

/** The highest rate that was kept; undefined when none was. */
export function bestRate(tried: readonly TriedRate[]): number | undefined {
  const kept = tried.filter((one) => one.kept).map((one) => one.rate);
  return kept.length === 0 ? undefined : Math.max(...kept);
}

/**
 * The rate to try next in search of the highest that a server keeps up with: it grows until one is not kept, and then
 * halves what is left between. Undefined when the answer is known to within 7 %.
 * @param first the rate to begin with
 */
export function nextRate(first: number, tried: readonly TriedRate[]): number | undefined {
  const best = bestRate(tried);
  const missed = tried.filter((one) => !one.kept).map((one) => one.rate);
  if (missed.length === 0) return threeDigits(best === undefined ? first : best * GROWTH);
  const worst = Math.min(...missed);
  if (best === undefined) return threeDigits(worst / GROWTH ** 2);
  return worst / best <= NEAR ? undefined : threeDigits(Math.sqrt(best * worst));
}

function threeDigits(rate: number): number {
  return Number(rate.toPrecision(3));
}
