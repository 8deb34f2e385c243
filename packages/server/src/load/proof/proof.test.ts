import { describe, expect, test } from 'vitest';
import type { PhaseReport, Report } from '../report.js';
import { atLeast, atMost, never, of, times, told } from './bar.js';
import { type Figures, figuresOf } from './figures.js';
import { formatProof, type ProofFacts, proofMarkdown, score } from './format-proof.js';
import { judge } from './judge.js';
import { offAndOn, quickened, type Row, variant } from './row.js';
import { type Outcome, type RowResult, runRows, type Turn } from './run-rows.js';

const FIGURES: Figures = {
  expected: 100,
  delivered: 100,
  wrong: 0,
  perSecond: 30_000,
  deliveriesPerCpuSecond: 90_000,
  cpu: 0.4,
  cpuSeconds: 4,
  p50: 10,
  p99: 100,
  peakBytes: 200e6,
  bytesPerUser: 12_000,
  spans: {},
  counters: {},
  limits: [],
};
const A = variant({ name: 'a', scenario: 'one-room', users: 3000, values: { rate: 10, seconds: 8 } });
const B = variant({ ...A, name: 'b', server: 'ejabberd', rounds: 1 });
const p99 = atMost(
  'p99',
  'milliseconds',
  100,
  of('a', (figures) => figures.p99),
);
const lost = never(
  'lost',
  of('a', (figures) => figures.wrong),
);
const ratio = atLeast(
  'to b',
  'times',
  3,
  times('a', 'b', (figures) => figures.perSecond),
);
const ROW: Row = {
  name: 'row',
  work: 'some work',
  note: 'With care.',
  rounds: 2,
  variants: [A, B],
  bars: [p99, lost, ratio],
};

const done = (figures: Partial<Figures> = {}): Outcome => ({
  kind: 'done',
  figures: { ...FIGURES, ...figures },
});
const turn = (name: string, round: number, outcome: Outcome): Turn => ({ variant: name, round, outcome });
const verdicts = (turns: readonly Turn[]): readonly string[] =>
  judge({ row: ROW, day: '', turns }).map(({ verdict }) => verdict.kind);

describe('verdicts', () => {
  const b = turn('b', 1, done({ perSecond: 10_000 }));

  test('hold at the bar and break one past it, by the median', () => {
    expect(verdicts([turn('a', 1, done()), b])).toEqual(['met', 'met', 'met']);
    const past = [turn('a', 1, done({ p99: 101, wrong: 1, perSecond: 29_999 })), b];
    expect(verdicts(past)).toEqual(['missed', 'missed', 'missed']);
    const rounds = [done({ p99: 300 }), done(), done()].map((outcome, at) => turn('a', at + 1, outcome));
    expect(verdicts([...rounds, b])[0]).toBe('met');
  });

  test('what must never be is judged by its worst round', () => {
    const rounds = [done(), done({ wrong: 1 }), done()].map((outcome, at) => turn('a', at + 1, outcome));
    expect(verdicts([...rounds, b])[1]).toBe('missed');
  });

  test('a ratio is of rounds that have both', () => {
    const rounds = [turn('a', 1, done()), b, turn('a', 2, done({ perSecond: 1 }))];
    expect(judge({ row: ROW, day: '', turns: rounds })[2]?.spread).toEqual({ median: 3, low: 3, high: 3 });
  });

  test('rounds in which the generator was the limit do not count; where all are, nothing is judged', () => {
    const slow = done({ p99: 500, limits: ['it was late'] });
    expect(verdicts([turn('a', 1, slow), turn('a', 2, done()), b])[0]).toBe('met');
    const fast = done({ p99: 5, limits: ['it was late'] });
    expect(judge({ row: ROW, day: '', turns: [turn('a', 1, fast), b] })[0]).toMatchObject({
      verdict: { kind: 'generator', why: 'it was late' },
      spread: { median: 5 },
    });
  });

  test('a turn that failed, and a server that there is not', () => {
    const failed: Outcome = { kind: 'failed', error: 'no luck' };
    expect(verdicts([turn('a', 1, done()), turn('a', 2, failed), b])).toEqual(['failed', 'failed', 'failed']);
    const absent = turn('b', 1, { kind: 'absent' });
    expect(judge({ row: ROW, day: '', turns: [turn('a', 1, done()), absent] })[2]?.verdict).toEqual({
      kind: 'absent',
      servers: ['ejabberd'],
    });
    expect(verdicts([])).toEqual(['failed', 'failed', 'failed']);
  });
});

