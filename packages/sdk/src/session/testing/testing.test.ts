import { el, NS } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { FakeBosh } from './fake-bosh.js';
import { blockedStorage, FakePlatform, fakeLocks } from './fake-platform.js';
import { FakeServer } from './fake-server.js';
import { idle, message, pass } from './world.js';

test('a lock has one holder at a time', async () => {
  const locks = fakeLocks();
  let release = (): void => {};
  const first = locks.request(
    'a',
    { ifAvailable: true },
    () => new Promise<void>((done) => (release = done)),
  );
  expect(await locks.request('a', { ifAvailable: true }, async (lock) => lock)).toBeNull();
  release();
  await first;
  expect(await locks.request('a', { ifAvailable: true }, async (lock) => lock !== null)).toBe(true);
});

test('blocked storage throws, as in a sandboxed frame', () => {
  expect(() => blockedStorage().getItem('a')).toThrow('denied');
});

test('time passes in steps, so that answers have their time', async () => {
  const platform = new FakePlatform();
  const ran: number[] = [];
  platform.clock.after(700, () => void Promise.resolve().then(() => ran.push(platform.clock.now())));
  const start = platform.clock.now();
  await pass(platform, 1_200);
  expect(ran.map((at) => at - start)).toEqual([1_000]);
});

test('an answer of BOSH is repeated byte for byte, and what it answered is not done again', async () => {
  const server = new FakeServer();
  const bosh = new FakeBosh(server.accept);
  const { signal } = new AbortController();
  const post = async (body: string): Promise<string> =>
    (await bosh.fetch('https://chat.example/', { method: 'POST', body, signal })).text();
  const head = `<body xmlns="${NS.httpBind}"`;
  const created = await post(`${head} rid="1" to="server.example"/>`);
  expect(created).toMatch(/sid="sid1".*<stream:features/);
  const auth = `<auth xmlns="${NS.sasl}" mechanism="ANONYMOUS">=</auth>`;
  const once = await post(`${head} sid="sid1" rid="2">${auth}</body>`);
  expect(once).toContain('<success');
  expect(await post(`${head} sid="sid1" rid="2">${auth}</body>`)).toBe(once);
  expect(server.heard[0]?.filter((text) => text.startsWith('<auth'))).toHaveLength(1);
});

test('the server throws at a count that is wrong', async () => {
  const server = new FakeServer();
  expect(() => server.onlySession).toThrow('0 sessions');
  expect(message('a')).toEqual(
    el('message', NS.client, { to: 'x@server.example' }, el('body', NS.client, {}, 'a')),
  );
  await idle();
});
