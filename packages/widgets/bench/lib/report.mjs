// The table of a run: for the terminal and for a document.

import { judge, OURS } from './verdict.mjs';

/** Three digits that count, and whole numbers whole. */
function rounded(value) {
  if (value === Number.POSITIVE_INFINITY) return 'lost';
  const size = Math.abs(value);
  const digits = size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : 2;
  return value.toLocaleString('en-GB', { minimumFractionDigits: 0, maximumFractionDigits: digits });
}

const withUnit = (text, unit) => (unit === '' ? text : `${text} ${unit}`);

/** A figure with its range where rounds differ: `58 ms (51 to 60)`. */
export function cellText(cell, unit) {
  if (cell === undefined) return '-';
  const [value, low, high] = [cell.value, cell.low, cell.high].map(rounded);
  return withUnit(value, unit) + (low === high ? '' : ` (${low} to ${high})`);
}

function barText({ most, least, unit }) {
  if (most !== undefined) return withUnit(`<= ${rounded(most)}`, unit);
  return least === undefined ? '' : withUnit(`>= ${rounded(least)}`, unit);
}

const verdictText = (met) => (met === undefined ? '' : met ? 'met' : 'MISSED');

/** A row as lines of cells; the first is the head. */
function cellsOf({ figures, cells }) {
  const peers = Object.keys(cells).filter((name) => name !== OURS);
  const head = ['figure', OURS, 'bar', 'verdict', ...peers];
  const lines = figures.map((figure) => [
    figure.name,
    cellText(cells[OURS]?.[figure.id], figure.unit),
    barText(figure),
    verdictText(judge(figure, cells[OURS]?.[figure.id])),
    ...peers.map((name) => cellText(cells[name]?.[figure.id], figure.unit)),
  ]);
  return [head, ...lines];
}

const rounds = (count) => (count === 1 ? 'One round.' : `Medians of ${count} rounds (lowest to highest).`);

/** A row for the terminal. */
export function rowAsText(row) {
  const lines = cellsOf(row);
  const widths = lines[0].map((_, at) => Math.max(...lines.map((line) => line[at].length)));
  const drawn = lines.map((line) =>
    `  ${line.map((cell, at) => cell.padEnd(widths[at])).join('  ')}`.trimEnd(),
  );
  return [`${row.title} [${row.id}]`, ...drawn, ...row.notes.map((note) => `  ${note}`)].join('\n');
}

function rowAsMarkdown(row) {
  const [head, ...lines] = cellsOf(row);
  const draw = (line) => `| ${line.join(' | ')} |`;
  const rule = head.map((_, at) => (at === 0 || at === 3 ? '---' : '---:'));
  const notes = [rounds(row.rounds), row.note, ...row.notes].filter(Boolean).join(' ');
  return [`**${row.title}** (\`${row.id}\`)`, '', draw(head), draw(rule), ...lines.map(draw), '', notes].join(
    '\n',
  );
}

/** A whole run for a document. */
export function runAsMarkdown({ taken, machine, browser, versions, rows }) {
  const beside = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const intro = `Measured on ${taken} on ${machine}, ${browser}, with ${beside.join(', ')}.`;
  return [intro, ...rows.map(rowAsMarkdown)].join('\n\n');
}
