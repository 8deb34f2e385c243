import { expect, test } from 'vitest';

test('importing it does nothing, in Node too, and gives these names', async () => {
  const before = Object.keys(globalThis).sort();
  const entry = await import('./index.js');
  expect(Object.keys(entry).sort()).toEqual([
    'RequestError',
    'SignInError',
    'claimsOf',
    'createChat',
    'register',
  ]);
  expect(Object.keys(globalThis).sort()).toEqual(before);
});

test('a chat can be made where there is no page', async () => {
  const { createChat } = await import('./index.js');
  const chat = createChat({ server: 'https://chat.example' });
  expect(chat.room('lobby').jid).toBe('lobby@rooms.chat.example');
  expect(chat.status.value).toEqual({ state: 'idle' });
  chat.close();
});
