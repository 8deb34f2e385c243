import { parseDomainJid } from '@meerkat-chat/xmpp';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { pino } from 'pino';
import { beforeEach, expect, test } from 'vitest';
import { FakeSite } from '../../testing/fake-site.js';
import { type SitePasswordSettings, sitePasswordSettings } from './settings.js';
import { MAX_PASSWORD, sitePasswordProvider } from './site-password-provider.js';

const domain = parseDomainJid('chat.example') ?? expect.unreachable();
const peer = { transport: 'websocket', address: '192.0.2.7', secure: true, origin: undefined } as const;
const url = 'https://blog.example/wp-json/meerkat/v1/password';
const mira = { status: 200, body: JSON.stringify({ sub: 'Mira', name: 'Mira Kim' }) };

let clock: FakeClock;
let site: FakeSite;
/** All that was written to the log. */
let written = '';
const keep = (line: string) => {
  written += line;
};
beforeEach(() => {
  clock = new FakeClock();
  site = new FakeSite(mira);
  written = '';
});

function provider(settings: Partial<SitePasswordSettings> = {}) {
  const log = pino({ level: 'trace' }, { write: keep });
  const all = { ...sitePasswordSettings.parse(settings), url };
  const { verifyPassword } = sitePasswordProvider({ domain, clock, log, fetch: site.fetch, settings: all });
  return (local: string, password: string) => verifyPassword?.(local, password, peer);
}

const unknown = { verdict: 'unknown' };
const refused = (reason: string) => ({ verdict: 'refused', reason });
const unsure = refused('temporary-auth-failure');

test('the site is told who tries which password from where, and says who it is', async () => {
  const verify = provider({ secret: 'sixteen-letters-x', lasts: 60_000 });
  expect(await verify('mira', 'abcd efgh')).toEqual({
    verdict: 'accepted',
    identity: {
      account: 'mira@chat.example',
      kind: 'user',
      grant: { name: 'Mira Kim', until: clock.now() + 60_000 },
    },
  });
  const [[asked, { body, headers, method }] = expect.unreachable()] = site.asked;
  expect([asked, method]).toEqual([url, 'POST']);
  expect(JSON.parse(body ?? '')).toEqual({ user: 'mira', password: 'abcd efgh', address: '192.0.2.7' });
  expect(headers).toMatchObject({
    authorization: 'Bearer sixteen-letters-x',
    'content-type': 'application/json',
  });
});

test('a login that cannot stand in an address is asked about as it is', async () => {
  site.answer = { status: 200, body: '{"sub":"Jan Kowalski@example.org"}' };
  expect(await provider()('jan\\20kowalski\\40example.org', 'x')).toMatchObject({
    identity: { account: 'jan\\20kowalski\\40example.org@chat.example' },
  });
  expect(JSON.parse(site.asked[0]?.[1].body ?? '')).toMatchObject({ user: 'jan kowalski@example.org' });
});

test('a sign-in ends when the site says so, where that is sooner', async () => {
  const until = Math.floor(clock.now() / 1000) + 5;
  site.answer = { status: 200, body: JSON.stringify({ sub: 'mira', until }) };
  expect(await provider()('mira', 'x')).toMatchObject({ identity: { grant: { until: until * 1000 } } });
});

test.each([
  ['a wrong password', { status: 401, body: '{"error":"incorrect_password"}' }, unknown],
  ['somebody who is banned', { status: 403, body: mira.body }, unknown],
  ['too many attempts', { status: 429, body: '{"error":"too_many"}' }, unsure],
  ['an answer without a user', { status: 200, body: '{"name":"Mira"}' }, unknown],
  ['a guest’s name', { status: 200, body: '{"sub":"guest-abcdefgh"}' }, unknown],
  ['somebody else', { status: 200, body: '{"sub":"joe"}' }, refused('not-authorized')],
  ['no JSON', { status: 200, body: '<html>' }, unsure],
  ['an error of the site', { status: 500, body: mira.body }, unsure],
  ['a redirection', { status: 302, body: '' }, unsure],
  ['no answer at all', new Error('no route'), unsure],
] as const)('%s signs nobody in, and the password is in no log', async (_, answer, verdict) => {
  site.answer = answer;
  expect(await provider()('mira', 'never-to-be-logged')).toEqual(verdict);
  expect(written).not.toContain('never-to-be-logged');
});

test('each attempt is asked about: what was good once may not be any more', async () => {
  const verify = provider();
  await verify('mira', 'x');
  site.answer = { status: 401, body: '' };
  expect(await verify('mira', 'x')).toEqual(unknown);
});

test('the site is not asked about what cannot be a password', async () => {
  expect(await provider()('mira', 'ż'.repeat(MAX_PASSWORD / 2))).toMatchObject({ verdict: 'accepted' });
  expect(await provider()('mira', `${'ż'.repeat(MAX_PASSWORD / 2)}x`)).toEqual(unknown);
  expect(site.asked).toHaveLength(1);
});
