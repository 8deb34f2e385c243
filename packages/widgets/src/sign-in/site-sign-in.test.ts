import { FakeClock, fakeChat } from '@meerkat-chat/sdk/testing';
import { expect, test } from 'vitest';
import type { SignInUse } from './sign-in.js';
import { AGAIN_AFTER, AGAIN_AT_MOST } from './site-sign-in.js';
import { SiteSignIns } from './site-sign-ins.js';
import { PATIENCE } from './token-from.js';

const tokenOf = (sub: string) => `x.${btoa(JSON.stringify({ sub })).replace(/=+$/, '')}.x`;

function page() {
  const clock = new FakeClock();
  const asked: unknown[] = [];
  const warned: string[] = [];
  let answers: { status: number; text: string } | Error = { status: 200, text: tokenOf('mira') };
  const signIns = new SiteSignIns({
    clock,
    warn: (text) => warned.push(text),
    ask: async (url, { headers }) => {
      asked.push([url, headers]);
      if (answers instanceof Error) throw answers;
      return answers;
    },
  });
  return {
    clock,
    signIns,
    asked,
    warned,
    site: (status: number, text = '') => {
      answers = { status, text };
    },
    down: () => {
      answers = new TypeError('Failed to fetch');
    },
  };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

const source = { tokenFrom: '/chat-token', tokenNonce: 'n1' };
function tokensOf({ answer }: SignInUse) {
  if (answer?.kind !== 'in' || answer.auth.kind !== 'token') return expect.unreachable();
  return answer.auth;
}

test('elements that say the same are one person, and the site is asked once', async () => {
  const { asked, signIns } = page();
  const told: string[] = [];
  const one = signIns.use({ tokenFrom: '/chat-token' }, () => told.push('one'));
  const two = signIns.use(source, () => told.push('two'));
  expect(one.answer).toBeUndefined();
  await settle();
  expect(asked).toEqual([['/chat-token', { accept: 'application/json', 'x-wp-nonce': 'n1' }]]);
  expect(told).toEqual(['one', 'two']);
  expect(tokensOf(one)).toBe(tokensOf(two));
  one.release();
  one.release();
  expect(signIns.size).toBe(1);
  two.release();
  expect(signIns.size).toBe(0);
});

test('elements that say something else are not', async () => {
  const { signIns } = page();
  const one = signIns.use(source, () => {});
  const other = signIns.use({ tokenFrom: '/other' }, () => {});
  const own = signIns.use({ getToken: async () => tokenOf('joe') }, () => {});
  await settle();
  expect(new Set([one, other, own].map(tokensOf)).size).toBe(3);
});

test('what an element says by then counts the next time', async () => {
  const { asked, signIns } = page();
  const element = { ...source };
  const use = signIns.use(element, () => {});
  await settle();
  element.tokenNonce = 'n2';
  await tokensOf(use).getToken?.();
  expect(asked.at(-1)).toEqual(['/chat-token', { accept: 'application/json', 'x-wp-nonce': 'n2' }]);
});

test('nobody is signed in; the owner hears why only where there is something to hear', async () => {
  const { signIns, site, warned } = page();
  site(401);
  const one = signIns.use(source, () => {});
  await settle();
  expect(one.answer).toEqual({ kind: 'out' });
  expect(warned).toEqual([]);
  one.release();
  site(403, 'nonce');
  const two = signIns.use(source, () => {});
  await settle();
  expect(two.answer).toMatchObject({ kind: 'out' });
  expect(warned).toEqual(['Chat: token from /chat-token: it answered 403: nonce']);
});

test('a site that does not answer is asked again, later each time, and the owner is told once', async () => {
  const { asked, clock, down, signIns, site, warned } = page();
  down();
  const use = signIns.use(source, () => {});
  await settle();
  expect(use.answer).toMatchObject({ kind: 'down' });
  for (const wait of [AGAIN_AFTER, 2 * AGAIN_AFTER, 4 * AGAIN_AFTER, 8 * AGAIN_AFTER, AGAIN_AT_MOST]) {
    const before = asked.length;
    clock.advance(wait - 1);
    expect(asked).toHaveLength(before);
    clock.advance(1);
    await settle();
    expect(asked).toHaveLength(before + 1);
  }
  expect(warned).toEqual(['Chat: token from /chat-token: Failed to fetch']);
  site(200, tokenOf('mira'));
  clock.advance(AGAIN_AT_MOST);
  await settle();
  expect(tokensOf(use)).toMatchObject({ kind: 'token' });
  use.release();
  expect(clock.pending).toBe(0);
});

test('where no way to a token is named the page itself is not asked for one', async () => {
  const { asked, signIns, warned } = page();
  const use = signIns.use({ auth: 'token' }, () => {});
  await settle();
  expect(asked).toEqual([]);
  expect(use.answer?.kind).toBe('down');
  expect(warned).toEqual(['Chat: token from nowhere: there is neither token-from nor getToken']);
  use.release();
});

test('who lets go is not asked for again', async () => {
  const { clock, down, signIns } = page();
  down();
  const use = signIns.use(source, () => {});
  await settle();
  use.release();
  expect(clock.pending).toBe(0);
  const quick = signIns.use(source, () => {});
  quick.release();
  await settle();
  expect(clock.pending).toBe(0);
});

test.each([
  ['signs out of the site', 401, ''],
  ['is somebody else there now', 200, tokenOf('joe')],
])('who %s is signed out of the chat, and who comes then begins anew', async (_, status, text) => {
  const { asked, signIns, site } = page();
  const use = signIns.use(source, () => {});
  await settle();
  const chat = fakeChat();
  use.follow(chat);
  use.follow(chat);
  site(status, text);
  await expect(tokensOf(use).getToken?.()).rejects.toThrow('somebody else');
  expect(chat.status.value).toEqual({ state: 'closed' });
  const before = asked.length;
  const next = signIns.use(source, () => {});
  await settle();
  expect(asked).toHaveLength(before + 1);
  use.release();
  expect(signIns.size).toBe(1);
  next.release();
});

test('a site that is down while a token is renewed ends nothing', async () => {
  const { down, signIns } = page();
  const use = signIns.use(source, () => {});
  await settle();
  const chat = fakeChat();
  use.follow(chat);
  down();
  await expect(tokensOf(use).getToken?.()).rejects.toThrow('Failed to fetch');
  expect(chat.status.value.state).toBe('online');
});

test('a site that is asked anew is asked for those who come then', async () => {
  const { asked, signIns, site } = page();
  site(401);
  const one = signIns.use(source, () => {});
  const two = signIns.use(source, () => {});
  await settle();
  site(200, tokenOf('mira'));
  one.forget();
  const again = signIns.use(source, () => {});
  await settle();
  expect(asked).toHaveLength(2);
  expect(tokensOf(again)).toMatchObject({ kind: 'token' });
  expect(two.answer).toMatchObject({ kind: 'out' });
});

test('of a token that the server refuses the owner is told once', async () => {
  const { signIns, warned } = page();
  const use = signIns.use(source, () => {});
  await settle();
  const chat = fakeChat();
  use.follow(chat);
  chat.become({ state: 'refused', reason: 'unreachable' });
  expect(warned).toEqual([]);
  chat.become({ state: 'refused', reason: 'not-authorized' });
  chat.become({ state: 'connecting' });
  chat.become({ state: 'refused', reason: 'not-authorized' });
  expect(warned).toEqual([
    expect.stringMatching(/^Chat: token from \/chat-token: the chat server refused it/),
  ]);
});

test('a function of the page that never answers is told of, is not called again meanwhile, and may answer late', async () => {
  const { clock, signIns, warned } = page();
  const calls: ((token: string | null) => void)[] = [];
  const getToken = () => new Promise<string | null>((resolve) => void calls.push(resolve));
  const told: string[] = [];
  const use = signIns.use({ getToken }, () => told.push('changed'));
  await settle();
  clock.advance(PATIENCE);
  await settle();
  expect(use.answer).toEqual({ kind: 'down' });
  expect(warned).toEqual(['Chat: token from getToken: it has given nothing for 15 s']);
  clock.advance(10 * AGAIN_AT_MOST);
  await settle();
  expect(calls).toHaveLength(1);
  calls[0]?.(tokenOf('mira'));
  await settle();
  expect(told).toEqual(['changed', 'changed']);
  const auth = tokensOf(use);
  // A renewal is no reason to wait for ever, either, and ends nothing.
  const renewed = auth.getToken?.();
  await settle();
  clock.advance(PATIENCE);
  await expect(renewed).rejects.toThrow('it has given nothing');
  use.release();
  expect(clock.pending).toBe(0);
});

test('who presses for another try has the function called anew', async () => {
  const { clock, signIns } = page();
  const calls: ((token: string | null) => void)[] = [];
  const getToken = () => new Promise<string | null>((resolve) => void calls.push(resolve));
  const use = signIns.use({ getToken }, () => {});
  await settle();
  clock.advance(PATIENCE);
  await settle();
  use.forget();
  const again = signIns.use({ getToken }, () => {});
  use.release();
  await settle();
  expect(calls).toHaveLength(2);
  calls[1]?.(tokenOf('mira'));
  await settle();
  expect(tokensOf(again).kind).toBe('token');
  again.release();
  // The first call answers for nobody.
  calls[0]?.(null);
  await settle();
  expect(tokensOf(again).kind).toBe('token');
  expect(clock.pending).toBe(0);
});
