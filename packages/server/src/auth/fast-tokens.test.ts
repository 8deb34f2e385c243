import { createHmac } from 'node:crypto';
import { parseBareJid, parseDomainJid } from '@meerkat-chat/xmpp';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { beforeEach, expect, test } from 'vitest';
import { memoryStorage } from '../storage/memory.js';
import type { Storage } from '../storage/storage.js';
import { type FastTokensOptions, StoredFastTokens } from './fast-tokens.js';
import type { Identity } from './provider.js';

const DAY = 86_400_000;
const MECHANISM = 'HT-SHA-256-NONE';

function sure<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a value was expected');
  return value;
}

const domain = sure(parseDomainJid('localhost'));
const romeo: Identity = { account: sure(parseBareJid('romeo@localhost')), kind: 'user' };
const guest: Identity = { account: sure(parseBareJid('guest-abc@localhost')), kind: 'guest' };

let clock: FakeClock;
let storage: Storage;
let fast: StoredFastTokens;

function open(more: Partial<FastTokensOptions> = {}): StoredFastTokens {
  const env = { clock, random: new SeededRandom() };
  return new StoredFastTokens({ store: storage.tokens, env, domain, secret: Buffer.alloc(32, 1), ...more });
}

beforeEach(() => {
  clock = new FakeClock();
  storage = memoryStorage();
  fast = open();
});

/** What a client says: `local NUL HMAC(token, "Initiator")`. */
function response(local: string, token: string): Buffer {
  const proof = createHmac('sha256', token).update('Initiator').digest();
  return Buffer.concat([Buffer.from(`${local}\0`), proof]);
}

const issue = async (identity = romeo, clientId = 'page'): Promise<string> =>
  (await fast.issue(identity, clientId, MECHANISM)).token;

const present = (token: string, more: { local?: string; clientId?: string; count?: number } = {}) =>
  fast.verify({
    mechanism: MECHANISM,
    clientId: more.clientId ?? 'page',
    response: response(more.local ?? 'romeo', token),
    count: more.count,
  });

test('a token signs in and proves that the server knows it too', async () => {
  const issued = await fast.issue(romeo, 'page', MECHANISM);
  expect(issued.expiresAt).toBe(clock.now() + 30 * DAY);
  expect(await present(issued.token)).toEqual({
    accepted: true,
    identity: romeo,
    responder: createHmac('sha256', issued.token).update('Responder').digest(),
    renew: false,
  });
});

test('a guest comes back as who it was', async () => {
  const token = await issue(guest);
  expect(await present(token, { local: 'guest-abc' })).toMatchObject({ accepted: true, identity: guest });
});

test('the database alone makes no token', async () => {
  const token = await issue();
  const [record] = await storage.tokens.find(romeo.account, 'page', clock.now());
  expect(JSON.stringify(record)).not.toContain(token);
  fast = open({ secret: Buffer.alloc(32, 2) });
  expect(await present(token)).toEqual({ accepted: false, reason: 'not-authorized' });
});

test('another client, account or token is refused', async () => {
  const token = await issue();
  await issue({ ...guest, kind: 'guest' });
  const refused = { accepted: false, reason: 'not-authorized' };
  expect(await present(token, { clientId: 'other' })).toEqual(refused);
  expect(await present(token, { local: 'guest-abc' })).toEqual(refused);
  expect(await present(token, { local: 'nobody' })).toEqual(refused);
  expect(await present(`${token}x`)).toEqual(refused);
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['no name', Buffer.alloc(33)],
  ['no proof', Buffer.from('romeo\0')],
  ['a proof too short', Buffer.concat([Buffer.from('romeo\0'), Buffer.alloc(31, 1)])],
  ['a proof too long', Buffer.concat([Buffer.from('romeo\0'), Buffer.alloc(33, 1)])],
  ['a name that is none', Buffer.concat([Buffer.from('ro meo\0'), Buffer.alloc(32, 1)])],
  ['bytes that are no text', Buffer.concat([Buffer.from([0xff, 0xfe, 0]), Buffer.alloc(32, 1)])],
])('%s is refused', async (_, bytes) => {
  await issue();
  expect(
    await fast.verify({ mechanism: MECHANISM, clientId: 'page', response: bytes, count: undefined }),
  ).toEqual({ accepted: false, reason: 'not-authorized' });
});

