import type { Figures } from './figures.js';
import type { Row, Variant } from './row.js';
import type { TakeTurn } from './take-turn.js';

/** How one turn went. */
export type Outcome =
  | { readonly kind: 'done'; readonly figures: Figures }
  | { readonly kind: 'failed'; readonly error: string }
  /** The server is not installed here. */
  | { readonly kind: 'absent' };

/** One turn of one variant. */
export interface Turn {
  readonly variant: string;
  /** From 1. */
  readonly round: number;
  readonly outcome: Outcome;
}

/** All turns of a row. */
export interface RowResult {
  readonly row: Row;
  /** When it was measured, ISO 8601. */
  readonly day: string;
  readonly turns: readonly Turn[];
}

export interface RunRowsOptions {
  readonly rows: readonly Row[];
  /** Of each row, unless it has fewer. */
  readonly rounds: number;
  /** Today. */
  readonly day: string;
  /** Servers that are not installed: their turns are left out. */
  readonly absent: readonly string[];
  readonly takeTurn: TakeTurn;
  readonly say: (line: string) => void;
  /** Hears of each row that is done. */
  readonly done: (result: RowResult) => Promise<void>;
}

/** Measures rows one after the other; within a row variants take turns: A B A B. A turn that fails is told, and the others go on. */
export async function runRows(options: RunRowsOptions): Promise<readonly RowResult[]> {
  const results: RowResult[] = [];
  for (const [place, row] of options.rows.entries()) {
    const tell = (line: string): void =>
      options.say(`[${place + 1}/${options.rows.length}] ${row.name}, ${line}`);
    const turns: Turn[] = [];
    const rounds = Math.min(options.rounds, row.rounds);
    for (let round = 1; round <= rounds; round++) {
      for (const variant of row.variants) {
        if (round > variant.rounds) continue;
        const outcome = await turn(variant, options, (line) =>
          tell(`${variant.name}, round ${round} of ${rounds}: ${line}`),
        );
        turns.push({ variant: variant.name, round, outcome });
      }
    }
    const result = { row, day: options.day, turns };
    results.push(result);
    await options.done(result);
  }
  return results;
}

async function turn(
  variant: Variant,
  { absent, takeTurn }: RunRowsOptions,
  say: (line: string) => void,
): Promise<Outcome> {
  if (absent.includes(variant.server)) {
    say(`left out, ${variant.server} is not installed`);
    return { kind: 'absent' };
  }
  try {
    const figures = await takeTurn(variant, say);
    for (const limit of figures.limits) say(limit);
    return { kind: 'done', figures };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    say(`failed: ${message}`);
    return { kind: 'failed', error: message };
  }
}
