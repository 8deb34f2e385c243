import type { Machine, PhaseReport, Report } from '../report.js';
import { formatBytes, formatCount, formatMillis, formatName, formatShare } from './words.js';

type Row = readonly [string, string];

/** The figures of a report by name, as terminal and page show them. */
export function reportRows(report: Report): readonly Row[] {
  const { generator, messages, server } = report;
  const rows: Row[] = [
    [
      'users',
      `${formatCount(report.users)} over ${report.target.transport}, stream management ${report.target.streamManagement ? 'on' : 'off'}`,
    ],
    [
      'options',
      Object.entries(report.options)
        .map(([name, value]) => `${name} ${value}`)
        .join(', '),
    ],
  ];
  if (messages.expected > 0) {
    rows.push(
      [
        'deliveries',
        `${formatCount(messages.delivered)} of ${formatCount(messages.expected)} (${formatCount(messages.perSecond)}/s)`,
      ],
      [
        'lost / doubled / out of order',
        `${formatCount(messages.lost)} / ${formatCount(messages.doubled)} / ${formatCount(messages.outOfOrder)}`,
      ],
    );
  }
  for (const [name, spans] of Object.entries(report.spans)) {
    if (spans.count === 0) continue;
    const figures = [spans.p50, spans.p95, spans.p99, spans.max].map(formatMillis).join(' / ');
    rows.push([`${formatName(name)} p50 / p95 / p99 / max`, figures]);
  }
  for (const [name, count] of Object.entries(report.counters))
    rows.push([formatName(name), formatCount(count)]);
  rows.push(['phases', report.phases.map(phaseText).join(', ')]);
  rows.push(['server CPU (of one core)', formatShare(server?.cpu)]);
  if (server) {
    rows.push([
      'server memory',
      `${formatBytes(server.residentBytes)} (${formatBytes(server.residentBytesPerUser)} per user)`,
    ]);
    if (messages.expected > 0)
      rows.push(['deliveries per server CPU second', formatCount(server.deliveriesPerCpuSecond)]);
  }
  for (const [index, share] of (report.servers ?? []).entries()) {
    rows.push([
      `server ${index + 1}`,
      `${formatShare(share.cpu)} of a core, ${formatBytes(share.residentBytes)}`,
    ]);
  }
  if (generator.machines) rows.push(['generator machines', generator.machines.map(machineText).join(', ')]);
  rows.push([
    'generator CPU (busiest process)',
    `${formatShare(generator.cpu)} of a core, ${generator.processes === 1 ? '1 process' : `${generator.processes} processes`}, lag p99 ${formatMillis(generator.lagP99)}`,
  ]);
  rows.push(['failures', [String(report.failures.count), ...report.failures.examples].join('; ')]);
  return rows;
}

/** What a reader must know before believing the figures; empty when there is nothing. */
export function reportWarnings(report: Report): readonly string[] {
  return [
    ...(report.interrupted ? ['the run was ended early'] : []),
    ...report.generator.limits.map((limit) => `the generator was the limit: ${limit}`),
    ...report.broken,
  ];
}

/** A report as lines for a terminal. */
export function formatReport(report: Report): string {
  const rows = reportRows(report);
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    `${report.scenario} on ${report.label}`,
    ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
    ...reportWarnings(report).map((warning) => `! ${warning}`),
  ].join('\n');
}

function machineText({ address, clockError, processes }: Machine): string {
  return `${address} (${processes === 1 ? '1 process' : `${processes} processes`}, clock known to ${formatMillis(clockError)})`;
}

function phaseText(phase: PhaseReport): string {
  const cpu = phase.serverCpuSeconds === undefined ? '' : ` (${phase.serverCpuSeconds.toFixed(2)} CPU s)`;
  return `${phase.name} ${phase.seconds.toFixed(1)} s${cpu}`;
}
