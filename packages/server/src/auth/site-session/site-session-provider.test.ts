import { parseDomainJid } from '@meerkat-chat/xmpp';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { beforeEach, expect, test } from 'vitest';
import { silentLogger } from '../../kernel/logger.js';
import { Cookies } from '../../link/cookies.js';
import type { AuthVerdict } from '../provider.js';
import { type SiteSessionSettings, siteSessionSettings } from './settings.js';
import { MAX_ANSWER, MAX_COOKIE, type SiteFetch, siteSessionProvider } from './site-session-provider.js';

const domain = parseDomainJid('chat.example') ?? expect.unreachable();
const peer = { transport: 'websocket', address: '192.0.2.7', secure: true, origin: undefined } as const;
const url = 'https://shop.example/chat-user';
const mira = { status: 200, body: JSON.stringify({ sub: 'Mira', name: 'Mira Kim', rooms: ['hall'] }) };

interface Site {
  answer: { readonly status: number; readonly body: string } | Error | 'nothing';
  readonly asked: Parameters<SiteFetch>[];
}

let clock: FakeClock;
let site: Site;
beforeEach(() => {
  clock = new FakeClock();
  site = { answer: mira, asked: [] };
});

function provider(settings: Partial<SiteSessionSettings> = {}) {
  const all = siteSessionSettings.parse({ cookies: ['session', 'remember'], ...settings });
  const { cookies } = siteSessionProvider({
    domain,
    clock,
    log: silentLogger,
    settings: { ...all, url },
    fetch: (...asked) => {
      site.asked.push(asked);
      const { answer } = site;
      if (answer instanceof Error) return Promise.reject(answer);
      if (answer !== 'nothing')
        return Promise.resolve({ status: answer.status, text: async () => answer.body });
      return new Promise((_, reject) => {
        asked[1].signal.addEventListener('abort', () => reject(asked[1].signal.reason));
      });
    },
  });
  return {
    knows: (name: string) => cookies?.knows(name),
    verify: async (header: string): Promise<AuthVerdict | undefined> =>
      cookies?.verify(new Cookies(header), peer),
  };
}

const refused = (reason: string) => ({ verdict: 'refused', reason });
const unsure = refused('temporary-auth-failure');

test('the site says whose session it is', async () => {
  const { knows, verify } = provider({ secret: 'sixteen-letters-x' });
  expect(await verify('session=abc; theme=dark; remember=xyz')).toMatchObject({
    verdict: 'accepted',
    identity: {
      account: 'mira@chat.example',
      kind: 'user',
      grant: { name: 'Mira Kim', rooms: { hall: 'write' } },
    },
  });
  expect(site.asked).toMatchObject([
    [
      url,
      {
        headers: { cookie: 'session=abc; remember=xyz', authorization: 'Bearer sixteen-letters-x' },
        redirect: 'error',
      },
    ],
  ]);
  expect([knows('session'), knows('theme')]).toEqual([true, false]);
});

test('without a cookie of the site nobody is asked', async () => {
  const { verify } = provider();
  expect(await verify('theme=dark')).toEqual({ verdict: 'unknown' });
  expect(await verify(`session=${'x'.repeat(MAX_COOKIE + 1)}`)).toEqual({ verdict: 'unknown' });
  expect(await verify('session=a b')).toEqual({ verdict: 'unknown' });
  expect(site.asked).toEqual([]);
  expect(await verify(`session=${'x'.repeat(MAX_COOKIE)}`)).toMatchObject({ verdict: 'accepted' });
});

test.each([
  [{ status: 401, body: '' }, 'not-authorized'],
  [{ status: 403, body: mira.body }, 'not-authorized'],
  [{ status: 200, body: '{"sub":""}' }, 'not-authorized'],
  [{ status: 200, body: 'null' }, 'not-authorized'],
  [{ status: 200, body: '<html>' }, 'temporary-auth-failure'],
  [{ status: 200, body: `${mira.body}${' '.repeat(MAX_ANSWER)}` }, 'temporary-auth-failure'],
  [{ status: 302, body: '' }, 'temporary-auth-failure'],
  [{ status: 500, body: mira.body }, 'temporary-auth-failure'],
  [new Error('no route'), 'temporary-auth-failure'],
])('%j refuses', async (answer, reason) => {
  site.answer = answer;
  expect(await provider().verify('session=abc')).toEqual(refused(reason));
});

test('a site that is slow is not waited for', async () => {
  site.answer = 'nothing';
  const verdict = provider({ timeout: 500 }).verify('session=abc');
  await new Promise<void>((resolve) => setImmediate(resolve));
  clock.advance(500);
  expect(await verdict).toEqual(unsure);
  expect(clock.pending).toBe(0);
});

test('what the site said is good for a while, a refusal for less', async () => {
  const { verify } = provider({ keep: 1000, keepRefusal: 100 });
  await verify('session=a');
  site.answer = { status: 401, body: '' };
  await verify('session=b');
  expect(await verify('session=a')).toMatchObject({ verdict: 'accepted' });
  clock.advance(100);
  site.answer = mira;
  expect(await verify('session=b')).toMatchObject({ verdict: 'accepted' });
  site.answer = { status: 401, body: '' };
  clock.advance(900);
  expect(await verify('session=a')).toEqual(refused('not-authorized'));
});

test('whether it still holds is asked again', async () => {
  const { verify } = provider({ keep: 0 });
  const verdict = await verify('session=abc');
  const holds = verdict?.verdict === 'accepted' ? verdict.identity.holds : undefined;
  expect(await holds?.()).toMatchObject({ verdict: 'accepted', identity: { account: 'mira@chat.example' } });
  site.answer = { status: 401, body: '' };
  expect(await holds?.()).toEqual(refused('not-authorized'));
});

test('a session ends when the site has said that it would', async () => {
  const until = Math.floor(clock.now() / 1000) + 5;
  site.answer = { status: 200, body: JSON.stringify({ sub: 'mira', until }) };
  const { verify } = provider();
  expect(await verify('session=abc')).toMatchObject({ identity: { grant: { until: until * 1000 } } });
  clock.advance(5000);
  expect(await verify('session=abc')).toEqual(refused('credentials-expired'));
});

test('a site that fails is left alone for a while', async () => {
  const { verify } = provider({ failures: 2, pause: 1000 });
  site.answer = new Error('down');
  for (const n of [1, 2, 3, 4]) expect(await verify(`session=${n}`)).toEqual(unsure);
  expect(site.asked).toHaveLength(2);
  site.answer = mira;
  clock.advance(1000);
  expect(await verify('session=5')).toMatchObject({ verdict: 'accepted' });
  expect(await verify('session=6')).toMatchObject({ verdict: 'accepted' });
});

test('no more requests are under way than are set', async () => {
  const { verify } = provider({ atOnce: 2 });
  site.answer = 'nothing';
  const under = [verify('session=1'), verify('session=2')];
  await new Promise<void>((resolve) => setImmediate(resolve));
  expect(await verify('session=3')).toEqual(unsure);
  clock.advance(3000);
  expect(await Promise.all(under)).toEqual([unsure, unsure]);
});
