import { generateKeyPairSync } from 'node:crypto';
import { bareJid, parseDomainJid } from '@meerkat-chat/xmpp';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  type JWTPayload,
  type JWTVerifyGetKey,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Logger } from '../../kernel/logger.js';
import { Cookies } from '../../link/cookies.js';
import type { Peer } from '../../link/server-link.js';
import { MemoryEndedSignIns } from '../../storage/memory-ended-sign-ins.js';
import { MemoryUsedTokens } from '../../storage/memory-used-tokens.js';
import { EndedSignIns } from './ended-sign-ins.js';
import { type TokenSettings, tokenSettings } from './settings.js';
import { MAX_TOKEN_LENGTH, tokenProvider } from './token-provider.js';
import { UsedTokens } from './used-tokens.js';

const domain = parseDomainJid('chat.example') ?? expect.unreachable();
const peer: Peer = {
  transport: 'websocket',
  address: '192.0.2.7',
  secure: true,
  origin: 'https://shop.example',
};
const secret = Buffer.from('a secret of thirty-two characters or more');
const other = Buffer.from('another secret, of somebody else altogether');

let clock: FakeClock;
let logged: unknown[];
const log: Logger = {
  debug: () => {},
  info: (...said: unknown[]) => logged.push(said),
  warn: (...said: unknown[]) => logged.push(said),
  error: (...said: unknown[]) => logged.push(said),
  child: () => log,
};

beforeEach(() => {
  clock = new FakeClock();
  logged = [];
});

const seconds = (ms: number): number => Math.floor((clock.now() + ms) / 1000);
const claims = (more: JWTPayload = {}): JWTPayload => ({ sub: 'Mira', exp: seconds(60_000), ...more });
const sign = (payload: JWTPayload, key: Buffer = secret): Promise<string> =>
  new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(key);

function provider(settings: Partial<TokenSettings> = {}, published?: JWTVerifyGetKey) {
  const all = tokenSettings.parse({ secrets: [secret.toString()], ...settings });
  return tokenProvider({
    domain,
    clock,
    log,
    settings: all,
    secrets: all.secrets.map((text) => Buffer.from(text)),
    published,
    used: new UsedTokens(clock, new MemoryUsedTokens(), all.remembered),
  });
}

const judge = async (token: string, settings?: Partial<TokenSettings>, from: Partial<Peer> = {}) =>
  provider(settings).verifyToken?.(token, { ...peer, ...from });

const refused = (reason = 'not-authorized') => ({ verdict: 'refused', reason });

test('a token of a sign-in that the site has ended is refused, and those of others are not', async () => {
  const all = tokenSettings.parse({ secrets: [secret.toString()] });
  const used = new UsedTokens(clock, new MemoryUsedTokens(), all.remembered);
  const store = new MemoryEndedSignIns();
  const ended = new EndedSignIns({ clock, store, secret, life: all.maxLife, most: 10 });
  const options = { domain, clock, log, settings: all, secrets: [secret], published: undefined, used, ended };
  const { verifyToken } = tokenProvider(options);
  await ended.add(bareJid('mira', domain) ?? expect.unreachable(), 'a1');
  expect(await verifyToken?.(await sign(claims({ sid: 'a1' })), peer)).toEqual(
    refused('credentials-expired'),
  );
  expect(await verifyToken?.(await sign(claims({ sid: 'a2' })), peer)).toMatchObject({ verdict: 'accepted' });
  expect(await verifyToken?.(await sign(claims()), peer)).toMatchObject({ verdict: 'accepted' });
  await ended.add(bareJid('mira', domain) ?? expect.unreachable(), undefined);
  const second = Math.floor(clock.now() / 1000);
  expect(await verifyToken?.(await sign(claims({ iat: second - 1 })), peer)).toEqual(
    refused('credentials-expired'),
  );
  expect(await verifyToken?.(await sign(claims({ iat: second })), peer)).toMatchObject({
    verdict: 'accepted',
  });
});

