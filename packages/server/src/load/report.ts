import type { OneRoomReport } from './one-room.js';

const number = new Intl.NumberFormat('en');
const millis = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const percent = (share: number | undefined): string =>
  share === undefined ? 'not measured' : `${(share * 100).toFixed(0)} %`;

/** A report as lines for a terminal. */
export function formatReport(report: OneRoomReport): string {
  const rows: readonly (readonly [string, string])[] = [
    ['users in the room', `${number.format(report.users)} (all in after ${report.joinSeconds.toFixed(1)} s)`],
    ['messages', `${report.rate}/s for ${report.seconds} s`],
    ['deliveries', `${number.format(report.delivered)} of ${number.format(report.expected)}`],
    ['lost / doubled / out of order', `${report.lost} / ${report.doubled} / ${report.outOfOrder}`],
    [
      'latency p50 / p95 / p99 / max',
      [report.latency.p50, report.latency.p95, report.latency.p99, report.latency.max]
        .map(millis)
        .join(' / '),
    ],
    ['server CPU (of one core)', percent(report.serverCpu)],
    [
      'server memory',
      report.serverResidentBytes === undefined
        ? 'not measured'
        : `${number.format(Math.round(report.serverResidentBytes / 1e6))} MB`,
    ],
    [
      'generator CPU (of one core)',
      `${percent(report.generatorCpu)}${report.generatorCpu > 0.9 ? ': the generator was the limit' : ''}`,
    ],
    ['connections that failed', String(report.failures)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}
