// Figures of several rounds, beside their bars.

import { median } from '../../../../scripts/lib/statistics.mjs';

/** The name under which ours is in every row. */
export const OURS = 'Meerkat';

/**
 * @typedef {{ id: string, name: string, unit: string, most?: number, least?: number, structural?: boolean }} Figure
 *   `structural` figures do not hang on how busy a machine is.
 * @typedef {{ value: number, low: number, high: number }} Cell
 */

/** Medians over the rounds. @param {readonly Readonly<Record<string, number>>[]} rounds @returns {Record<string, Cell>} */
export function summarise(rounds) {
  const names = new Set(rounds.flatMap((round) => Object.keys(round)));
  const cells = {};
  for (const name of names) {
    const values = rounds.map((round) => round[name]).filter((value) => value !== undefined);
    cells[name] = { value: median(values), low: Math.min(...values), high: Math.max(...values) };
  }
  return cells;
}

/** Whether a bar is met; undefined where there is none. @param {Figure} figure @param {Cell | undefined} cell */
export function judge({ most, least }, cell) {
  if (most === undefined && least === undefined) return undefined;
  // What could not be measured is not met.
  if (cell === undefined) return false;
  return (
    cell.value <= (most ?? Number.POSITIVE_INFINITY) && cell.value >= (least ?? Number.NEGATIVE_INFINITY)
  );
}

/** The bars of a row that ours misses. @param {{ title: string, figures: readonly Figure[], cells: Record<string, Record<string, Cell>> }} row */
export function missed({ title, figures, cells }) {
  return figures
    .filter((figure) => judge(figure, cells[OURS]?.[figure.id]) === false)
    .map((figure) => `${title}: ${figure.name}`);
}