describe('turns', () => {
  test('variants take turns in every round that they have; one that fails does not end the rest', async () => {
    const said: string[] = [];
    const kept: RowResult[] = [];
    const results = await runRows({
      rows: [ROW],
      rounds: 3,
      day: '',
      absent: [],
      takeTurn: async ({ name }) => {
        if (name === 'b') throw new Error('no luck');
        return FIGURES;
      },
      say: (line) => said.push(line),
      done: async (result) => void kept.push(result),
    });
    expect(results[0]?.turns.map((one) => [one.variant, one.round, one.outcome.kind])).toEqual([
      ['a', 1, 'done'],
      ['b', 1, 'failed'],
      ['a', 2, 'done'],
    ]);
    expect(kept).toEqual(results);
    expect(said).toEqual(['[1/1] row, b, round 1 of 2: failed: no luck']);
  });

  test('a server that is not installed is named', async () => {
    const said: string[] = [];
    const [result] = await runRows({
      rows: [{ ...ROW, rounds: 1 }],
      rounds: 1,
      day: '',
      absent: ['ejabberd'],
      takeTurn: async () => FIGURES,
      say: (line) => said.push(line),
      done: async () => {},
    });
    expect(result?.turns[1]?.outcome).toEqual({ kind: 'absent' });
    expect(said).toEqual(['[1/1] row, b, round 1 of 1: left out, ejabberd is not installed']);
  });

  test('a small version has small crowds for a second', () => {
    expect(quickened(ROW)).toMatchObject({
      rounds: 1,
      variants: [{ users: 30, values: { rate: 4, seconds: 1 } }, { users: 30 }],
    });
  });

  test('stream management off, then on', () => {
    const { name: _, ...told } = A;
    expect(offAndOn(told).map((one) => [one.name, one.streamManagement])).toEqual([
      ['SM off', false],
      ['SM on', true],
    ]);
  });
});

describe('figures', () => {
  const phase = (name: string, more: Partial<PhaseReport> = {}): PhaseReport => ({
    name,
    measured: true,
    startSecond: 0,
    seconds: 5,
    delivered: 50_000,
    serverCpuSeconds: 2,
    serverResidentBytes: 1,
    generatorCpu: 0.5,
    lagP99: 10,
    ...more,
  });
  const REPORT = {
    interrupted: false,
    broken: [],
    counters: {},
    failures: { count: 1, examples: [] },
    messages: { expected: 10, delivered: 9, lost: 1, doubled: 2, outOfOrder: 3, perSecond: 7 },
    spans: { message: { p50: 1, p99: 2 }, join: { p50: 3, p95: 3.5, p99: 4, max: 5, mean: 3 } },
    phases: [phase('10/s'), phase('20/s', { delivered: 90_000, generatorCpu: 0.95 })],
    server: { cpu: 0.5, cpuSeconds: 5, residentBytes: 7, residentBytesPerUser: 1, deliveriesPerCpuSecond: 9 },
    generator: { processes: 3, cpu: 0.4, cpuOfAll: 0.95, lagP99: 10, limits: [] },
  } as unknown as Report;

  const APART = { oneCore: false, late: 50 };
  const TOGETHER = { oneCore: true, late: 50 };

  test('everything that is wrong counts, and the peak of memory is the higher of both', () => {
    expect(figuresOf(REPORT, 9, APART)).toMatchObject({
      wrong: 7,
      perSecond: 7,
      p99: 2,
      peakBytes: 9,
      spans: { join: { p50: 3, p95: 3.5, p99: 4, max: 5 } },
      limits: [],
    });
    expect(figuresOf(REPORT, undefined, APART).peakBytes).toBe(7);
  });

  test('generator processes that share a core are its load together', () => {
    expect(figuresOf(REPORT, undefined, TOGETHER).limits).toEqual([
      'a generator process took 95 % of a core: use more processes',
    ]);
  });

  test('how late the generator may be is what a variant says', () => {
    expect(figuresOf(REPORT, undefined, { oneCore: false, late: 9 }).limits).toEqual([
      'a generator process was late by 10 ms (p99)',
    ]);
  });

  test('of a search for saturation, what was at its best rate', () => {
    const best = (keptRate: number): Figures =>
      figuresOf({ ...REPORT, counters: { keptRate } }, undefined, TOGETHER);
    expect(best(10)).toMatchObject({
      perSecond: 10_000,
      deliveriesPerCpuSecond: 25_000,
      cpu: 0.4,
      limits: [],
    });
    expect(best(20)).toMatchObject({ perSecond: 18_000, limits: [expect.stringContaining('95 %')] });
  });

  test('a run that was cut short, broke its word or was not measured has none', () => {
    expect(() => figuresOf({ ...REPORT, interrupted: true }, 1, APART)).toThrow('too long');
    expect(() => figuresOf({ ...REPORT, broken: ['bad', 'worse'] }, 1, APART)).toThrow('bad; worse');
    expect(() => figuresOf({ ...REPORT, server: undefined }, 1, APART)).toThrow('could not be measured');
  });
});

