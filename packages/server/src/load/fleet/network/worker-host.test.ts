import { FakeClock, linkPair, type PairedLink, SeededRandom, settle } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test } from 'vitest';
import type { FromWorker, ToWorker } from '../protocol.js';
import { type Hello, parseHello, parseVerdict, proofOf } from './handshake.js';
import { WorkerHost } from './worker-host.js';

const TOKEN = 'a token of the test';

/** A worker whose processes the test plays, and coordinators that it plays, too. */
function machine(options: { readonly processes?: number } = {}) {
  const clock = new FakeClock();
  const log: string[] = [];
  const told: ToWorker[] = [];
  const says: ((message: FromWorker) => void)[] = [];
  let killed = 0;
  let idle = 0;
  const host = new WorkerHost({
    token: TOKEN,
    version: '1.0.0',
    env: { clock, random: new SeededRandom(1) },
    processes: options.processes ?? 4,
    log: (line) => log.push(line),
    idle: () => idle++,
    start: (heard) => {
      says.push(heard);
      return { send: (message) => told.push(message), kill: () => killed++ };
    },
  });
  const connect = () => {
    const [near, far] = linkPair();
    const heard: string[] = [];
    near.onText((text) => heard.push(text));
    host.accept(far, 'somewhere');
    settle(near, far);
    const say = (message: object): void => {
      near.send(JSON.stringify(message));
      settle(near, far);
    };
    return { far, heard, near, say };
  };
  type Connection = ReturnType<typeof connect>;
  const claim = (connection: Connection, { run = 'run', token = TOKEN, version = '1.0.0' } = {}) => {
    const hello = parseHello(connection.heard[0] ?? '') as Hello;
    const words = { nonce: 'mine', run };
    connection.say({
      kind: 'claim',
      version,
      ...words,
      proof: proofOf(token, 'coordinator', hello, words),
    });
    return { hello, verdict: parseVerdict(connection.heard[1] ?? ''), words };
  };
  const ready = (run = 'run') => {
    const connection = connect();
    expect(claim(connection, { run }).verdict?.kind).toBe('welcome');
    return connection;
  };
  return {
    claim,
    clock,
    connect,
    host,
    log,
    ready,
    says,
    told,
    get killed() {
      return killed;
    },
    get idle() {
      return idle;
    },
  };
}

const flush = (link: PairedLink): readonly string[] => {
  const { queued } = link;
  link.flush();
  return queued;
};

describe('who may use a worker', () => {
  test('whoever knows the token, and the worker proves that it knows it, too', () => {
    const { claim, connect } = machine();
    const { hello, verdict, words } = claim(connect());
    expect(verdict).toEqual({ kind: 'welcome', proof: proofOf(TOKEN, 'worker', hello, words) });
  });

  test('nobody else; and neither the token nor a proof is logged', () => {
    const { claim, connect, log } = machine();
    const connection = connect();
    expect(claim(connection, { token: `${TOKEN}!` }).verdict).toEqual({
      kind: 'refused',
      why: 'the token is not the same',
    });
    expect(connection.near.ended).toBe(true);
    expect(log).toEqual(['a run from somewhere is refused: the token is not the same']);
  });

  test('nobody of another version, nobody who says something else', () => {
    const { claim, connect, told } = machine();
    expect(claim(connect(), { version: '1.0.1' }).verdict).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('1.0.1'),
    });
    const other = connect();
    other.say({ kind: 'start', order: {} });
    expect(other.near.ended).toBe(true);
    expect(told).toEqual([]);
  });

  test('nobody while another run is going on; processes of the same run up to the bound', () => {
    const { claim, connect, ready } = machine({ processes: 2 });
    const first = ready();
    expect(claim(connect(), { run: 'other' }).verdict).toMatchObject({ why: 'another run is going on' });
    const second = ready();
    expect(claim(connect()).verdict).toMatchObject({ why: expect.stringContaining('2 processes') });
    first.near.cut();
    expect(claim(connect(), { run: 'other' }).verdict).toMatchObject({ kind: 'refused' });
    second.near.cut();
    ready('other');
  });

  test('strangers are few, and are let go when they say nothing', () => {
    const { clock, connect } = machine();
    const strangers = Array.from({ length: 16 }, connect);
    expect(strangers.every(({ near }) => !near.ended)).toBe(true);
    expect(connect().near.ended).toBe(true);
    clock.advance(11_001);
    for (const { far, near } of strangers) {
      settle(near, far);
      expect(near.ended).toBe(true);
    }
    expect(connect().near.ended).toBe(false);
  });
});

describe('a run', () => {
  test('passes on what both sides say', () => {
    const { ready, says, told } = machine();
    const { far, say } = ready();
    say({ kind: 'start', order: { run: 'x' } });
    say({ kind: 'go', at: 12 });
    say({ kind: 'stop' });
    expect(told.map(({ kind }) => kind)).toEqual(['start', 'go', 'stop']);
    says[0]?.({ kind: 'failed', message: 'why' });
    expect(flush(far)).toEqual(['{"kind":"failed","message":"why"}']);
  });

  test('is told the time of this machine', () => {
    const { clock, ready } = machine();
    const { heard, say } = ready();
    clock.advance(5);
    say({ kind: 'ping', id: 7 });
    expect(JSON.parse(heard.at(-1) ?? '')).toEqual({ kind: 'pong', id: 7, at: clock.monotonic() });
  });

  test.each([
    ['its coordinator goes away', ({ near }: { near: PairedLink }) => near.cut()],
    ['somebody says what is unknown', ({ say }: { say: (message: object) => void }) => say({ kind: 'what' })],
    [
      'a second start is asked for',
      ({ say }: { say: (message: object) => void }) => say({ kind: 'start', order: {} }),
    ],
  ])('ends with its process when %s, and the next may come', (_name, end) => {
    const world = machine();
    const connection = world.ready();
    connection.say({ kind: 'start', order: {} });
    end(connection);
    expect([world.killed, world.idle]).toEqual([1, 1]);
    world.ready('next');
    world.host.close();
    expect(world.clock.pending).toBe(0);
  });

  test('ends when its coordinator has said nothing for 15 s, and not before', () => {
    const world = machine();
    const { say } = world.ready();
    say({ kind: 'start', order: {} });
    world.clock.advance(15_000);
    expect(world.killed).toBe(0);
    say({ kind: 'ping', id: 1 });
    world.clock.advance(15_000);
    expect(world.killed).toBe(0);
    world.clock.advance(1000);
    expect(world.killed).toBe(1);
  });
});
