import { describe, expect, test } from 'vitest';
import type { Report } from '../report.js';
import { formatComparison } from './compare.js';
import { formatPage } from './page.js';
import { drawPlot, roundTicks } from './plot.js';
import { formatReport } from './text.js';
import { breaches } from './thresholds.js';

const SPANS = { count: 10, mean: 5, p50: 5, p90: 7, p95: 8, p99: 90, p999: 95, max: 99 };
const REPORT: Report = {
  version: 1,
  scenario: 'one-room',
  startedAt: '2026-01-01T00:00:00.000Z',
  label: 'a <server> & more',
  target: {
    url: 'ws://127.0.0.1:5280/xmpp-websocket',
    domain: 'localhost',
    transport: 'websocket',
    auth: 'guest',
    sasl2: false,
    streamManagement: true,
  },
  users: 1000,
  options: { rate: 10 },
  interrupted: false,
  messages: { sent: 1, expected: 100, delivered: 98, lost: 2, doubled: 1, outOfOrder: 0, perSecond: 50 },
  spans: { message: { ...SPANS, curve: [[0.5, 5]] } },
  counters: { presences: 12_345 },
  phases: [],
  server: {
    cpu: 0.4,
    cpuSeconds: 2,
    residentBytes: 600e6,
    residentBytesPerUser: 12_000,
    deliveriesPerCpuSecond: 49,
  },
  generator: { processes: 1, cpu: 0.97, cpuOfAll: 0.97, lagP99: 3, limits: ['97 % of a core'] },
  timeline: [],
  failures: { count: 0, examples: [] },
  broken: [],
};

test('a report says when the generator was the limit, and what was not measured', () => {
  expect(formatReport(REPORT)).toContain('! the generator was the limit: 97 % of a core');
  expect(formatReport({ ...REPORT, server: undefined })).toContain('not measured');
});

test('several servers and machines are listed, and how well the clocks are known', () => {
  const machine = { address: '10.0.0.2:5290', processes: 2, clockOffset: 5, clockError: 0.25 };
  const text = formatReport({
    ...REPORT,
    servers: [
      { cpu: 0.3, cpuSeconds: 1, residentBytes: 200e6 },
      { cpu: 0.1, cpuSeconds: 1, residentBytes: 400e6 },
    ],
    generator: { ...REPORT.generator, machines: [machine] },
  });
  expect(text).toMatch(/server 1 +30 % of a core, 200 MB/);
  expect(text).toMatch(/server 2 +10 % of a core, 400 MB/);
  expect(text).toMatch(/10\.0\.0\.2:5290 \(2 processes, clock known to 0\.3 ms\)/);
});

describe('thresholds', () => {
  test('are kept at the bound and broken one past it', () => {
    const bounds = { maxLost: 2, maxDoubled: 1, maxP99: 90, maxCpu: 0.4, maxMemory: 600e6, maxFailures: 0 };
    expect(breaches(REPORT, bounds)).toEqual([]);
    for (const [name, value] of Object.entries(bounds)) {
      const broken = breaches(REPORT, { [name]: name === 'maxFailures' ? -1 : value * 0.9 });
      expect(broken, name).toHaveLength(1);
    }
  });

  test('what was not measured keeps no threshold', () => {
    expect(breaches({ ...REPORT, server: undefined, spans: {} }, { maxCpu: 1, maxP99: 100 })).toHaveLength(2);
  });
});

test('two reports side by side: ratios, and what makes them hard to compare', () => {
  const other = { ...REPORT, label: 'b', users: 500, messages: { ...REPORT.messages, perSecond: 150 } };
  const lines = formatComparison(REPORT, other).split('\n');
  expect(lines.find((line) => line.startsWith('deliveries/s'))).toMatch(/50\s+150\s+3\.00$/);
  expect(lines.at(-1)).toBe('! the number of users is not the same: 1,000 and 500');
});

test('a page needs nothing else, and what is in it is text', () => {
  const page = formatPage(REPORT);
  expect(page).toContain('a &lt;server&gt; &amp; more');
  expect(page).not.toMatch(/<script|https?:|src=|@import/);
});

test('a plot has round marks, and does without points', () => {
  expect(roundTicks(93)).toEqual([0, 50, 100]);
  expect(roundTicks(0)).toEqual([0, 1]);
  const plot = { title: 't', formatX: String, formatY: String };
  expect(drawPlot({ ...plot, series: [{ name: 'a', points: [] }] })).toBe('');
  expect(drawPlot({ ...plot, series: [{ name: 'a', points: [[1, 1]] }] })).not.toContain('NaN');
});
