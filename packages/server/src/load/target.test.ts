import { expect, test } from 'vitest';
import { hostOf, isLoopback, serverOf, transportOf, transportOfAll, urlsOf } from './target.js';

test('a URL decides the transport', () => {
  const urls = ['ws://a/', 'wss://a/', 'http://a/', 'https://a/', 'xmpp://a:5222'];
  expect(urls.map(transportOf)).toEqual(['websocket', 'websocket', 'bosh', 'bosh', 'tcp']);
  for (const url of ['ftp://a/', 'localhost:5280', '']) expect(() => transportOf(url)).toThrow(RangeError);
});

test('many source addresses are only there for a server on this machine', () => {
  expect(['ws://127.0.0.1:1/', 'ws://localhost/', 'ws://chat.example/'].map(isLoopback)).toEqual([
    true,
    true,
    false,
  ]);
});

test('several servers are of one kind', () => {
  expect(urlsOf({ url: 'ws://a/' })).toEqual(['ws://a/']);
  expect(transportOfAll(urlsOf({ url: ['ws://a/', 'wss://b/'] }))).toBe('websocket');
  expect(() => transportOfAll(['ws://a/', 'http://b/'])).toThrow('same kind');
  expect(() => transportOfAll([])).toThrow('a server');
});

test('users are spread evenly, whoever belongs together on one server', () => {
  const spread = (users: number, servers: number, together: number, cluster = false): number[] =>
    Array.from({ length: users }, (_, user) => serverOf(user, { users, servers, together, cluster }));
  expect(spread(8, 2, 2)).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  expect(spread(10, 2, 3)).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 1]);
  expect(spread(5, 1, 5)).toEqual([0, 0, 0, 0, 0]);
  expect(spread(4, 3, 1)).toEqual([0, 0, 1, 2]);
  expect(spread(5, 2, 5, true)).toEqual([0, 1, 0, 1, 0]);
  const counts = [0, 0, 0];
  for (const server of spread(30_000, 3, 25)) counts[server] = (counts[server] ?? 0) + 1;
  expect(counts).toEqual([10_000, 10_000, 10_000]);
});

test('the host of a URL, as sockets take it', () => {
  const hosts = ['ws://[::1]:5280/', 'ws://127.0.0.1/', 'wss://chat.example:1/'].map((url) =>
    hostOf(new URL(url)),
  );
  expect(hosts).toEqual(['::1', '127.0.0.1', 'chat.example']);
});