describe('tables', () => {
  const facts: ProofFacts = {
    command: 'npm run proof -- speed',
    machine: '2 x something',
    rounds: 3,
    servers: ['meerkat 1', 'ejabberd 2'],
    absent: ['prosody'],
    quick: false,
    note: 'A quiet machine.',
  };
  const row: Row = {
    ...ROW,
    bars: [
      ...ROW.bars,
      told(
        'memory',
        'megabytes',
        of('a', (figures) => figures.peakBytes),
      ),
    ],
  };
  const turns = [
    turn('a', 1, done({ p99: 80, wrong: 2 })),
    turn('b', 1, done({ perSecond: 10_000 })),
    turn('a', 2, done({ p99: 90 })),
  ];

  test('what was measured, its bar and what is said of it', () => {
    const text = formatProof([{ row, day: '2026-11-21', turns }], facts);
    expect(text.split('\n').map((line) => line.trim().replace(/ {2,}/g, ' | '))).toEqual([
      'row: some work',
      'p99 | 85 ms (80 to 90) | <= 100 ms | met',
      'lost | 2 (0 to 2) | 0 | missed',
      'to b | 3x | >= 3x | met',
      'memory | 200 MB',
      '',
      expect.stringContaining('Servers: meerkat 1, ejabberd 2. Not installed: prosody. A quiet machine.'),
    ]);
    expect(score([{ row, day: '2026-11-21', turns }])).toEqual({ judged: 3, met: 2 });
  });

  test('Markdown tells how to repeat it, and how often it was measured', () => {
    const markdown = proofMarkdown([{ row, day: '2026-11-21', turns }], facts);
    expect(markdown).toContain('Measured on 2 x something, by\n\n    npm run proof -- speed\n');
    expect(markdown).toContain('| some work | lost: missed |');
    expect(markdown).toContain('**some work** (`row`)');
    expect(markdown).toContain('| p99 | 85 ms (80 to 90) | <= 100 ms | met |');
    expect(markdown).toContain('2 rounds on 2026-11-21. With care.');
  });

  test('nothing is judged in a quick run, but what failed is told', () => {
    const failed = turn('b', 1, { kind: 'failed', error: 'no luck' });
    expect(proofMarkdown([{ row, day: '', turns }], { ...facts, quick: true })).not.toMatch(
      /: missed|\| met/,
    );
    const text = formatProof(
      [{ row, day: '2026-11-21', turns: [turn('a', 1, done({ wrong: 1 })), failed] }],
      {
        ...facts,
        quick: true,
      },
    );
    expect(text).not.toMatch(/met|missed/);
    expect(text).toContain('failed: no luck');
  });
});
