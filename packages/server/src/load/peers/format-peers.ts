import type { PeerWork } from './measure.js';
import {
  COMPARED,
  type Compared,
  type PeerRatio,
  type PeerRow,
  type PeerTable,
  type Spread,
} from './summary.js';

/** What is told around the tables. */
export interface PeersFacts {
  /** What has to be typed to repeat it. */
  readonly command: string;
  /** ISO 8601, the day. */
  readonly day: string;
  /** Processor, cores, runtime. */
  readonly machine: string;
  readonly rounds: number;
  readonly absent: readonly string[];
  /** Words of whoever ran it. */
  readonly note: string | undefined;
}

const TITLES: Readonly<Record<Compared, string>> = {
  deliveriesPerCpuSecond: 'deliveries per CPU second',
  p50: 'p50, ms',
  p99: 'p99, ms',
  residentBytes: 'memory, MB',
  joinSeconds: 'all in, s',
};
const NAMES = Object.keys(COMPARED) as readonly Compared[];
const HEAD = ['server', ...NAMES.map((name) => TITLES[name]), 'lost'];

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });
const figure = (value: number): string => (Math.abs(value) < 10 ? fine : whole).format(value);
const SCALES: Partial<Record<Compared, number>> = { residentBytes: 1e-6 };

function spread(name: Compared, { median, low, high }: Spread): string {
  const scaled = [median, low, high].map((value) => figure(value * (SCALES[name] ?? 1)));
  return scaled[1] === scaled[2] ? `${scaled[0]}` : `${scaled[0]} (${scaled[1]}-${scaled[2]})`;
}

/** Everything that must not be, or that a reader must know before the row is believed. */
function trouble(row: PeerRow): string {
  const parts = [
    whole.format(row.lost),
    ...(row.doubled > 0 ? [`${row.doubled} doubled`] : []),
    ...(row.outOfOrder > 0 ? [`${row.outOfOrder} out of order`] : []),
    ...(row.failures > 0 ? [`${row.failures} connections failed`] : []),
    ...(row.failed > 0 ? [`${row.failed} of ${row.turns} turns failed`] : []),
    ...(row.limited > 0 ? [`generator too slow in ${row.limited} of ${row.turns} turns`] : []),
  ];
  return parts.join(', ');
}

function cells({ rows, ratios }: PeerTable): readonly (readonly string[])[] {
  const ratio = ({ server, than, times }: PeerRatio): readonly string[] => [
    `${server} to ${than}`,
    ...NAMES.map((name) => `${figure(times[name])}x`),
    '',
  ];
  return [
    ...rows.map((row) => [
      `${row.server} ${row.version}`,
      ...NAMES.map((name) => (row.spreads ? spread(name, row.spreads[name]) : '-')),
      trouble(row),
    ]),
    ...ratios.map(ratio),
  ];
}

function title({ scenario, users, values }: PeerWork): string {
  const options = Object.entries(values).map(([name, value]) => `${name} ${value}`);
  return [`${scenario}, ${whole.format(users)} users`, ...options].join(', ');
}

function legend({ rounds, absent }: PeersFacts): string {
  const turns = rounds === 1 ? 'Of one turn each.' : `Medians of ${rounds} turns (lowest-highest).`;
  const without = absent.length === 0 ? '' : ` Not installed: ${absent.join(', ')}.`;
  return `${turns} Ratios say how many times better; below 1 it is worse.${without}`;
}

/** Tables for a terminal. */
export function formatPeers(tables: readonly PeerTable[], facts: PeersFacts): string {
  const blocks = tables.map((table) => {
    const lines = [HEAD, ...cells(table)];
    const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
    const text = lines.map((line) =>
      line
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    );
    return [title(table.work), ...text.map((line) => line.trimEnd())].join('\n');
  });
  return [...blocks, [legend(facts), ...(facts.note === undefined ? [] : [facts.note])].join('\n')].join(
    '\n\n',
  );
}

/** The same in Markdown, with what it takes to repeat it. */
export function peersMarkdown(tables: readonly PeerTable[], facts: PeersFacts): string {
  const row = (line: readonly string[]): string => `| ${line.join(' | ')} |`;
  const blocks = tables.map((table) =>
    [
      `**${title(table.work)}**`,
      '',
      row(HEAD),
      row(HEAD.map((_, column) => (column === 0 ? '---' : '---:'))),
      ...cells(table).map(row),
    ].join('\n'),
  );
  const about = `Measured on ${facts.day} on ${facts.machine}, by`;
  const after = [legend(facts), ...(facts.note === undefined ? [] : [facts.note])].join(' ');
  return [about, `    ${facts.command}`, ...blocks, after].join('\n\n');
}
