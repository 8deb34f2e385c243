import { afterEach, expect, test, vi } from 'vitest';
import { metricsProblem, parseMetrics, parseStat, probeAll, probeMetrics, sumTree } from './server-probe.js';

const stat = (parent: number, user: number, system: number, pages: number): string =>
  `42 (a (b) c) S ${parent} 1 1 0 -1 0 0 0 0 0 ${user} ${system} 0 0 20 0 1 0 99 1000 ${pages} 18446744073709551615`;

test('a line of proc(5), with parentheses in the name', () => {
  expect(parseStat(stat(7, 150, 50, 10))).toEqual({ parent: 7, cpuSeconds: 2, residentBytes: 40_960 });
});

test('a process counts with all below it, and with nobody else', () => {
  const stats = new Map([
    [10, parseStat(stat(1, 100, 0, 1))],
    [11, parseStat(stat(10, 100, 0, 1))],
    [12, parseStat(stat(11, 100, 0, 1))],
    [20, parseStat(stat(1, 100, 0, 1))],
  ]);
  expect(sumTree(10, stats)).toEqual({ cpuSeconds: 3, residentBytes: 12_288 });
  expect(sumTree(99, stats)).toBeUndefined();
});

test('metrics in the text of Prometheus, of one worker or several', () => {
  const text = (lines: readonly string[]): string => `# HELP x\n${lines.join('\n')}\n`;
  expect(parseMetrics(text(['process_cpu_seconds_total 1.5', 'process_resident_memory_bytes 1e6']))).toEqual({
    cpuSeconds: 1.5,
    residentBytes: 1_000_000,
  });
  expect(
    parseMetrics(
      text([
        'process_cpu_seconds_total{worker="1"} 1',
        'process_cpu_seconds_total{worker="2"} 2',
        'process_resident_memory_bytes 5',
      ]),
    )?.cpuSeconds,
  ).toBe(3);
  expect(parseMetrics(text(['process_cpu_seconds_total 1']))).toBeUndefined();
});

test('several servers are summed up and listed; one that is gone leaves nothing to be said', async () => {
  const one = { cpuSeconds: 1, residentBytes: 10 };
  const other = { cpuSeconds: 2, residentBytes: 20 };
  expect(await probeAll([async () => one, async () => other])()).toEqual({
    cpuSeconds: 3,
    residentBytes: 30,
    each: [one, other],
  });
  expect(await probeAll([async () => one])()).toEqual(one);
  expect(await probeAll([async () => one, async () => undefined])()).toBeUndefined();
  expect(await probeAll([])()).toBeUndefined();
});

const METRICS = 'process_cpu_seconds_total 1.5\nprocess_resident_memory_bytes 1e6\n';
const source = { url: 'http://chat.example/metrics', token: 'secret' };

function answering(status: number, text: string): { readonly asked: unknown[] } {
  const asked: unknown[] = [];
  vi.stubGlobal('fetch', async (url: string, { headers }: { headers: object }) => {
    asked.push({ url, headers });
    return new Response(text, { status });
  });
  return { asked };
}

afterEach(() => void vi.unstubAllGlobals());

test('metrics are read with the token that opens them, and without a header where there is none', async () => {
  const { asked } = answering(200, METRICS);
  expect(await probeMetrics(source)()).toEqual({ cpuSeconds: 1.5, residentBytes: 1_000_000 });
  expect(await metricsProblem({ url: source.url })).toBeUndefined();
  expect(asked).toEqual([
    { url: source.url, headers: { authorization: 'Bearer secret' } },
    { url: source.url, headers: {} },
  ]);
});

test('metrics that cannot be read say why in one line, and look like nothing while a load goes on', async () => {
  answering(403, 'Set metrics.token.\nMore.\n');
  expect(await metricsProblem(source)).toBe(`${source.url} answers 403: Set metrics.token.`);
  expect(await probeMetrics(source)()).toBeUndefined();
  answering(200, 'up 1\n');
  expect(await metricsProblem(source)).toBe(`${source.url} tells neither CPU nor memory of a process`);
  vi.stubGlobal('fetch', () => Promise.reject(new Error('refused')));
  expect(await metricsProblem(source)).toBe(`${source.url} cannot be read: refused`);
  expect(await probeMetrics(source)()).toBeUndefined();
});
