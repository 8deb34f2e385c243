import { parseDomainJid } from '@meerkat-chat/xmpp';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { beforeEach, expect, test } from 'vitest';
import { silentLogger } from '../../kernel/logger.js';
import { FakeSite } from '../../testing/fake-site.js';
import { type SitePasswordSettings, sitePasswordSettings } from './settings.js';
import { MAX_ANSWER, SiteInquiry } from './site-inquiry.js';

const domain = parseDomainJid('chat.example') ?? expect.unreachable();
const url = 'https://shop.example/chat-user';
const mira = { status: 200, body: JSON.stringify({ sub: 'Mira', name: 'Mira Kim', rooms: ['hall'] }) };

let clock: FakeClock;
let site: FakeSite;
beforeEach(() => {
  clock = new FakeClock();
  site = new FakeSite(mira);
});

function inquiry(settings: Partial<SitePasswordSettings> = {}) {
  const all = { ...sitePasswordSettings.parse(settings), url };
  const asks = new SiteInquiry({ domain, clock, log: silentLogger, fetch: site.fetch, settings: all });
  return () => asks.ask({ method: 'GET', headers: { cookie: 'session=abc' } });
}

test('the site says whose a credential is, and nobody else gets to hear of it', async () => {
  expect(await inquiry({ secret: 'sixteen-letters-x' })()).toMatchObject({
    account: 'mira@chat.example',
    grant: { name: 'Mira Kim', rooms: { hall: 'write' } },
  });
  expect(site.asked).toMatchObject([
    [
      url,
      {
        method: 'GET',
        headers: { cookie: 'session=abc', authorization: 'Bearer sixteen-letters-x' },
        redirect: 'error',
      },
    ],
  ]);
});

test.each([
  [{ status: 401, body: '' }, 'nobody'],
  [{ status: 403, body: mira.body }, 'nobody'],
  [{ status: 200, body: '{"sub":""}' }, 'nobody'],
  [{ status: 200, body: '{"sub":"guest-abcdefgh"}' }, 'nobody'],
  [{ status: 200, body: 'null' }, 'nobody'],
  [{ status: 429, body: '{"error":"too many"}' }, 'unsure'],
  [{ status: 200, body: '<html>' }, 'unsure'],
  [{ status: 200, body: `${mira.body}${' '.repeat(MAX_ANSWER)}` }, 'unsure'],
  [{ status: 302, body: '' }, 'unsure'],
  [{ status: 500, body: mira.body }, 'unsure'],
  [new Error('no route'), 'unsure'],
] as const)('%j is no answer that signs in: %s', async (answer, verdict) => {
  site.answer = answer;
  expect(await inquiry()()).toBe(verdict);
});

test('an answer of the greatest length is read', async () => {
  site.answer = { status: 200, body: mira.body.padEnd(MAX_ANSWER) };
  expect(await inquiry()()).toMatchObject({ account: 'mira@chat.example' });
});

test('a site that is slow is not waited for', async () => {
  site.answer = 'nothing';
  const answer = inquiry({ timeout: 500 })();
  clock.advance(500);
  expect(await answer).toBe('unsure');
  expect(clock.pending).toBe(0);
});

test('a site that fails is left alone for a while', async () => {
  const ask = inquiry({ failures: 2, pause: 1000 });
  site.answer = new Error('down');
  for (let n = 0; n < 4; n++) expect(await ask()).toBe('unsure');
  expect(site.asked).toHaveLength(2);
  site.answer = mira;
  clock.advance(1000);
  expect(await ask()).toMatchObject({ account: 'mira@chat.example' });
  expect(await ask()).toMatchObject({ account: 'mira@chat.example' });
});

test('a site that says who is nobody, or that it is asked too often, does not fail', async () => {
  const ask = inquiry({ failures: 1 });
  for (const status of [401, 429, 401]) {
    site.answer = { status, body: '' };
    await ask();
  }
  expect(site.asked).toHaveLength(3);
});

test.each([400, 406, 413, 414, 422, 431])(
  'what it cannot take (%i) keeps nobody else out',
  async (status) => {
    const ask = inquiry({ failures: 1 });
    site.answer = { status, body: 'Request Header Fields Too Large' };
    expect([await ask(), await ask()]).toEqual(['nobody', 'nobody']);
    site.answer = mira;
    expect(await ask()).toMatchObject({ account: 'mira@chat.example' });
  },
);

test('no more requests are under way than are set', async () => {
  const ask = inquiry({ atOnce: 2 });
  site.answer = 'nothing';
  const under = [ask(), ask()];
  expect(await ask()).toBe('unsure');
  expect(site.asked).toHaveLength(2);
  clock.advance(3000);
  expect(await Promise.all(under)).toEqual(['unsure', 'unsure']);
  site.answer = mira;
  expect(await ask()).toMatchObject({ account: 'mira@chat.example' });
});