test('a token says who somebody is, and what they may do until when', async () => {
  const token = await sign(
    claims({
      name: 'Mira Kim',
      picture: 'https://shop.example/mira.png',
      rooms: { 'Stream-42': 'moderate', '*': 'read' },
      sid: 'a1',
    }),
  );
  expect(await judge(token)).toEqual({
    verdict: 'accepted',
    identity: {
      account: 'mira@chat.example',
      kind: 'user',
      grant: {
        name: 'Mira Kim',
        avatar: 'https://shop.example/mira.png',
        rooms: { 'stream-42': 'moderate', '*': 'read' },
        until: seconds(60_000) * 1000,
        signIn: 'a1',
      },
    },
  });
});

test('a name that no address can have is escaped', async () => {
  expect(await judge(await sign(claims({ sub: 'Jan K@example.org' })))).toMatchObject({
    identity: { account: 'jan\\20k\\40example.org@chat.example' },
  });
});

test('a list of rooms lets write in these and no others', async () => {
  expect(await judge(await sign(claims({ rooms: ['hall'] })))).toMatchObject({
    identity: { grant: { rooms: { hall: 'write' } } },
  });
});

test('a session may outlast the token that signs in', async () => {
  const until = seconds(3_600_000);
  expect(await judge(await sign(claims({ until })))).toMatchObject({
    identity: { grant: { until: until * 1000 } },
  });
});

