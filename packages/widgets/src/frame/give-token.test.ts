import { expect, test } from 'vitest';
import { type AskingFrame, giveToken } from './give-token.js';

const CHAT = 'https://chat.example';

async function given(answer: { status: number; text: string }, origin = CHAT, tokenFrom = '/chat-token') {
  const posted: unknown[] = [];
  const asked: unknown[] = [];
  const warned: string[] = [];
  const frame = {
    dataset: tokenFrom ? { tokenFrom, tokenNonce: 'n1' } : {},
    contentWindow: { postMessage: (...said: unknown[]) => posted.push(said) },
  };
  const ask = async (url: string, { headers }: { headers: object }) => {
    asked.push([url, headers]);
    return answer;
  };
  await giveToken(frame as unknown as AskingFrame, origin, 'nonce', ask, (text) => warned.push(text));
  return { posted, asked, warned };
}

const message = (token: unknown) => [[{ meerkat: 1, type: 'token', nonce: 'nonce', token }, CHAT]];

test('a frame gets the token of whoever is signed in, at its own origin', async () => {
  const { asked, posted } = await given({ status: 200, text: 'a.b.c' });
  expect(posted).toEqual(message('a.b.c'));
  expect(asked).toEqual([['/chat-token', { accept: 'application/json', 'x-wp-nonce': 'n1' }]]);
});

test('it is told that nobody is, or that nobody knows', async () => {
  expect((await given({ status: 401, text: '' })).posted).toEqual(message(null));
  const down = await given({ status: 500, text: '' });
  expect(down.posted).toEqual(message(undefined));
  expect(down.warned).toEqual(['Chat: token from /chat-token: it answered 500']);
});

test('a frame of no origin gets none, and nobody is asked for it', async () => {
  const { asked, posted, warned } = await given({ status: 200, text: 'a.b.c' }, 'null');
  expect([asked, posted]).toEqual([[], []]);
  expect(warned).toEqual([expect.stringContaining('allow-same-origin')]);
});

test('a page that gives none by the loader may answer by itself', async () => {
  expect(await given({ status: 200, text: '' }, CHAT, '')).toEqual({ posted: [], asked: [], warned: [] });
});
