import type { Report } from '../report.js';
import { formatBytes, formatCount, formatMillis, formatName, formatShare } from './words.js';

interface Figure {
  readonly name: string;
  readonly format: (value: number) => string;
  readonly of: (report: Report) => number | undefined;
}

/** Two reports side by side, as lines for a terminal; the last column is how many times the first the second is. */
export function formatComparison(a: Report, b: Report): string {
  const rows: string[][] = [['', shortLabel(a), shortLabel(b), 'ratio']];
  for (const { format, name, of } of figures(a, b)) {
    const [one, other] = [of(a), of(b)];
    if (one === undefined && other === undefined) continue;
    const ratio = one === undefined || other === undefined || one === 0 ? '' : `${(other / one).toFixed(2)}`;
    const shown = (value: number | undefined): string => (value === undefined ? '-' : format(value));
    rows.push([name, shown(one), shown(other), ratio]);
  }
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  return [...lines, ...differences(a, b).map((difference) => `! ${difference}`)].join('\n');
}

/** What makes two reports hard to compare; empty when nothing does. */
export function differences(a: Report, b: Report): readonly string[] {
  const found: string[] = [];
  const judge = (what: string, one: string, other: string): void => {
    if (one !== other) found.push(`${what} is not the same: ${one} and ${other}`);
  };
  judge('the scenario', a.scenario, b.scenario);
  judge('the number of users', formatCount(a.users), formatCount(b.users));
  judge('the transport', a.target.transport, b.target.transport);
  judge('stream management', onOff(a.target.streamManagement), onOff(b.target.streamManagement));
  for (const name of new Set([...Object.keys(a.options), ...Object.keys(b.options)])) {
    judge(`the option ${name}`, String(a.options[name] ?? 'none'), String(b.options[name] ?? 'none'));
  }
  return found;
}

function figures(a: Report, b: Report): readonly Figure[] {
  const talked = (report: Report): boolean => report.messages.expected > 0;
  const spans = new Set([...Object.keys(a.spans), ...Object.keys(b.spans)]);
  return [
    { name: 'deliveries/s', format: formatCount, of: (r) => (talked(r) ? r.messages.perSecond : undefined) },
    { name: 'lost', format: formatCount, of: (r) => (talked(r) ? r.messages.lost : undefined) },
    { name: 'doubled', format: formatCount, of: (r) => (talked(r) ? r.messages.doubled : undefined) },
    { name: 'out of order', format: formatCount, of: (r) => (talked(r) ? r.messages.outOfOrder : undefined) },
    ...[...spans].flatMap((name) =>
      (['p50', 'p99', 'max'] as const).map((key) => ({
        name: `${formatName(name)} ${key}`,
        format: formatMillis,
        of: (report: Report) => {
          const found = report.spans[name];
          return found && found.count > 0 ? found[key] : undefined;
        },
      })),
    ),
    { name: 'server CPU', format: formatShare, of: (r) => r.server?.cpu },
    { name: 'server memory', format: formatBytes, of: (r) => r.server?.residentBytes },
    { name: 'memory per user', format: formatBytes, of: (r) => r.server?.residentBytesPerUser },
    {
      name: 'deliveries per server CPU second',
      format: formatCount,
      of: (r) => (talked(r) ? r.server?.deliveriesPerCpuSecond : undefined),
    },
    { name: 'generator CPU', format: formatShare, of: (r) => r.generator.cpu },
    { name: 'failures', format: formatCount, of: (r) => r.failures.count },
  ];
}

function shortLabel(report: Report): string {
  return report.label.length > 24 ? `${report.label.slice(0, 23)}…` : report.label;
}

function onOff(on: boolean): string {
  return on ? 'on' : 'off';
}
