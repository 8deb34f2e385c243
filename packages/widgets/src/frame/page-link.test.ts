import { FakeClock } from '@meerkat-chat/sdk/testing';
import { describe, expect, test } from 'vitest';
import { PageLink } from './page-link.js';
import { TOKEN_PATIENCE } from './wanted-token.js';

const BLOG = 'https://blog.example';
const nonce = '0123456789abcdef';
const said = { id: 'a', own: false, nick: 'Mira', text: 'secret' };

function scene(readers: readonly string[] = [], tokenOrigins: readonly string[] = []) {
  const clock = new FakeClock();
  const log: unknown[] = [];
  const link = new PageLink({
    post: ({ meerkat: _, ...message }, target) => log.push([message, target]),
    readers,
    tokenOrigins,
    after: (delay, run) => clock.after(delay, run),
    cover: (insets) => log.push(insets),
    signedOut: () => log.push('signed out'),
    proved: (answer) => log.push(`proof ${answer}`),
  });
  return {
    clock,
    link,
    takes: () => log.splice(0),
    hears: (data: object, origin = BLOG) => link.hear({ data: { meerkat: 1, nonce, ...data }, origin }),
  };
}

test('says that it is there, and nothing more to whom it does not know', () => {
  const { link, takes } = scene();
  link.status('online');
  link.height(480);
  link.seen(false);
  link.message(said);
  expect(takes()).toEqual([[{ type: 'ready' }, '*']]);
});

test('tells a loader how things stand, and then what changes', () => {
  const { link, takes, hears } = scene();
  link.status('online');
  link.height(479.2);
  takes();
  hears({ type: 'hello' });
  expect(takes()).toEqual([
    [{ type: 'status', nonce, status: 'online' }, BLOG],
    [{ type: 'unread', nonce, count: 0 }, BLOG],
    [{ type: 'height', nonce, height: 480 }, BLOG],
  ]);
  link.status('online');
  link.height(480);
  expect(takes()).toEqual([]);
  link.status('offline');
  expect(takes()).toEqual([[{ type: 'status', nonce, status: 'offline' }, BLOG]]);
});

test('counts as unread what others say while nobody sees it', () => {
  const { link, takes, hears } = scene();
  hears({ type: 'hello' });
  link.message(said);
  link.seen(false);
  takes();
  link.message({ ...said, own: true });
  link.message(said);
  link.message(said);
  const counts = () =>
    takes().flatMap((entry) => {
      const [message] = entry as [{ type: string; count?: number }];
      return message.type === 'unread' ? [message.count] : [];
    });
  expect(counts()).toEqual([1, 2]);
  link.seen(true);
  link.seen(true);
  expect(counts()).toEqual([0]);
});

test.each([
  ['any page', [], {}],
  ['a page that the server names', [BLOG], { nick: 'Mira', text: 'secret' }],
  ['a page of another name', ['https://blog.example:8443'], {}],
])('what is said, to %s', (_, readers, words) => {
  const { link, takes, hears } = scene(readers);
  hears({ type: 'hello' });
  takes();
  link.message(said);
  expect(takes()).toEqual([[{ type: 'message', nonce, id: 'a', own: false, ...words }, BLOG]]);
});

test('who spoke first is the loader: another origin is not answered, nor another nonce obeyed', () => {
  const { link, takes, hears } = scene();
  hears({ type: 'insets', top: 0, bottom: 300 });
  hears({ type: 'hello' });
  takes();
  hears({ type: 'hello' }, 'https://evil.example');
  hears({ type: 'insets', top: 0, bottom: 300, nonce: 'fedcba9876543210' });
  hears({ type: 'insets', top: 0, bottom: 300 }, 'https://evil.example');
  link.status('online');
  expect(takes()).toEqual([[{ type: 'status', nonce, status: 'online' }, BLOG]]);
  hears({ type: 'insets', top: 8, bottom: 300 });
  expect(takes()).toEqual([{ top: 8, bottom: 300 }]);
});

test('a loader that comes again is answered under its new nonce', () => {
  const { takes, hears, link } = scene();
  hears({ type: 'hello' });
  hears({ type: 'hello', nonce: 'fedcba9876543210' });
  takes();
  link.status('online');
  expect(takes()).toEqual([[{ type: 'status', nonce: 'fedcba9876543210', status: 'online' }, BLOG]]);
});

test('a page without an origin of its own cannot be addressed by it', () => {
  const { takes, hears } = scene();
  takes();
  hears({ type: 'hello' }, 'null');
  expect(takes()[0]).toEqual([{ type: 'status', nonce, status: 'connecting' }, '*']);
});