test('a count is good once, and rises', async () => {
  const token = await issue();
  expect((await present(token, { count: 1 })).accepted).toBe(true);
  expect((await present(token, { count: 1 })).accepted).toBe(false);
  expect((await present(token)).accepted).toBe(false);
  expect((await present(token, { count: 2 })).accepted).toBe(true);
});

test('a token is told to be expired when it is', async () => {
  const token = await issue();
  clock.advance(30 * DAY - 1);
  expect(await present(token)).toMatchObject({ accepted: true, renew: true });
  clock.advance(1);
  expect(await present(token)).toEqual({ accepted: false, reason: 'credentials-expired' });
});

test.each([
  ['a day', undefined, DAY],
  ['half of a short life', DAY, DAY / 2],
])('a token is renewed after %s', async (_, life, age) => {
  if (life !== undefined) fast = open({ life });
  const token = await issue();
  clock.advance(age - 1);
  expect(await present(token)).toMatchObject({ renew: false });
  clock.advance(1);
  expect(await present(token)).toMatchObject({ renew: true });
});

test('the token before is good until the new one has been used', async () => {
  const old = await issue();
  clock.advance(DAY);
  const renewed = await issue();
  expect(renewed).not.toBe(old);
  // The answer got lost: the client still has the old one.
  expect(await present(old)).toMatchObject({ accepted: true, renew: true });
  expect(await present(renewed)).toMatchObject({ accepted: true, renew: false });
  expect(await present(old)).toEqual({ accepted: false, reason: 'not-authorized' });
});

test('answers that get lost again and again sign nobody out', async () => {
  const old = await issue();
  clock.advance(DAY);
  const renewed = await issue();
  for (let lost = 0; lost < 3; lost++) {
    expect(await present(old)).toMatchObject({ accepted: true, renew: true });
    expect(await issue()).toBe(renewed);
  }
  expect(await present(old)).toMatchObject({ accepted: true });
});

test('tokens are invalidated by client and by account', async () => {
  const [page, other] = [await issue(), await issue(romeo, 'other')];
  await fast.invalidate(romeo.account, 'page');
  expect((await present(page)).accepted).toBe(false);
  expect((await present(other, { clientId: 'other' })).accepted).toBe(true);
  await fast.invalidate(romeo.account);
  expect((await present(other, { clientId: 'other' })).accepted).toBe(false);
});

test('a client’s id of any length works, and is kept short', async () => {
  for (const length of [64, 65, 5000]) {
    const clientId = 'c'.repeat(length);
    const token = await issue(romeo, clientId);
    expect((await present(token, { clientId })).accepted).toBe(true);
    expect((await present(token, { clientId: `${clientId}d` })).accepted).toBe(false);
    await fast.invalidate(romeo.account, clientId);
    expect((await present(token, { clientId })).accepted).toBe(false);
  }
});

test('a server that lets no guests in takes no tokens of theirs', async () => {
  const token = await issue(guest);
  fast = open({ guests: false });
  expect((await present(token, { local: 'guest-abc' })).accepted).toBe(false);
});

test('expired tokens are swept, and sweeping ends', async () => {
  await issue();
  const off = fast.startSweeping(() => {});
  clock.advance(30 * DAY + 3_600_000);
  expect(await storage.tokens.find(romeo.account, 'page', 0)).toEqual([]);
  off();
  expect(clock.pending).toBe(0);
});

test('a token carries what the credential granted, and ends with it', async () => {
  const until = clock.now() + 3_600_000;
  const granted: Identity = { ...romeo, grant: { rooms: { hall: 'read' }, until } };
  const { expiresAt, token } = await fast.issue(granted, 'page', MECHANISM);
  expect(expiresAt).toBe(until);
  expect(await present(token)).toMatchObject({ accepted: true, identity: granted });
  clock.advance(3_600_000);
  expect(await present(token)).toEqual({ accepted: false, reason: 'credentials-expired' });
});

test('a credential that grants something else gets a token of its own', async () => {
  const first = await issue({ ...romeo, grant: { rooms: { hall: 'read' } } });
  await present(first);
  // Two that were never used: the newest would be told again.
  await issue({ ...romeo, grant: { rooms: { hall: 'read' } } });
  const more: Identity = { ...romeo, grant: { rooms: { hall: 'moderate' } } };
  const token = await issue(more);
  expect(await present(token)).toMatchObject({ accepted: true, identity: more });
});
