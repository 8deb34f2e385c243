import { existsSync } from 'node:fs';
import type { Env } from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import type { Report } from '../report.js';
import { createLoadEnv } from '../runtime.js';
import { ejabberdConfig } from './ejabberd.js';
import { formatPeers, type PeersFacts, peersMarkdown } from './format-peers.js';
import { replaceBlock } from './generated-block.js';
import type { Measure, PeerFigures, PeerWork } from './measure.js';
import { figuresOf } from './measure-scenario.js';
import { meerkatPeer, variableOf } from './meerkat.js';
import type { Peer } from './peer.js';
import { startPeer } from './peer-process.js';
import { onCpu } from './pinning.js';
import { findProgram } from './programs.js';
import { prosodyConfig } from './prosody.js';
import { type PeersResult, runPeers } from './run-peers.js';
import { spreadOf, summarize } from './summary.js';

const WORK: PeerWork = { scenario: 'one-room', users: 1000, values: { rate: 10 } };
const FIGURES: PeerFigures = {
  expected: 100,
  delivered: 100,
  lost: 0,
  doubled: 0,
  outOfOrder: 0,
  deliveriesPerCpuSecond: 30_000,
  p50: 4,
  p99: 40,
  joinSeconds: 2,
  residentBytes: 100e6,
  serverCpu: 0.5,
  generatorCpu: 0.2,
  generatorLimited: false,
  failures: 0,
};
const FACTS: PeersFacts = {
  command: 'meerkat load peers',
  day: '2026-11-21',
  machine: '2 x something',
  rounds: 2,
  absent: [],
  note: undefined,
};

/** Turns of named servers, each with what is other than usual. */
function resultOf(
  turns: readonly (readonly [server: string, figures: Partial<PeerFigures> | Error])[],
): PeersResult {
  const names = [...new Set(turns.map(([name]) => name))];
  return {
    servers: names.map((name) => ({ name, version: '1' })),
    absent: [],
    trials: turns.map(([server, figures], index) => ({
      server,
      work: WORK,
      round: Math.floor(index / names.length) + 1,
      outcome:
        figures instanceof Error
          ? { done: false, error: figures.message }
          : { done: true, figures: { ...FIGURES, ...figures } },
    })),
  };
}

describe('turns', () => {
  /** Peers that tell what becomes of them. */
  function setUp(absent: readonly string[] = []) {
    const log: string[] = [];
    const peer = (name: string): Peer => ({
      name,
      version: async () => (absent.includes(name) ? undefined : '1'),
      start: async ({ cpu, presence }) => {
        log.push(`start ${name} ${presence} ${cpu}`);
        return {
          url: name,
          boshUrl: '',
          domain: 'localhost',
          pid: 1,
          stop: async () => void log.push(`stop ${name}`),
        };
      },
    });
    const measure: Measure = async ({ url }) => {
      log.push(`load ${url}`);
      if (url === 'b') throw new Error('b gave up');
      return FIGURES;
    };
    const peers = ['a', 'b', 'c'].map(peer);
    const options = { peers, works: [WORK], rounds: 2, presence: 'own', pin: false, measure } as const;
    return { log, run: (env: Env) => runPeers(options, env, () => {}) };
  }

  test('every server has its turn in every round, alone, and is stopped when its load fails', async () => {
    const { log, run } = setUp();
    const result = await run(createLoadEnv());
    const turn = (name: string) => [`start ${name} own undefined`, `load ${name}`, `stop ${name}`];
    const round = ['a', 'b', 'c'].flatMap(turn);
    expect(log).toEqual([...round, ...round]);
    expect(result.trials.map((trial) => [trial.server, trial.round, trial.outcome.done])).toEqual([
      ['a', 1, true],
      ['b', 1, false],
      ['c', 1, true],
      ['a', 2, true],
      ['b', 2, false],
      ['c', 2, true],
    ]);
    expect(result.trials[1]?.outcome).toEqual({ done: false, error: 'b gave up' });
  });

  test('a server that is not installed is named and left out', async () => {
    const { log, run } = setUp(['b', 'c']);
    const result = await run(createLoadEnv());
    expect(result.absent).toEqual(['b', 'c']);
    expect(result.servers).toEqual([{ name: 'a', version: '1' }]);
    expect(log.join()).not.toContain('b');
  });
});

describe('comparison', () => {
  test.each([
    [[3], 3, 3, 3],
    [[4, 1], 2.5, 1, 4],
    [[9, 1, 2], 2, 1, 9],
  ])('the spread of %j', (values, median, low, high) => {
    expect(spreadOf(values)).toEqual({ median, low, high });
  });

  test('ratios say how many times better the last server is, whether more or less is better', () => {
    const [table] = summarize(
      resultOf([
        ['theirs', {}],
        ['ours', { deliveriesPerCpuSecond: 90_000, p99: 20, residentBytes: 200e6 }],
      ]),
    );
    expect(table?.ratios).toEqual([
      {
        server: 'ours',
        than: 'theirs',
        times: { deliveriesPerCpuSecond: 3, p50: 1, p99: 2, residentBytes: 0.5, joinSeconds: 1 },
      },
    ]);
  });

  test('what must not be is added up over all turns, and a turn that failed is counted', () => {
    const [table] = summarize(
      resultOf([
        ['ours', { lost: 1, generatorLimited: true }],
        ['ours', { lost: 2, doubled: 1, failures: 3 }],
        ['ours', new Error('it ended')],
      ]),
    );
    expect(table?.rows[0]).toMatchObject({ turns: 3, failed: 1, lost: 3, doubled: 1, failures: 3 });
    const text = formatPeers(table ? [table] : [], FACTS);
    expect(text).toContain(
      '3, 1 doubled, 3 connections failed, 1 of 3 turns failed, generator too slow in 1 of 3 turns',
    );
  });

  test('without one good turn there is nothing to compare', () => {
    const tables = summarize(
      resultOf([
        ['theirs', new Error('no')],
        ['ours', {}],
      ]),
    );
    expect(tables[0]?.rows[0]?.spreads).toBeUndefined();
    expect(tables[0]?.ratios).toEqual([]);
  });
});

