import { spreadOf } from '../peers/summary.js';
import type { Figures } from './figures.js';
import { ON } from './row.js';
import { growth, IDLE, idle, named, SIZES } from './rows/costs.js';
import { manyRooms } from './rows/messages.js';
import type { RowResult } from './run-rows.js';

/** The share of a core to plan with: what is left is for arrivals, reconnects and a busy evening. */
const PLANNED = 0.5;
/** What one person in a small room reads in a second, as in the row of many rooms. */
const READ = 0.6;

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
/** Two digits: what is planned by is no more exact. */
const rough = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });

/**
 * What an operator can plan with, computed from what was measured: who fits on one core, and into a gigabyte. Markdown;
 * what was not measured is not in it.
 */
export function sizingMarkdown(results: readonly RowResult[]): string {
  const efficiency = (figures: Figures): number => figures.deliveriesPerCpuSecond;
  const lines: (readonly string[])[] = [];
  for (const [users] of SIZES) {
    const carried = medianOf(results, growth.name, named(users), efficiency);
    if (carried === undefined) continue;
    const rate = (carried * PLANNED) / users;
    lines.push([`one room of ${whole.format(users)}`, `${rough.format(rate)} messages/s`, '']);
  }
  const small = medianOf(results, manyRooms.name, ON, efficiency);
  const each = medianOf(results, manyRooms.name, ON, ({ peakBytes }) => peakBytes);
  const people = manyRooms.variants[0]?.users ?? 0;
  if (small !== undefined && each !== undefined) {
    const users = rough.format((small * PLANNED) / READ);
    lines.push([`rooms of 25, ${READ} messages/s each`, `${users} people`, perGigabyte(each / people)]);
  }
  const quiet = medianOf(results, idle.name, IDLE, ({ bytesPerUser }) => bytesPerUser);
  if (quiet !== undefined) lines.push(['connected, in no room', 'nearly nothing', perGigabyte(quiet)]);
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const head = ['who', `at ${PLANNED * 100} % of one core`, 'people in a gigabyte'];
  return [row(head), row(['---', '---:', '---:']), ...lines.map(row)].join('\n');
}

function perGigabyte(bytes: number): string {
  return `${rough.format(1e9 / bytes)} (${rough.format(bytes / 1000)} kB each)`;
}

/** The median over the turns in which the generator kept up, or over all where it never did. */
function medianOf(
  results: readonly RowResult[],
  row: string,
  variant: string,
  value: (figures: Figures) => number,
): number | undefined {
  const turns = results.find((result) => result.row.name === row)?.turns ?? [];
  const figures = turns.flatMap(({ outcome, variant: name }) =>
    name === variant && outcome.kind === 'done' ? [outcome.figures] : [],
  );
  const clean = figures.filter(({ limits }) => limits.length === 0);
  const counted = clean.length > 0 ? clean : figures;
  return counted.length === 0 ? undefined : spreadOf(counted.map(value)).median;
}
