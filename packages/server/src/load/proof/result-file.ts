import type { ProofFacts } from './format-proof.js';
import { judge } from './judge.js';
import { ROWS } from './rows/index.js';
import type { RowResult, Turn } from './run-rows.js';

/** A file of results. Fields are only ever added while `version` stays 1. */
interface ResultFile {
  readonly version: 1;
  readonly rows: readonly { readonly name: string; readonly day: string; readonly turns: readonly Turn[] }[];
}

/** Every figure of every turn, and what is said of them, as JSON. */
export function writeResults(results: readonly RowResult[], facts: ProofFacts): string {
  const rows = results.map((result) => ({
    name: result.row.name,
    work: result.row.work,
    day: result.day,
    turns: result.turns,
    judged: judge(result).map(({ bar, spread, verdict }) => ({
      what: bar.what,
      unit: bar.unit,
      bound: bar.bound,
      spread,
      verdict,
    })),
  }));
  return `${JSON.stringify({ version: 1, ...facts, rows }, undefined, 2)}\n`;
}

/**
 * Reads the turns that `writeResults` wrote; they are judged anew, by the bars of today. Rows that there are no more
 * are left out.
 * @throws RangeError for a text that is none of these
 */
export function readResults(text: string): readonly RowResult[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new RangeError('it is not JSON');
  }
  if (!isResultFile(content)) throw new RangeError('it has no results of this command');
  const { rows } = content;
  return ROWS.flatMap((row) => {
    const found = rows.find(({ name }) => name === row.name);
    return found ? [{ row, day: found.day, turns: found.turns }] : [];
  });
}

/** What this program wrote is believed by its version. */
function isResultFile(content: unknown): content is ResultFile {
  return (
    typeof content === 'object' &&
    content !== null &&
    'version' in content &&
    content.version === 1 &&
    'rows' in content &&
    Array.isArray(content.rows)
  );
}

/** All rows that are in one or the other, in their usual order; where both have a row, the newer one. */
export function mergeResults(newer: readonly RowResult[], older: readonly RowResult[]): readonly RowResult[] {
  return ROWS.flatMap(({ name }) => {
    const named = (result: RowResult): boolean => result.row.name === name;
    return newer.find(named) ?? older.find(named) ?? [];
  });
}