describe('refusals', () => {
  interface Case {
    readonly what: string;
    readonly more: Readonly<Record<string, unknown>>;
    readonly settings?: Partial<TokenSettings>;
    readonly reason?: string;
  }
  const cases: readonly Case[] = [
    { what: 'expired', more: { exp: -31 }, reason: 'credentials-expired' },
    { what: 'without an end', more: { exp: undefined } },
    { what: 'not good yet', more: { nbf: 31 } },
    { what: 'further ahead than may be', more: { exp: 86_400 + 31 } },
    { what: 'that was to last longer than may be', more: { iat: -86_400, exp: 31 } },
    { what: 'whose session is over', more: { until: 0 }, reason: 'credentials-expired' },
    { what: 'for another server', more: { aud: 'chat.other' } },
    {
      what: 'for an audience that is not set',
      more: { aud: 'chat.example' },
      settings: { audience: ['shop'] },
    },
    {
      what: 'of another issuer',
      more: { iss: 'https://evil.example' },
      settings: { issuer: 'https://shop.example' },
    },
    { what: 'without the issuer that is asked for', more: {}, settings: { issuer: 'https://shop.example' } },
    { what: 'for nobody', more: { sub: '' } },
    { what: 'for a name that is none', more: { sub: ' mira' } },
    { what: 'for a guest', more: { sub: 'guest-1' } },
    { what: 'with a right that there is none of', more: { rooms: { hall: 'own' } } },
    { what: 'with a room that there is none of', more: { rooms: ['a b@c'] } },
    { what: 'with a picture that is no picture', more: { picture: 'javascript:alert(1)' } },
    { what: 'for another page', more: { origin: 'https://other.example' } },
    { what: 'for no page at all', more: { origin: [] } },
  ];
  test.each(cases)('a token $what', async ({ more, reason, settings }) => {
    const timed = Object.entries(more).map(([name, value]) =>
      typeof value === 'number' ? [name, seconds(value * 1000)] : [name, value],
    );
    expect(await judge(await sign(claims(Object.fromEntries(timed))), settings)).toEqual(refused(reason));
    expect(logged).toHaveLength(1);
  });

  test('what is at the bounds is taken', async () => {
    const good = [
      claims({ exp: seconds(-29_000) }),
      claims({ nbf: seconds(29_000) }),
      claims({ exp: seconds(86_400_000 + 30_000) }),
      claims({ iat: seconds(-86_400_000), exp: seconds(30_000) }),
      claims({ iat: seconds(30_000), exp: seconds(86_400_000 + 30_000) }),
      claims({ aud: ['x', 'chat.example'] }),
      claims({ origin: ['https://a.example', 'https://shop.example'] }),
    ];
    for (const payload of good) {
      const until = seconds(60_000);
      expect(await judge(await sign({ ...payload, until }))).toMatchObject({ verdict: 'accepted' });
    }
  });

  test('a token of a page from no page', async () => {
    const token = await sign(claims({ origin: 'https://shop.example' }));
    expect(await judge(token, {}, { origin: undefined })).toEqual(refused());
  });

  test('a token signed by somebody else, tampered with, unsigned, or no token', async () => {
    const good = await sign(claims());
    const [header = '', body = '', signature = ''] = good.split('.');
    const admin = Buffer.from(JSON.stringify(claims({ sub: 'admin' }))).toString('base64url');
    const bad = [
      await sign(claims(), other),
      [header, admin, signature].join('.'),
      [header, body, `${signature.slice(0, -4)}AAAA`].join('.'),
      [header, body, ''].join('.'),
      new UnsecuredJWT(claims()).encode(),
      [Buffer.from('{"alg":"none"}').toString('base64url'), body, signature].join('.'),
      [Buffer.from('[]').toString('base64url'), body, signature].join('.'),
      ['!', body, signature].join('.'),
      'r0m30',
      '',
    ];
    for (const token of bad) expect(await judge(token)).toEqual(refused());
    expect(JSON.stringify(logged)).not.toContain(body);
  });

  test('a token that is too long is not even read', async () => {
    const length = (text: string) => sign(claims({ filler: text }));
    const base = (await length('')).length;
    const fits = await length('x'.repeat(Math.floor(((MAX_TOKEN_LENGTH - base) * 3) / 4) - 3));
    expect(fits.length).toBeGreaterThan(MAX_TOKEN_LENGTH - 10);
    expect(fits.length).toBeLessThanOrEqual(MAX_TOKEN_LENGTH);
    expect(await judge(fits)).toMatchObject({ verdict: 'accepted' });
    expect(await judge(await length('x'.repeat(MAX_TOKEN_LENGTH)))).toEqual(refused());
  });

  test('a token that names itself signs in once', async () => {
    const tokens = provider();
    const token = await sign(claims({ jti: 'one' }));
    expect(await tokens.verifyToken?.(token, peer)).toMatchObject({ verdict: 'accepted' });
    expect(await tokens.verifyToken?.(token, peer)).toEqual(refused());
    const often = provider({ singleUse: false });
    expect(await often.verifyToken?.(token, peer)).toMatchObject({ verdict: 'accepted' });
    expect(await often.verifyToken?.(token, peer)).toMatchObject({ verdict: 'accepted' });
  });

  test('when no more tokens can be remembered, those that are for one use have to wait', async () => {
    const tokens = provider({ remembered: 1 });
    await tokens.verifyToken?.(await sign(claims({ jti: 'one' })), peer);
    const next = await tokens.verifyToken?.(await sign(claims({ jti: 'two' })), peer);
    expect(next).toEqual(refused('temporary-auth-failure'));
    expect(await tokens.verifyToken?.(await sign(claims()), peer)).toMatchObject({ verdict: 'accepted' });
  });
});

test('several secrets hold while one takes the place of another', async () => {
  const settings = { secrets: [secret.toString(), other.toString()] };
  for (const key of [secret, other]) {
    expect(await judge(await sign(claims(), key), settings)).toMatchObject({ verdict: 'accepted' });
  }
});

describe('as a password', () => {
  const password = async (local: string, text: string, settings?: Partial<TokenSettings>) =>
    provider(settings).verifyPassword?.(local, text, peer);

  test('a token signs in whom it is for, and nobody else', async () => {
    const token = await sign(claims());
    expect(await password('mira', token)).toMatchObject({ verdict: 'accepted' });
    expect(await password('joe', token)).toEqual(refused());
  });

  test('what is no token is left to those who know passwords', async () => {
    expect(await password('mira', 'r0m30')).toEqual({ verdict: 'unknown' });
  });

  test('nothing is taken where it is not set, nor where no site signs tokens', () => {
    expect(provider({ asPassword: false }).verifyPassword).toBeUndefined();
    expect(provider({ secrets: [] }).verifyPassword).toBeUndefined();
  });
});

