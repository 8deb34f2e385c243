import type { Env } from '@meerkat-chat/xmpp';
import { FakeClock, linkPair, SeededRandom, settle } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test } from 'vitest';
import type { FromWorker, Order, ToWorker } from '../protocol.js';
import { RemoteWorker } from './remote-worker.js';
import { WorkerHost } from './worker-host.js';

const TOKEN = 'a token of the test';
const ADDRESS = 'there:1';
const AHEAD = 5_000_000;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A clock that another one drives, and that shows another time. */
function ahead(clock: FakeClock, by: () => number): Env {
  return {
    clock: {
      now: () => clock.now(),
      monotonic: () => clock.monotonic() + by(),
      after: (delay, run) => clock.after(delay, run),
      every: (period, run) => clock.every(period, run),
    },
    random: new SeededRandom(2),
  };
}

/** A coordinator and a worker of two machines, with so long a way between them in each direction. */
async function machines(options: { token?: string; version?: string; there?: number; back?: number } = {}) {
  const clock = new FakeClock();
  const drift = { by: 0 };
  const told: ToWorker[] = [];
  const says: ((message: FromWorker) => void)[] = [];
  const host = new WorkerHost({
    token: options.token ?? TOKEN,
    version: options.version ?? '1.0.0',
    env: ahead(clock, () => AHEAD + drift.by),
    processes: 4,
    log: () => {},
    start: (heard) => {
      says.push(heard);
      return { send: (message) => told.push(message), kill: () => {} };
    },
  });
  const [near, far] = linkPair();
  const travel = (): void => {
    for (let moved = 1; moved > 0; ) {
      clock.advance(options.back ?? 0);
      moved = far.flush();
      clock.advance(options.there ?? 0);
      moved += near.flush();
    }
  };
  const connecting = RemoteWorker.connect(near, {
    address: ADDRESS,
    token: TOKEN,
    version: '1.0.0',
    run: 'run',
    env: { clock, random: new SeededRandom(1) },
  });
  connecting.catch(() => {});
  host.accept(far, 'here');
  travel();
  await turn();
  return { clock, connecting, drift, far, host, near, says, told, travel };
}

describe('connecting', () => {
  test('a worker of another version says which; nothing is proved to it', async () => {
    const { connecting } = await machines({ version: '0.9.0' });
    await expect(connecting).rejects.toThrow(
      'worker there:1: it is version 0.9.0, and this is 1.0.0: both must be the same',
    );
  });

  test('a worker with another token refuses', async () => {
    const { clock, connecting, host } = await machines({ token: 'a token of another' });
    await expect(connecting).rejects.toThrow('worker there:1: the token is not the same');
    host.close();
    expect(clock.pending).toBe(0);
  });

  test('whoever only plays a worker does not get an order', async () => {
    const clock = new FakeClock();
    const [near, far] = linkPair();
    const env = { clock, random: new SeededRandom(1) };
    const connecting = RemoteWorker.connect(near, {
      address: ADDRESS,
      token: TOKEN,
      version: '1.0.0',
      run: 'run',
      env,
    });
    far.send('{"kind":"hello","version":"1.0.0","nonce":"n"}');
    far.send(`{"kind":"welcome","proof":"${'0'.repeat(64)}"}`);
    settle(near, far);
    await expect(connecting).rejects.toThrow('does not know the token');
    expect(clock.pending).toBe(0);
  });

  test('whoever says nothing is given up after ten seconds', async () => {
    const clock = new FakeClock();
    const [near] = linkPair();
    const env = { clock, random: new SeededRandom(1) };
    const options = { address: ADDRESS, token: TOKEN, version: '1.0.0', run: 'run', env };
    const told = expect(RemoteWorker.connect(near, options)).rejects.toThrow('in time');
    clock.advance(10_000);
    await told;
    expect(clock.pending).toBe(0);
  });
});

describe('times', () => {
  test('are told by the clock of the other machine, as well as that can be known', async () => {
    const { clock, connecting, told, travel } = await machines({ there: 3, back: 1 });
    const worker = await connecting;
    worker.attach(() => {});
    worker.send({ kind: 'start', order: { epoch: 1000 } as Order });
    worker.send({ kind: 'go', at: clock.monotonic() });
    const at = clock.monotonic();
    travel();
    // The way there takes three times as long as the way back: half of the difference is what cannot be known.
    expect(worker.clock).toMatchObject({ address: ADDRESS, offset: AHEAD + 1, uncertainty: 2, drift: 0 });
    expect(told).toMatchObject([
      { kind: 'start', order: { epoch: 1000 + AHEAD + 1 } },
      { kind: 'go', at: at + AHEAD + 1 },
    ]);
  });

  test('a clock that runs apart during a phase is told, and the next phase begins by what is known then', async () => {
    const { clock, connecting, drift, told, travel } = await machines();
    const worker = await connecting;
    worker.attach(() => {});
    worker.send({ kind: 'start', order: { epoch: 0 } as Order });
    worker.send({ kind: 'go', at: 0 });
    travel();
    drift.by = 8;
    for (let second = 0; second < 20; second++) {
      clock.advance(1000);
      travel();
    }
    worker.send({ kind: 'go', at: 0 });
    travel();
    expect(told.at(-1)).toEqual({ kind: 'go', at: AHEAD + 8 });
    expect(worker.clock).toMatchObject({ offset: AHEAD + 8, drift: 8 });
  });
});

describe('the end', () => {
  test('what the process says is passed on, a failure with the name of the machine', async () => {
    const { connecting, says, travel } = await machines();
    const heard: FromWorker[] = [];
    const worker = await connecting;
    worker.attach((message) => heard.push(message));
    worker.send({ kind: 'start', order: { epoch: 0 } as Order });
    travel();
    says[0]?.({ kind: 'failed', message: 'no server' });
    travel();
    expect(heard).toEqual([{ kind: 'failed', message: 'worker there:1: no server' }]);
  });

  test('a machine that is lost has failed, once, also before anybody listened', async () => {
    const { connecting, near } = await machines();
    const worker = await connecting;
    near.cut('network');
    const heard: FromWorker[] = [];
    worker.attach((message) => heard.push(message));
    expect(heard).toEqual([{ kind: 'failed', message: 'worker there:1: network' }]);
  });

  test('a machine that says nothing for 15 s has failed', async () => {
    const { clock, connecting, host } = await machines();
    const heard: FromWorker[] = [];
    (await connecting).attach((message) => heard.push(message));
    clock.advance(15_000);
    expect(heard).toEqual([]);
    clock.advance(1000);
    expect(heard).toEqual([{ kind: 'failed', message: 'worker there:1: it does not answer any more' }]);
    host.close();
    expect(clock.pending).toBe(0);
  });

  test('a worker that was ended says nothing more, and is free for the next run', async () => {
    const { clock, connecting, host, travel } = await machines();
    const heard: FromWorker[] = [];
    const worker = await connecting;
    worker.attach((message) => heard.push(message));
    worker.kill();
    travel();
    expect(heard).toEqual([]);
    host.close();
    expect(clock.pending).toBe(0);
  });
});
