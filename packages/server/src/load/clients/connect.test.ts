import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { NOWHERE } from '../testing/play.js';
import { connector, sourceOf, sourcesFor } from './connect.js';

test('users take the addresses of a net of this machine in turn, to a server on it', () => {
  const of = (index: number, count: number, net = 6) =>
    sourceOf('ws://127.0.0.1:5280/', index, { count, net });
  expect([0, 1, 2, 3].map((index) => of(index, 3))).toEqual([
    '127.7.0.1',
    '127.7.0.2',
    '127.7.0.3',
    '127.7.0.1',
  ]);
  expect([of(253, 1000), of(254, 1000), of(65_023, 1e6), of(65_024, 1e6)]).toEqual([
    '127.7.0.254',
    '127.7.1.1',
    '127.7.255.254',
    '127.7.0.1',
  ]);
  expect([of(0, 2, 253), of(0, 2, 254)]).toEqual(['127.254.0.1', '127.1.0.1']);
  expect(of(5, 1)).toBeUndefined();
  expect(sourceOf('ws://chat.example/', 5, { count: 3, net: 0 })).toBeUndefined();
});

test('there are enough addresses for all users, of another net in each run', () => {
  const random = new SeededRandom(1);
  const counts = [2, 1000, 1001, 50_000].map((users) => sourcesFor(users, random).count);
  expect(counts).toEqual([1, 1, 2, 50]);
  expect(sourcesFor(50_000, random, 3).count).toBe(3);
  const nets = Array.from({ length: 20 }, () => sourcesFor(2, random).net);
  expect(new Set(nets).size).toBeGreaterThan(10);
  expect(nets.every((net) => Number.isInteger(net) && net >= 0 && net < 254)).toBe(true);
});

test('a server that is not there is told by its URL: each user goes to their own', async () => {
  const env = { clock: new FakeClock(), random: new SeededRandom(1) };
  const target = { ...NOWHERE, url: ['ws://127.0.0.1:1/one', 'ws://127.0.0.1:1/two'] };
  const connect = connector(
    { target, spread: { users: 4, together: 2 }, sources: { count: 1, net: 0 } },
    env,
  );
  const listener = { frame: () => {}, ended: () => {} };
  await expect(connect(1, listener)).rejects.toThrow('/one');
  await expect(connect(2, listener)).rejects.toThrow('/two');
  expect(env.clock.pending).toBe(0);
});
