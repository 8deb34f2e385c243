import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { errors, exportJWK, generateKeyPair, type JWK } from 'jose';
import { beforeEach, expect, test } from 'vitest';
import { silentLogger } from '../../kernel/logger.js';
import { FakeSite } from '../../testing/fake-site.js';
import { KeysUnavailable, PublishedKeys } from './published-keys.js';

const url = 'https://shop.example/jwks.json';
const MINUTE = 60_000;
const token = { payload: '', signature: '' };

let clock: FakeClock;
let site: FakeSite;
let keys: PublishedKeys;
beforeEach(async () => {
  clock = new FakeClock();
  site = new FakeSite(publishing(await key('k1')));
  keys = new PublishedKeys({ url, clock, log: silentLogger, fetch: site.fetch });
});

async function key(kid: string): Promise<JWK> {
  const { publicKey } = await generateKeyPair('ES256', { extractable: true });
  return { ...(await exportJWK(publicKey)), kid };
}

function publishing(...published: JWK[]) {
  return { status: 200, body: JSON.stringify({ keys: published }) };
}

const find = (kid: string) => keys.find({ alg: 'ES256', kid }, token);

test('keys are asked for once, by all who need them at once, and again after ten minutes', async () => {
  expect(site.asked).toEqual([]);
  await Promise.all([find('k1'), find('k1')]);
  clock.advance(10 * MINUTE - 1);
  await find('k1');
  expect(site.asked).toHaveLength(1);
  clock.advance(1);
  await find('k1');
  expect(site.asked).toHaveLength(2);
  expect(site.asked[0]).toMatchObject([url, { method: 'GET', redirect: 'error' }]);
});

test('a key that takes the place of another is found, and the other one is not any more', async () => {
  await find('k1');
  clock.advance(MINUTE);
  site.answer = publishing(await key('k2'));
  await find('k2');
  await expect(find('k1')).rejects.toThrow(errors.JWKSNoMatchingKey);
});

test('keys that somebody makes up have the site asked twice a minute, and no more', async () => {
  await find('k1');
  for (let second = 0; second < 60; second++) {
    clock.advance(1000);
    await expect(find(`made up ${second}`)).rejects.toThrow(errors.JWKSNoMatchingKey);
  }
  expect(site.asked).toHaveLength(3);
});

test.each([
  ['fails', { status: 500, body: '' }],
  ['fails with a page of keys', { status: 503, body: '{"keys":[]}' }],
  ['sends something else', { status: 200, body: '<html>' }],
  ['sends no keys', { status: 200, body: '{"keys":"none"}' }],
  ['cannot be reached', new Error('no route')],
] as const)('a site that %s says nothing of anybody, and is asked twice a minute', async (_, answer) => {
  const good = site.answer;
  site.answer = answer;
  for (let second = 0; second < 60; second++) {
    await expect(find('k1')).rejects.toThrow(KeysUnavailable);
    clock.advance(1000);
  }
  expect(site.asked).toHaveLength(2);
  site.answer = good;
  await find('k1');
});

test('a site that hangs is not waited for', async () => {
  site.answer = 'nothing';
  const found = find('k1');
  clock.advance(5000);
  await expect(found).rejects.toThrow(KeysUnavailable);
  expect(clock.pending).toBe(0);
});

test('while the site does not answer, keys of before are good for a day; others cannot be judged', async () => {
  await find('k1');
  site.answer = { status: 500, body: '' };
  clock.advance(1440 * MINUTE - 1);
  await find('k1');
  await expect(find('k2')).rejects.toThrow(KeysUnavailable);
  clock.advance(1);
  await expect(find('k1')).rejects.toThrow(KeysUnavailable);
});
