import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { Recorder } from '../measure/recorder.js';
import { Coordinator } from './coordinator.js';
import { type FromWorker, type Order, shares, type ToWorker } from './protocol.js';

const settle = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/** A coordinator of two processes that the test plays. */
function coordinated(signal?: AbortSignal) {
  const clock = new FakeClock();
  const told: ToWorker['kind'][][] = [[], []];
  const mouths: ((message: FromWorker) => void)[] = [];
  const killed: number[] = [];
  const order = { epoch: clock.monotonic() } as Order;
  const coordinator = new Coordinator({
    orders: [order, order],
    start: (heard) => {
      const index = mouths.push(heard) - 1;
      return { send: (message) => told[index]?.push(message.kind), kill: () => killed.push(index) };
    },
    probe: async () => ({ cpuSeconds: (clock.monotonic() - order.epoch) / 2000, residentBytes: 1000 }),
    env: { clock, random: new SeededRandom(1) },
    progress: () => {},
    signal,
    headStart: 100,
    longest: 60_000,
  });
  const arrive = (index: number, phase: string, cpuSeconds: number, delivered: number): void =>
    mouths[index]?.({
      kind: 'arrived',
      phase,
      measured: phase === 'work',
      use: { cpuSeconds, lagP99: 1, delivered },
    });
  const finish = (index: number): void => {
    const recorder = new Recorder();
    recorder.count('things', index + 1);
    recorder.span('join', 10 * (index + 1));
    const ledger = { expected: 10, delivered: 9, doubled: 0, outOfOrder: 0 };
    const use = { cpuSeconds: 9, lagP99: 1, delivered: 9 };
    mouths[index]?.({ kind: 'done', findings: recorder.findings(ledger), use });
  };
  return { arrive, clock, coordinator, finish, killed, mouths, told };
}

test('a phase begins when the last process has arrived, and ends when the last has gone on', async () => {
  const { arrive, clock, coordinator, finish, killed, told } = coordinated();
  const run = coordinator.run();
  await settle();
  arrive(0, 'work', 0, 0);
  await settle();
  expect(told).toEqual([['start'], ['start']]);
  arrive(1, 'work', 0, 0);
  await settle();
  expect(told).toEqual([
    ['start', 'go'],
    ['start', 'go'],
  ]);
  clock.advance(100 + 4000);
  arrive(0, 'drain', 1, 30);
  arrive(1, 'drain', 3, 10);
  await settle();
  finish(0);
  finish(1);
  const outcome = await run;
  expect(outcome.phases[0]).toMatchObject({ name: 'work', measured: true, seconds: 4, delivered: 40 });
  expect(outcome.phases[0]?.generatorCpu).toBeCloseTo(0.75, 6);
  expect(outcome.phases[0]?.serverCpuSeconds).toBeCloseTo(2.05, 6);
  expect(outcome.messages).toMatchObject({ expected: 20, delivered: 18, lost: 2 });
  expect(outcome.counters).toEqual({ things: 3 });
  expect(outcome.spans.join).toMatchObject({ count: 2, max: 20 });
  expect(killed).toEqual([0, 1]);
  expect(clock.pending).toBe(0);
});

test('a process that fails fails the run, and ends the others', async () => {
  const { clock, coordinator, killed, mouths } = coordinated();
  const told = expect(coordinator.run()).rejects.toThrow('no server');
  await settle();
  mouths[1]?.({ kind: 'failed', message: 'no server' });
  await told;
  expect(killed).toEqual([0, 1]);
  expect(clock.pending).toBe(0);
});

test('an interrupted run tells what there is, also of processes that do not answer', async () => {
  const interrupt = new AbortController();
  const { clock, coordinator, finish, told } = coordinated(interrupt.signal);
  const run = coordinator.run();
  await settle();
  interrupt.abort();
  expect(told[0]).toEqual(['start', 'stop']);
  finish(0);
  clock.advance(8000);
  expect(await run).toMatchObject({ interrupted: true, messages: { delivered: 9 } });
});

test('an interrupted run whose processes answer is over at once', async () => {
  const interrupt = new AbortController();
  const { clock, coordinator, finish } = coordinated(interrupt.signal);
  const run = coordinator.run();
  await settle();
  interrupt.abort();
  finish(0);
  finish(1);
  expect(await run).toMatchObject({ interrupted: true });
  expect(clock.pending).toBe(0);
});

test('users are shared out whole, in pairs', () => {
  expect(shares(100, 3)).toEqual([
    [0, 32],
    [32, 66],
    [66, 100],
  ]);
  expect(shares(7, 2)).toEqual([
    [0, 4],
    [4, 7],
  ]);
  expect(shares(2, 9)).toEqual([[0, 2]]);
});
