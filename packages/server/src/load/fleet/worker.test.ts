import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { valuesOf } from '../scenario.js';
import { scenarioOf } from '../scenarios/index.js';
import { FakeServer, type FakeServerOptions } from '../testing/fake-server.js';
import { NOWHERE, turn } from '../testing/play.js';
import type { FromWorker, Order } from './protocol.js';
import { Worker } from './worker.js';

/** A process with two users of four, whose coordinator is the test. */
function worker(options: Omit<FakeServerOptions, 'env'> = {}) {
  const clock = new FakeClock();
  const env = { clock, random: new SeededRandom(1) };
  const server = new FakeServer({ ...options, env });
  const said: FromWorker[] = [];
  const own = { cpuSeconds: 1, look: () => ({ cpuSeconds: 1, lagP99: 2 }) };
  const made = new Worker(
    env,
    own,
    (message) => said.push(message),
    () => server.connect,
  );
  const order: Order = {
    scenario: 'idle',
    values: valuesOf(scenarioOf('idle'), { seconds: 5 }),
    target: NOWHERE,
    run: 'run',
    users: 4,
    from: 2,
    to: 4,
    ramp: 1,
    sources: { count: 1, net: 0 },
    together: 1,
    epoch: clock.monotonic(),
  };
  const pass = async (span: number): Promise<void> => {
    for (let left = span; left > 0; left -= 100) {
      await turn();
      clock.advance(100);
    }
    await turn();
  };
  const kinds = (): string[] =>
    said.map((message) => (message.kind === 'arrived' ? message.phase : message.kind));
  return { clock, kinds, made, order, pass, said, server };
}

test('plays its own users, and goes on to the next phase when it is told, at that time', async () => {
  const { clock, kinds, made, order, pass, said, server } = worker();
  made.hear({ kind: 'start', order });
  await pass(300);
  expect(kinds()).toEqual(['arrivals']);
  expect(server.connected).toEqual([]);
  made.hear({ kind: 'go', at: clock.monotonic() + 500 });
  await pass(400);
  expect(server.connected).toEqual([]);
  await pass(200);
  expect(server.connected).toEqual([2, 3]);
  expect(said.at(-1)).toEqual({
    kind: 'arrived',
    phase: 'idle',
    measured: true,
    use: { cpuSeconds: 1, lagP99: 2, delivered: 0 },
  });
  made.hear({ kind: 'go', at: clock.monotonic() });
  await pass(5200);
  made.hear({ kind: 'go', at: clock.monotonic() });
  await pass(100);
  expect(kinds().filter((kind) => kind !== 'sample')).toEqual(['arrivals', 'idle', 'end', 'done']);
  expect(said.find(({ kind }) => kind === 'sample')).toMatchObject({ second: 1, interval: { users: 2 } });
  expect(clock.pending).toBe(0);
});

test('says why it fails', async () => {
  const { clock, made, order, pass, said } = worker({ refuses: () => true });
  made.hear({ kind: 'start', order });
  made.hear({ kind: 'go', at: clock.monotonic() });
  await pass(100);
  expect(said.at(-1)).toMatchObject({ kind: 'failed', message: expect.stringContaining('not-authorized') });
  expect(clock.pending).toBe(0);
});

test('says what it has found when it is told to stop', async () => {
  const { clock, kinds, made, order, pass } = worker();
  made.hear({ kind: 'start', order });
  await pass(100);
  made.hear({ kind: 'go', at: clock.monotonic() });
  await pass(100);
  made.hear({ kind: 'stop' });
  await pass(100);
  expect(kinds().at(-1)).toBe('done');
  expect(clock.pending).toBe(0);
});
