/** How an answer of the API is shown to people. */
export type Showing =
  /** What stands under that name: a line for each, with these columns. */
  | { readonly kind: 'table'; readonly of: string; readonly columns: readonly string[] }
  /** Each field in a line, without those. */
  | { readonly kind: 'fields'; readonly without?: readonly string[] };

type Fields = Readonly<Record<string, unknown>>;

/** An answer in lines; a table without rows has none. */
export function showAnswer(answer: unknown, showing: Showing): readonly string[] {
  const fields = fieldsOf(answer);
  if (showing.kind === 'fields') {
    return Object.entries(fields)
      .filter(([name]) => !showing.without?.includes(name))
      .map(([name, value]) => `${wordsOf(name)}: ${shown(name, value)}`);
  }
  const rows = fields[showing.of];
  if (!Array.isArray(rows) || rows.length === 0) return [];
  const cells = rows.map((row) => showing.columns.map((name) => shown(name, fieldsOf(row)[name])));
  const lines = [showing.columns.map((name) => wordsOf(name).toUpperCase()), ...cells];
  const widths = showing.columns.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  return lines.map((line) =>
    line
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** `createdAt` -> `created at` */
function wordsOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** What others have chosen reaches a terminal without what would move its cursor or colour it. */
function shown(name: string, value: unknown): string {
  if (typeof value === 'number' && /^at$|At$/.test(name)) return new Date(value).toISOString();
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value === undefined || value === null) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\ufffd');
}
