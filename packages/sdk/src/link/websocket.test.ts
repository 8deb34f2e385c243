import { expect, test } from 'vitest';
import { FakePlatform } from '../session/testing/fake-platform.js';
import { idle } from '../session/testing/world.js';
import { isSecureUrl } from './client-link.js';
import { openWebSocket, SUBPROTOCOL } from './websocket.js';

const URL = 'wss://chat.example/xmpp-websocket';
const never = new AbortController().signal;

test('texts go both ways, in order, and those before the first listener are kept', async () => {
  const platform = new FakePlatform();
  const heard: string[] = [];
  platform.serve = (peer) => {
    peer.onText((text) => heard.push(text));
    peer.send('1');
    peer.send('2');
  };
  const link = await openWebSocket(platform, URL, 3_000, never);
  link.send('a');
  await idle();
  const got: string[] = [];
  link.onText((text) => got.push(text));
  expect([heard, got, link.secure]).toEqual([['a'], ['1', '2'], true]);
  expect(platform.clock.pending).toBe(0);
});

test.each([
  ['refuse', 'refused'],
  ['throw', 'mixed content'],
  ['no-subprotocol', 'no subprotocol'],
] as const)('%s is a failure', async (fate, reason) => {
  const platform = new FakePlatform();
  platform.fates = [fate];
  await expect(openWebSocket(platform, URL, 3_000, never)).rejects.toThrow(reason);
  expect(platform.clock.pending).toBe(0);
});

test('it may take as long as it was given, and not longer', async () => {
  const platform = new FakePlatform();
  platform.fates = ['stall'];
  const opening = openWebSocket(platform, URL, 3_000, never);
  const ended: string[] = [];
  opening.catch(() => ended.push('failed'));
  platform.clock.advance(2_999);
  await idle();
  expect(ended).toEqual([]);
  platform.clock.advance(1);
  await expect(opening).rejects.toThrow('no answer');
});

test('it can be given up', async () => {
  const platform = new FakePlatform();
  platform.fates = ['stall'];
  const abort = new AbortController();
  const opening = openWebSocket(platform, URL, 3_000, abort.signal);
  abort.abort();
  await expect(opening).rejects.toThrow('given up');
  expect(platform.clock.pending).toBe(0);
});

test('the end is told once, clean when it was ordered, and nothing is said after it', async () => {
  for (const clean of [true, false]) {
    const platform = new FakePlatform();
    const link = await openWebSocket(platform, URL, 3_000, never);
    const said: unknown[] = [];
    link.onText((text) => said.push(text));
    link.onClose((end) => said.push(end.clean));
    if (clean) link.close();
    else platform.links[0]?.cut();
    link.close();
    link.send('late');
    await idle();
    expect(said).toEqual([clean]);
    const late: boolean[] = [];
    link.onClose((end) => late.push(end.clean));
    expect(late).toEqual([clean]);
  }
});

test('the subprotocol is asked for', async () => {
  const asked: string[] = [];
  const { env, openSocket } = new FakePlatform();
  const spy = (url: string, protocol: string) => {
    asked.push(protocol);
    return openSocket(url, protocol);
  };
  await openWebSocket({ env, openSocket: spy }, URL, 3_000, never);
  expect(asked).toEqual([SUBPROTOCOL]);
});

test.each([
  ['wss://chat.example/', true],
  ['https://chat.example/', true],
  ['ws://localhost:5280/', true],
  ['http://127.0.0.1:5280/', true],
  ['ws://[::1]:5280/', true],
  ['ws://chat.example/', false],
  ['http://127.0.0.1.example/', false],
  ['ws://localhost.example/', false],
])('%s is secure: %s', (url, secure) => {
  expect(isSecureUrl(url)).toBe(secure);
});