describe('what is told', () => {
  const tables = summarize(
    resultOf([
      ['theirs', {}],
      ['ours', { deliveriesPerCpuSecond: 90_000 }],
      ['theirs', { p99: 60 }],
      ['ours', { deliveriesPerCpuSecond: 92_000 }],
    ]),
  );

  test('columns in a terminal', () => {
    const lines = formatPeers(tables, { ...FACTS, absent: ['prosody'], note: 'Quiet.' }).split('\n');
    expect(lines[0]).toBe('one-room, 1,000 users, rate 10');
    expect(lines[2]?.split(/\s{2,}/)).toEqual(['theirs 1', '30,000', '4', '50 (40-60)', '100', '2', '0']);
    expect(lines[3]).toMatch(/^ours 1 +91,000 \(90,000-92,000\) /);
    expect(lines[4]).toMatch(/^ours to theirs +3x /);
    expect(lines.slice(-2)).toEqual([
      'Medians of 2 turns (lowest-highest). Ratios say how many times better; below 1 it is worse. Not installed: prosody.',
      'Quiet.',
    ]);
  });

  test('a table in Markdown, with its command', () => {
    const text = peersMarkdown(tables, FACTS);
    expect(text).toContain('\n\n    meerkat load peers\n\n');
    expect(text).toContain('\n| theirs 1 | 30,000 | 4 | 50 (40-60) | 100 | 2 | 0 |\n');
  });

  test('a block of a document is replaced, and nothing around it', () => {
    const document = 'before\n<!-- generated: x -->\nold\n<!-- end of generated: x -->\nafter\n';
    const once = replaceBlock(document, 'x', 'new\n');
    expect(once).toBe('before\n<!-- generated: x -->\n\nnew\n\n<!-- end of generated: x -->\nafter\n');
    expect(replaceBlock(once, 'x', 'new')).toBe(once);
    expect(() => replaceBlock(document, 'y', 'new')).toThrow(RangeError);
  });
});

test('figures of a report: everything before the first measured phase is arriving', () => {
  const phase = {
    delivered: 0,
    serverCpuSeconds: 1,
    serverResidentBytes: 1,
    generatorCpu: 0,
    startSecond: 0,
  };
  const report = {
    messages: { sent: 1, expected: 5, delivered: 4, lost: 1, doubled: 0, outOfOrder: 0, perSecond: 1 },
    spans: { message: { p50: 1, p99: 2 } },
    phases: [
      { ...phase, name: 'sign-in', measured: false, seconds: 2 },
      { ...phase, name: 'arrivals', measured: false, seconds: 3 },
      { ...phase, name: 'messages', measured: true, seconds: 10 },
      { ...phase, name: 'drain', measured: false, seconds: 1 },
    ],
    server: { cpu: 0.5, cpuSeconds: 5, residentBytes: 7, residentBytesPerUser: 1, deliveriesPerCpuSecond: 9 },
    generator: { cpu: 0.1, limits: [] },
    failures: { count: 0, examples: [] },
  } as unknown as Report;
  expect(figuresOf(report)).toMatchObject({ joinSeconds: 5, p99: 2, lost: 1, deliveriesPerCpuSecond: 9 });
  expect(() => figuresOf({ ...report, server: undefined })).toThrow('could not be measured');
});

describe('servers', () => {
  test('presence of others is off only where it is asked for', () => {
    expect(JSON.stringify(ejabberdConfig(1, 'own'))).toContain('"presence_broadcast":[]');
    expect(JSON.stringify(ejabberdConfig(1, 'all'))).not.toContain('presence_broadcast');
    expect(prosodyConfig('/folder', 1, 'own')).toContain('modules_enabled = { "quiet_rooms" }');
    expect(prosodyConfig('/folder', 1, 'all')).toContain('modules_enabled = {  }');
  });

  test('a server that ends says why, and leaves nothing behind', async () => {
    let folder = '';
    const started = startPeer(
      undefined,
      async (made) => {
        folder = made;
        return { command: process.execPath, args: ['-e', 'console.error("bad luck"); process.exit(3)'] };
      },
      createLoadEnv(),
    );
    await expect(started).rejects.toThrow('it ended before it was ready (3): bad luck');
    expect(existsSync(folder)).toBe(false);
  });

  test('a program that there is not is told as such', async () => {
    const started = startPeer(undefined, async () => ({ command: '/nowhere', args: [] }), createLoadEnv());
    await expect(started).rejects.toThrow('ENOENT');
    expect(await findProgram('no-such-program')).toBeUndefined();
    expect(await meerkatPeer('/nowhere/main.js', '1').version()).toBeUndefined();
  });

  test('a setting by the name of its variable', () => {
    expect(variableOf('modules.muc.presence.policy')).toBe('MEERKAT_MODULES__MUC__PRESENCE__POLICY');
    expect(variableOf('modules.rate-limit.messages.perSecond')).toBe(
      'MEERKAT_MODULES__RATE_LIMIT__MESSAGES__PER_SECOND',
    );
  });

  test('one core', () => {
    const command = { command: 'server', args: ['--now'] };
    expect(onCpu(undefined, command)).toBe(command);
    expect(onCpu(0, command)).toEqual({ command: 'taskset', args: ['-c', '0', 'server', '--now'] });
  });
});
