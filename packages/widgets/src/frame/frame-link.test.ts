import { FakeClock } from '@meerkat-chat/sdk/testing';
import { expect, test } from 'vitest';
import { FrameLink, type Heard, PATIENCE } from './frame-link.js';

const CHAT = 'https://chat.example';

function scene(origin = CHAT) {
  const clock = new FakeClock();
  const log: unknown[] = [];
  const frame = {} as MessageEventSource;
  let [insets, nonces] = [{ top: 0, bottom: 0 }, 0];
  const link = new FrameLink(
    {
      isSource: (source) => source === frame,
      origin: () => origin,
      post: (message, target) => log.push([message.type, message.nonce, target]),
      insets: () => insets,
      tell: (name, detail) => log.push([name, detail]),
      resize: (height) => log.push(['resize', height]),
      giveToken: (...whom) => log.push(['token', ...whom]),
    },
    () => `nonce-${++nonces}`,
    (delay, run) => clock.after(delay, run),
  );
  return {
    clock,
    link,
    takes: () => log.splice(0),
    says: (data: object, more: Partial<Heard> = {}) =>
      link.hear({ data: { meerkat: 1, nonce: `nonce-${nonces}`, ...data }, origin, source: frame, ...more }),
    covers: (bottom: number) => {
      insets = { top: 0, bottom };
      link.moved();
    },
  };
}

test('a frame that is ready is greeted, and what it says becomes events and height', () => {
  const { takes, says } = scene();
  says({ type: 'ready' });
  says({ type: 'status', status: 'online' });
  says({ type: 'unread', count: 3 });
  says({ type: 'height', height: 480 });
  says({ type: 'token-wanted' });
  says({ type: 'proof-wanted' });
  says({ type: 'message', id: 'a', own: false });
  says({ type: 'message', id: 'b', own: true, nick: 'Mira', text: 'hi' });
  expect(takes()).toEqual([
    ['hello', 'nonce-1', '*'],
    ['meerkat:status', { status: 'online' }],
    ['meerkat:unread', { count: 3 }],
    ['resize', 480],
    ['token', CHAT, 'nonce-1'],
    ['meerkat:proof-wanted', {}],
    ['meerkat:message', { id: 'a', own: false }],
    ['meerkat:message', { id: 'b', own: true, nick: 'Mira', text: 'hi' }],
  ]);
});

test('nobody else is believed: another window, another origin, a sandboxed one, an earlier document', () => {
  const { link, takes, says } = scene();
  link.greet();
  takes();
  const unread = { type: 'unread', count: 3 };
  says(unread, { source: {} as MessageEventSource });
  says(unread, { source: null });
  says(unread, { origin: 'https://chat.example.evil' });
  says(unread, { origin: 'null' });
  says({ ...unread, nonce: 'nonce-0' });
  says({ ...unread, nonce: undefined });
  says({ type: 'ready' }, { origin: 'https://evil.example' });
  expect(takes()).toEqual([]);
  says({ type: 'ready' });
  says({ ...unread, nonce: 'nonce-1' });
  expect(takes()).toEqual([['hello', 'nonce-2', '*']]);
});

test('a sandboxed frame has no origin to address; its window and the nonce are what is believed', () => {
  const { link, takes, says, covers } = scene('null');
  link.greet();
  says({ type: 'unread', count: 1 });
  says({ type: 'unread', count: 2 }, { origin: CHAT });
  covers(300);
  expect(takes()).toEqual([
    ['hello', 'nonce-1', '*'],
    ['meerkat:unread', { count: 1 }],
    ['insets', 'nonce-1', '*'],
  ]);
});

test('insets are told when they change, and again to a new document', () => {
  const { link, takes, covers, says } = scene();
  covers(300);
  link.greet();
  covers(300);
  expect(takes(), 'nobody is there yet').toEqual([['hello', 'nonce-1', '*']]);
  says({ type: 'unread', count: 0 });
  covers(300);
  covers(0);
  const posted = () => takes().filter((entry) => (entry as string[])[0] === 'insets');
  expect(posted()).toEqual([
    ['insets', 'nonce-1', CHAT],
    ['insets', 'nonce-1', CHAT],
  ]);
  covers(300);
  posted();
  says({ type: 'ready' });
  says({ type: 'unread', count: 0 });
  expect(posted()).toEqual([['insets', 'nonce-2', CHAT]]);
});

test('a frame that loads and says nothing is blocked, and the page hears it', () => {
  const { clock, link, takes, says } = scene();
  link.loaded();
  clock.advance(PATIENCE - 1);
  expect(takes()).toEqual([['hello', 'nonce-1', '*']]);
  clock.advance(1);
  expect(takes()).toEqual([['meerkat:status', { status: 'blocked' }]]);
  link.loaded();
  says({ type: 'status', status: 'connecting' });
  takes();
  clock.advance(PATIENCE);
  expect(takes()).toEqual([]);
  expect(clock.pending).toBe(0);
});

test('a link that is closed waits for nothing', () => {
  const { clock, link } = scene();
  link.loaded();
  link.close();
  expect(clock.pending).toBe(0);
});

test.each([
  [CHAT, CHAT],
  ['null', '*'],
])('what a page has to say goes to the room of origin %s alone, once that is there', (origin, target) => {
  const { link, takes, says } = scene(origin);
  link.tell({ type: 'signed-out' });
  link.greet();
  link.tell({ type: 'signed-out' });
  expect(takes()).toEqual([['hello', 'nonce-1', '*']]);
  says({ type: 'status', status: 'online' });
  takes();
  link.tell({ type: 'signed-out' });
  link.tell({ type: 'proof', answer: 'x' });
  expect(takes()).toEqual([
    ['signed-out', 'nonce-1', target],
    ['proof', 'nonce-1', target],
  ]);
});

test('a page cannot say anything in the name of the loader', () => {
  const said: unknown[] = [];
  const frame = {} as MessageEventSource;
  const link = new FrameLink(
    {
      isSource: () => true,
      origin: () => CHAT,
      post: (message) => said.push(message),
      insets: () => ({ top: 0, bottom: 0 }),
      tell: () => {},
      resize: () => {},
      giveToken: () => {},
    },
    () => 'n'.repeat(16),
    () => () => {},
  );
  link.greet();
  const status = { meerkat: 1, type: 'status', status: 'online', nonce: 'n'.repeat(16) };
  link.hear({ data: status, origin: CHAT, source: frame });
  link.tell(Object.assign({ type: 'signed-out' } as const, { meerkat: 2, nonce: 'mine' }));
  expect(said.at(-1)).toEqual({ meerkat: 1, type: 'signed-out', nonce: 'n'.repeat(16) });
});