describe('in a cookie', () => {
  const cookie = async (header: string, settings: Partial<TokenSettings> = { cookie: 'chat' }) =>
    provider(settings).cookies?.verify(new Cookies(header), peer);

  test('a token signs in each time that the browser sends it', async () => {
    const { cookies } = provider({ cookie: 'chat' });
    const header = new Cookies(`theme=dark; chat=${await sign(claims({ jti: 'one' }))}`);
    expect(await cookies?.verify(header, peer)).toMatchObject({ verdict: 'accepted' });
    expect(await cookies?.verify(header, peer)).toMatchObject({ verdict: 'accepted' });
    expect([cookies?.knows('chat'), cookies?.knows('theme')]).toEqual([true, false]);
  });

  test('one that is good for nothing does not, nor one of another name', async () => {
    const token = await sign(claims());
    expect(await cookie(`chat=${await sign(claims(), other)}`)).toEqual(refused());
    expect(await cookie(`other=${token}; chat=x`)).toEqual({ verdict: 'unknown' });
    expect(await cookie('chat=1; chat=2; chat=3; chat=4; chat='.concat(token))).toEqual({
      verdict: 'unknown',
    });
    expect(provider().cookies).toBeUndefined();
  });
});

describe('keys that the site publishes', () => {
  const pair = generateKeyPairSync('ed25519');
  const published = async (): Promise<JWTVerifyGetKey> =>
    createLocalJWKSet({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1' }] });
  const signed = (payload: JWTPayload, kid = 'k1'): Promise<string> =>
    new SignJWT(payload).setProtectedHeader({ alg: 'EdDSA', kid }).sign(pair.privateKey);

  test('sign in, for the audience that is named', async () => {
    const tokens = provider({}, await published());
    const good = await signed(claims({ aud: 'chat.example' }));
    expect(await tokens.verifyToken?.(good, peer)).toMatchObject({ verdict: 'accepted' });
    expect(await tokens.verifyToken?.(await signed(claims()), peer)).toEqual(refused());
    const unknown = await signed(claims({ aud: 'chat.example' }), 'k2');
    expect(await tokens.verifyToken?.(unknown, peer)).toEqual(refused());
  });

  test.each([
    ['RS256', 'accepted'],
    ['PS256', 'accepted'],
    ['ES256', 'accepted'],
    ['ES384', 'accepted'],
    ['EdDSA', 'accepted'],
    ['RS512', 'refused'],
    ['ES512', 'refused'],
  ])('of %s: %s; tampered with never', async (alg, verdict) => {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k1' }] });
    const tokens = provider({ secrets: [] }, keys);
    const said = claims({ aud: 'chat.example' });
    const token = await new SignJWT(said).setProtectedHeader({ alg, kid: 'k1' }).sign(privateKey);
    expect(await tokens.verifyToken?.(token, peer)).toMatchObject({ verdict });
    const [head, , signature] = token.split('.');
    const other = Buffer.from(JSON.stringify({ ...said, sub: 'romeo' })).toString('base64url');
    expect(await tokens.verifyToken?.(`${head}.${other}.${signature}`, peer)).toEqual(refused());
  });

  test('are never taken for a secret', async () => {
    const raw = Buffer.from(String((await exportJWK(pair.publicKey)).x), 'base64url');
    const tokens = provider({ secrets: [] }, await published());
    expect(await tokens.verifyToken?.(await sign(claims({ aud: 'chat.example' }), raw), peer)).toEqual(
      refused(),
    );
  });

  test('that cannot be had now refuse nobody for good', async () => {
    const tokens = provider({}, async () => {
      throw new TypeError('fetch failed');
    });
    expect(await tokens.verifyToken?.(await signed(claims({ aud: 'chat.example' })), peer)).toEqual(
      refused('temporary-auth-failure'),
    );
  });
});
