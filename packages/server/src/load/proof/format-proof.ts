import type { Spread } from '../peers/summary.js';
import type { Bar, Bound, Unit } from './bar.js';
import { type Judged, judge, judgedValue, type Verdict } from './judge.js';
import type { RowResult } from './run-rows.js';

/** What is told around the tables. */
export interface ProofFacts {
  /** What has to be typed to repeat it. */
  readonly command: string;
  /** Processor, cores, runtime. */
  readonly machine: string;
  /** Rounds of each row, unless it has fewer. */
  readonly rounds: number;
  /** Names and versions of the servers. */
  readonly servers: readonly string[];
  readonly absent: readonly string[];
  /** Small versions: nothing is judged by its figures. */
  readonly quick: boolean;
  /** Words of whoever ran it. */
  readonly note: string | undefined;
}

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });
const figure = (value: number): string => (Math.abs(value) < 10 ? fine : whole).format(value);

const UNITS: Readonly<Record<Unit, { readonly scale: number; readonly sign: string }>> = {
  count: { scale: 1, sign: '' },
  milliseconds: { scale: 1, sign: ' ms' },
  seconds: { scale: 1e-3, sign: ' s' },
  share: { scale: 100, sign: ' %' },
  megabytes: { scale: 1e-6, sign: ' MB' },
  kilobytes: { scale: 1e-3, sign: ' kB' },
  times: { scale: 1, sign: 'x' },
};

function value(unit: Unit, number: number): string {
  return `${figure(number * UNITS[unit].scale)}${UNITS[unit].sign}`;
}

function measured(bar: Bar, spread: Spread | undefined): string {
  if (!spread) return '-';
  const { scale } = UNITS[bar.unit];
  const [low, high] = [figure(spread.low * scale), figure(spread.high * scale)];
  return `${value(bar.unit, judgedValue(bar, spread))}${low === high ? '' : ` (${low} to ${high})`}`;
}

function bound(unit: Unit, { kind, ...rest }: Bound): string {
  if (!('value' in rest)) return '';
  return rest.value === 0 ? '0' : `${kind === 'at most' ? '<=' : '>='} ${value(unit, rest.value)}`;
}

function words(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'met':
      return 'met';
    case 'missed':
      return 'missed';
    case 'told':
      return '';
    case 'generator':
      return `not the server's: ${verdict.why}`;
    case 'failed':
      return `failed: ${verdict.why}`;
    case 'absent':
      return `not measured: no ${verdict.servers.join(', ')}`;
  }
}

const HEAD = ['figure', 'measured', 'bar', 'verdict'];

function cells({ bar, spread, verdict }: Judged, quick: boolean): readonly string[] {
  const said = quick && (verdict.kind === 'met' || verdict.kind === 'missed') ? '' : words(verdict);
  return [bar.what, measured(bar, spread), bound(bar.unit, bar.bound), said];
}

/** How many times a row was measured, and what else has to be known of it. */
function about({ day, row, turns }: RowResult): string {
  const rounds = Math.max(0, ...turns.map(({ round }) => round));
  return [`${rounds === 1 ? 'One round' : `${rounds} rounds`} on ${day}.`, row.note].join(' ').trim();
}

function legend({ absent, note, quick, servers }: ProofFacts): string {
  return [
    'Medians over the rounds (lowest to highest); what must never be, over all rounds together.',
    `Servers: ${servers.join(', ')}.`,
    ...(absent.length === 0 ? [] : [`Not installed: ${absent.join(', ')}.`]),
    ...(quick ? ['A quick run of small crowds: nothing is judged.'] : []),
    ...(note === undefined ? [] : [note]),
  ].join(' ');
}

/** Tables for a terminal. */
export function formatProof(results: readonly RowResult[], facts: ProofFacts): string {
  const blocks = results.map((result) => {
    const lines = judge(result).map((judged) => cells(judged, facts.quick));
    const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
    const text = lines.map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
    return [`${result.row.name}: ${result.row.work}`, ...text.map((line) => `  ${line}`)].join('\n');
  });
  return [...blocks, legend(facts)].join('\n\n');
}

/** One line for each row: whether all of its bars are met, or which are not. */
function overview(results: readonly RowResult[]): readonly (readonly string[])[] {
  return results.map((result) => {
    const barred = judge(result).filter(({ bar }) => bar.bound.kind !== 'none');
    const open = barred.filter(({ verdict }) => verdict.kind !== 'met');
    const told = open.map(({ bar, verdict }) => `${bar.what}: ${words(verdict)}`);
    return [result.row.work, open.length === 0 ? `all ${barred.length} met` : told.join('; ')];
  });
}

/** The same in Markdown, with what it takes to repeat it. */
export function proofMarkdown(results: readonly RowResult[], facts: ProofFacts): string {
  const line = (texts: readonly string[]): string => `| ${texts.join(' | ')} |`;
  const glance = [line(['work', 'bars']), line(['---', '---']), ...overview(results).map(line)].join('\n');
  const blocks = results.map((result) =>
    [
      `**${result.row.work}** (\`${result.row.name}\`)`,
      '',
      line(HEAD),
      line(['---', '---:', '---:', '---']),
      ...judge(result).map((judged) => line(cells(judged, facts.quick))),
      '',
      about(result),
    ].join('\n'),
  );
  const begin = `Measured on ${facts.machine}, by`;
  return [begin, `    ${facts.command}`, ...(facts.quick ? [] : [glance]), ...blocks, legend(facts)].join(
    '\n\n',
  );
}

/** How many figures have a bar, and how many of them meet it. */
export function score(results: readonly RowResult[]): { readonly judged: number; readonly met: number } {
  const barred = results.flatMap(judge).filter(({ bar }) => bar.bound.kind !== 'none');
  return { judged: barred.length, met: barred.filter(({ verdict }) => verdict.kind === 'met').length };
}
