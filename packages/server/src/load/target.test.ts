import { expect, test } from 'vitest';
import { isLoopback, transportOf } from './target.js';

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