describe('a token of the page around', () => {
  const wanted = [{ type: 'token-wanted', nonce }, BLOG];

  test('is asked for once it is there, once for all who want it, and again after that', async () => {
    const { link, takes, hears } = scene([], [BLOG]);
    const first = link.token();
    const second = link.token();
    expect(takes()).toEqual([[{ type: 'ready' }, '*']]);
    hears({ type: 'hello' });
    expect(takes()).toContainEqual(wanted);
    hears({ type: 'token', token: 'a.b.c' });
    expect(await Promise.all([first, second])).toEqual(['a.b.c', 'a.b.c']);
    const third = link.token();
    expect(takes()).toEqual([wanted]);
    hears({ type: 'token', token: null });
    expect(await third).toBeNull();
  });

  test('is asked for again of a loader that comes anew', async () => {
    const { link, takes, hears } = scene([], [BLOG]);
    hears({ type: 'hello' });
    const token = link.token();
    takes();
    hears({ type: 'hello', nonce: 'fedcba9876543210' });
    expect(takes()).toContainEqual([{ type: 'token-wanted', nonce: 'fedcba9876543210' }, BLOG]);
    hears({ type: 'token', token: 'old.one.x' });
    hears({ type: 'token', token: 'a.b.c', nonce: 'fedcba9876543210' });
    expect(await token).toBe('a.b.c');
  });

  test('comes only from an origin that the server names, and no other is asked', async () => {
    const { link, takes, hears } = scene([], ['https://shop.example']);
    const token = link.token();
    takes();
    hears({ type: 'hello' });
    await expect(token).rejects.toThrow('pages of https://blog.example may not say who signs in');
    expect(JSON.stringify(takes())).not.toContain('token-wanted');
    // It had the first word: another window of the page is not listened to.
    const again = link.token();
    hears({ type: 'token', token: 'a.b.c' }, 'https://shop.example');
    await expect(again).rejects.toThrow('may not');
  });

  test('that nobody asked for, or that is none, is not taken', async () => {
    const { clock, link, hears } = scene([], [BLOG]);
    hears({ type: 'hello' });
    hears({ type: 'token', token: 'a.b.c' });
    const token = link.token();
    hears({ type: 'token', token: '<b>' });
    await expect(token).rejects.toThrow('cannot say now');
    expect(clock.pending).toBe(0);
  });

  test('is waited for so long and no longer', async () => {
    const { clock, link } = scene([], [BLOG]);
    const token = link.token();
    clock.advance(TOKEN_PATIENCE);
    await expect(token).rejects.toThrow('gives no token');
    expect(clock.pending).toBe(0);
  });
});

test('a page that may say who signs in says that nobody is any more; others are not heard', () => {
  const named = scene([], [BLOG]);
  named.hears({ type: 'hello' });
  named.takes();
  named.hears({ type: 'signed-out' }, 'https://evil.example');
  named.hears({ type: 'signed-out', nonce: '0123456789abcdeg' });
  expect(named.takes()).toEqual([]);
  named.hears({ type: 'signed-out' });
  expect(named.takes()).toEqual(['signed out']);

  const other = scene([BLOG], ['https://shop.example']);
  other.hears({ type: 'hello' });
  other.takes();
  other.hears({ type: 'signed-out' });
  expect(other.takes()).toEqual([]);
});

test('a proof is asked of the page around, of one that comes later too, and taken once for each time', () => {
  const { link, takes, hears } = scene();
  hears({ type: 'proof', answer: 'unasked' });
  link.proof(true);
  takes();
  hears({ type: 'hello' });
  const wanted = [{ type: 'proof-wanted', nonce }, BLOG];
  expect(takes().at(-1)).toEqual(wanted);
  link.proof(true);
  hears({ type: 'proof', answer: 'a' }, 'https://evil.example');
  hears({ type: 'proof', answer: 'a', nonce: '0123456789abcdeg' });
  expect(takes()).toEqual([]);
  hears({ type: 'proof', answer: 'a' });
  hears({ type: 'proof', answer: 'b' });
  expect(takes()).toEqual(['proof a']);

  // It was not good enough: the room says so after a try.
  link.proof(false);
  link.proof(true);
  expect(takes()).toEqual([wanted]);
  link.proof(false);
  hears({ type: 'hello' });
  hears({ type: 'proof', answer: 'too late' });
  expect(takes()).not.toContainEqual(wanted);
});
