import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { NOWHERE } from '../testing/play.js';
import { connector, sourceOf } from './connect.js';

test('users take the addresses of this machine in turn, to a server on it', () => {
  const of = (index: number, sources: number) => sourceOf('ws://127.0.0.1:5280/', index, sources);
  expect([0, 1, 2, 3].map((index) => of(index, 3))).toEqual([
    '127.0.0.1',
    '127.0.0.2',
    '127.0.0.3',
    '127.0.0.1',
  ]);
  expect(of(300, 1000)).toBe('127.0.0.47');
  expect(of(5, 1)).toBeUndefined();
  expect(sourceOf('ws://chat.example/', 5, 3)).toBeUndefined();
});

test('a server that is not there is told by its URL: each user goes to their own', async () => {
  const env = { clock: new FakeClock(), random: new SeededRandom(1) };
  const target = { ...NOWHERE, url: ['ws://127.0.0.1:1/one', 'ws://127.0.0.1:1/two'] };
  const connect = connector({ target, spread: { users: 4, together: 2 }, sources: 1 }, env);
  const listener = { frame: () => {}, ended: () => {} };
  await expect(connect(1, listener)).rejects.toThrow('/one');
  await expect(connect(2, listener)).rejects.toThrow('/two');
  expect(env.clock.pending).toBe(0);
});
