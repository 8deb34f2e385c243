import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { silentLogger } from '../../kernel/logger.js';
import type { SiteFetch } from '../site/site-inquiry.js';
import { guestSettings } from './settings.js';
import { MAX_PROOF, SiteProofs } from './site-proofs.js';

function world(answer: () => Promise<number>) {
  const clock = new FakeClock();
  const asked: { readonly url: string; readonly body: unknown; readonly headers: object }[] = [];
  const fetch: SiteFetch = async (url, { body, headers, signal }) => {
    asked.push({ url, body: JSON.parse(body ?? ''), headers });
    const late = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    });
    return { status: await Promise.race([answer(), late]), text: async () => '' };
  };
  const url = 'https://shop.example/proof';
  const { proof } = guestSettings.parse({ proof: { kind: 'site', url, secret: 'a-secret-of-some-length' } });
  const options = { clock, log: silentLogger, fetch, settings: { ...proof, url } };
  return { clock, asked, proofs: new SiteProofs(options) };
}

test('the site judges what its page has found out', async () => {
  let status = 200;
  const { asked, proofs } = world(async () => status);
  expect(await proofs.accept('token', '203.0.113.7')).toBe(true);
  expect(asked[0]).toMatchObject({
    url: 'https://shop.example/proof',
    body: { answer: 'token', address: '203.0.113.7' },
    headers: { authorization: 'Bearer a-secret-of-some-length' },
  });
  status = 403;
  expect(await proofs.accept('token', '203.0.113.7')).toBe(false);
  status = 500;
  expect(await proofs.accept('token', '203.0.113.7')).toBe(false);
});

test('an answer is passed on up to its bound', async () => {
  const { asked, proofs } = world(async () => 200);
  expect(await proofs.accept('x'.repeat(MAX_PROOF), 'a')).toBe(true);
  expect(await proofs.accept('x'.repeat(MAX_PROOF + 1), 'a')).toBe(false);
  expect(await proofs.accept('', 'a')).toBe(false);
  expect(asked).toHaveLength(1);
});

test('a site that takes too long lets nobody in', async () => {
  const { clock, proofs } = world(() => new Promise(() => {}));
  const judged = proofs.accept('token', 'a');
  clock.advance(3000);
  expect(await judged).toBe(false);
});

test('a site that fails is left alone for a while', async () => {
  let up = false;
  const { asked, clock, proofs } = world(async () => (up ? 200 : 502));
  for (let at = 0; at < 6; at++) expect(await proofs.accept('token', 'a')).toBe(false);
  expect(asked).toHaveLength(5);
  up = true;
  clock.advance(10_000);
  expect(await proofs.accept('token', 'a')).toBe(true);
});

test.each([400, 413, 422])(
  'an answer that the site cannot take (%i) keeps nobody else out',
  async (refusal) => {
    let status = refusal;
    const { proofs } = world(async () => status);
    for (let at = 0; at < 6; at++) expect(await proofs.accept('junk', 'a')).toBe(false);
    status = 200;
    expect(await proofs.accept('token', 'a')).toBe(true);
  },
);
