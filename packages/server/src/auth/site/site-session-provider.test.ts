import { parseDomainJid } from '@meerkat-chat/xmpp';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { beforeEach, expect, test } from 'vitest';
import { silentLogger } from '../../kernel/logger.js';
import { Cookies } from '../../link/cookies.js';
import { FakeSite } from '../../testing/fake-site.js';
import type { AuthVerdict } from '../provider.js';
import { type SiteSessionSettings, siteSessionSettings } from './settings.js';
import { MAX_COOKIE, MAX_COOKIES, siteSessionProvider } from './site-session-provider.js';

const domain = parseDomainJid('chat.example') ?? expect.unreachable();
const peer = { transport: 'websocket', address: '192.0.2.7', secure: true, origin: undefined } as const;
const url = 'https://shop.example/chat-user';
const mira = { status: 200, body: JSON.stringify({ sub: 'Mira', name: 'Mira Kim', rooms: ['hall'] }) };

let clock: FakeClock;
let site: FakeSite;
beforeEach(() => {
  clock = new FakeClock();
  site = new FakeSite(mira);
});

function provider(settings: Partial<SiteSessionSettings> = {}) {
  const all = siteSessionSettings.parse({ cookies: ['session', 'remember'], ...settings });
  const { cookies } = siteSessionProvider({
    domain,
    clock,
    log: silentLogger,
    settings: { ...all, url },
    fetch: site.fetch,
  });
  return {
    knows: (name: string) => cookies?.knows(name),
    verify: async (header: string): Promise<AuthVerdict | undefined> =>
      cookies?.verify(new Cookies(header), peer),
  };
}

const refused = (reason: string) => ({ verdict: 'refused', reason });

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
  [{ status: 413, body: mira.body }, 'not-authorized'],
  [{ status: 200, body: '{"sub":""}' }, 'not-authorized'],
  [{ status: 200, body: '{"name":"Mira"}' }, 'not-authorized'],
  [{ status: 200, body: '{"sub":"guest-abcdefgh"}' }, 'not-authorized'],
  [{ status: 200, body: '{"sub":"mira","rooms":{"hall":"own"}}' }, 'not-authorized'],
  [{ status: 200, body: '{"sub":"mira","until":1}' }, 'credentials-expired'],
  [{ status: 200, body: 'mira' }, 'temporary-auth-failure'],
  [{ status: 302, body: mira.body }, 'temporary-auth-failure'],
  [{ status: 429, body: mira.body }, 'temporary-auth-failure'],
  [{ status: 500, body: mira.body }, 'temporary-auth-failure'],
  [new Error('no route'), 'temporary-auth-failure'],
] as const)('%j refuses', async (answer, reason) => {
  site.answer = answer;
  expect(await provider().verify('session=abc')).toEqual(refused(reason));
});

test('a cookie whose name the site makes up is known by how it begins', async () => {
  const { knows, verify } = provider({ cookies: ['wordpress_logged_in_*', 'session'] });
  const names = [
    'wordpress_logged_in_0a1b',
    'wordpress_logged_in_',
    'wordpress_sec_0a1b',
    'sessions',
    'session',
  ];
  expect(names.map(knows)).toEqual([true, true, false, false, true]);
  const more = Array.from({ length: MAX_COOKIES + 1 }, (_, n) => `wordpress_logged_in_${n}=${n}`);
  await verify(['theme=dark', ...more, 'session=abc'].join('; '));
  const known = [...more.slice(0, MAX_COOKIES), 'session=abc'].join('; ');
  expect(site.asked).toMatchObject([[url, { headers: { cookie: known } }]]);
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

test('what the site could not say is asked again at once', async () => {
  const { verify } = provider();
  site.answer = new Error('down');
  expect(await verify('session=abc')).toEqual(refused('temporary-auth-failure'));
  site.answer = mira;
  expect(await verify('session=abc')).toMatchObject({ verdict: 'accepted' });
});
