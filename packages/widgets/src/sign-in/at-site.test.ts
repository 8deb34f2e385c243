import { fakeChat } from '@meerkat-chat/sdk/testing';
import { expect, test } from 'vitest';
import { AtSite } from './at-site.js';

const tokenOf = (sub: string) => `x.${btoa(JSON.stringify({ sub })).replace(/=+$/, '')}.x`;

function element(says: { readonly auth?: 'cookie'; readonly getToken?: () => Promise<string | null> }) {
  const told: string[] = [];
  const chat = fakeChat();
  const visit = { chat };
  const site = new AtSite(
    { ...says, chat: undefined, requestUpdate: () => told.push('update') },
    { visit: () => visit, move: () => told.push('move') },
  );
  return { site, told, chat, visit };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

test('who signs in by a token is known once the page has given it', async () => {
  const { site, told } = element({ getToken: async () => tokenOf('mira') });
  expect(site.ask()).toBeUndefined();
  await settle();
  expect(told).toEqual(['update']);
  expect(site.ask()).toMatchObject({ auth: { kind: 'token' } });
  expect(site.out).toBe(false);
  site.leave()();
});

test('a page that gives none has nobody signed in, until that is found out anew', async () => {
  let token: string | null = null;
  const { site } = element({ getToken: async () => token });
  site.ask();
  await settle();
  expect(site.ask()).toEqual({});
  expect(site.out).toBe(true);
  token = tokenOf('mira');
  site.forget();
  site.renew()();
  expect(site.out).toBe(false);
  expect(site.ask()).toBeUndefined();
  await settle();
  expect(site.ask()).toMatchObject({ auth: { kind: 'token' } });
  site.leave()();
});

test('a page that cannot say it now is no page where nobody is signed in', async () => {
  const { site } = element({ getToken: () => Promise.reject(new Error('down')) });
  site.ask();
  await settle();
  expect(site.ask()).toBe('site');
  expect(site.out).toBe(false);
  site.leave()();
});

test('a cookie that is nobody’s makes way for a guest, once', () => {
  const { site, told, chat } = element({ auth: 'cookie' });
  site.look();
  chat.become({ state: 'refused', reason: 'unsupported' });
  site.look();
  expect([told, site.instead]).toEqual([[], false]);
  chat.become({ state: 'refused', reason: 'not-authorized' });
  site.look();
  site.look();
  expect([told, site.instead, site.out]).toEqual([['move'], true, true]);
  site.renew()();
  expect([site.instead, site.out]).toEqual([false, false]);
});

test('trying again looks at the cookie again, and at nothing else of a chat', () => {
  const cookie = element({ auth: 'cookie' });
  cookie.site.forget();
  expect(cookie.chat.log).toEqual(['retry']);
  const token = element({ getToken: async () => null });
  token.site.forget();
  expect(token.chat.log).toEqual([]);
});

test('without the cookie, a refusal is one', () => {
  const { site, told, chat } = element({});
  chat.become({ state: 'refused', reason: 'not-authorized' });
  site.look();
  expect([told, site.instead]).toEqual([[], false]);
});

test('a guest whose session cannot become somebody’s comes anew', async () => {
  const { site, told, visit } = element({ auth: 'cookie' });
  // It is none of the page's sessions.
  site.become(visit, { kind: 'cookie' });
  await settle();
  expect(told).toEqual(['move']);
});
