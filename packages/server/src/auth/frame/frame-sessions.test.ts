import { parseBareJid } from '@meerkat-chat/xmpp';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { Cookies } from '../../link/cookies.js';
import type { Peer } from '../../link/server-link.js';
import type { Identity } from '../provider.js';
import { FRAME_COOKIE, FrameSessions } from './frame-sessions.js';

const account = parseBareJid('mira@chat.example') ?? expect.unreachable();
const peer: Peer = {
  transport: 'websocket',
  address: '192.0.2.7',
  secure: true,
  origin: 'https://chat.example',
};
const mira: Identity = {
  account,
  kind: 'user',
  grant: { name: 'Mira', rooms: { hall: 'write' }, signIn: 's1' },
};

const KEY = 'a key of thirty-two bytes, or so.';

function scene() {
  const clock = new FakeClock();
  const ended = new Set<string>();
  const sessions = new FrameSessions({
    secret: Buffer.from(KEY),
    clock,
    life: 60_000,
    ended: ({ signIn = '' }) => ended.has(signIn),
  });
  const judge = async (value: string) =>
    sessions.provider().cookies?.verify(new Cookies(`a=b; ${FRAME_COOKIE}=${value}`), peer);
  return { clock, ended, sessions, judge };
}

test('who was signed in by a token is signed in by the cookie, with the same rights', async () => {
  const { judge, sessions } = scene();
  const session = await sessions.make(mira);
  expect(session?.life).toBe(60_000);
  expect(await judge(session?.value ?? '')).toMatchObject({ verdict: 'accepted', identity: mira });
  expect(sessions.provider().cookies?.knows(FRAME_COOKIE)).toBe(true);
  expect(sessions.provider().cookies?.knows('session')).toBe(false);
});

test('it ends with its life, with what the token granted, and with the sign-in to the site', async () => {
  const { clock, ended, judge, sessions } = scene();
  const short = await sessions.make({ ...mira, grant: { until: clock.now() + 10_000 } });
  expect(short?.life).toBe(10_000);
  const long = await sessions.make(mira);
  const other = await sessions.make({ ...mira, grant: {} });
  const verdict = (value: string | undefined) => judge(value ?? '').then((answer) => answer?.verdict);
  clock.advance(10_000);
  expect(await Promise.all([short, long].map((one) => verdict(one?.value)))).toEqual(['refused', 'accepted']);
  const held = await judge(long?.value ?? '');
  ended.add('s1');
  expect(held?.verdict === 'accepted' && (await held.identity.holds?.())).toMatchObject({
    verdict: 'refused',
  });
  expect(await verdict(other?.value)).toBe('accepted');
  clock.advance(50_000);
  expect(await verdict(other?.value)).toBe('refused');
});

test('guests, and who is at the end, get none', async () => {
  const { clock, sessions } = scene();
  expect(await sessions.make({ account, kind: 'guest' })).toBeUndefined();
  expect(await sessions.make({ ...mira, grant: { until: clock.now() + 999 } })).toBeUndefined();
  expect(await sessions.make({ ...mira, grant: { name: 'x'.repeat(4096) } })).toBeUndefined();
});

describe('refused is', () => {
  const now = () => Math.floor(new FakeClock().now() / 1000);
  const claims = (more: JWTPayload = {}): JWTPayload => ({
    sub: account,
    grant: '{}',
    iat: now(),
    exp: now() + 60,
    ...more,
  });
  const signed = (payload: JWTPayload, header: object = {}, key = KEY): Promise<string> =>
    new SignJWT(payload)
      .setProtectedHeader({ alg: 'HS256', typ: 'frame+jwt', ...header })
      .sign(Buffer.from(key));
  const tampered = async (): Promise<string> => {
    const [head, , signature] = (await signed(claims())).split('.');
    const other = claims({ sub: 'romeo@chat.example' });
    return `${head}.${Buffer.from(JSON.stringify(other)).toString('base64url')}.${signature}`;
  };

  test.each<[string, () => Promise<string> | string]>([
    ['none', () => ''],
    ['what is no JWT', () => 'a.b.c'],
    ['what is too long', () => 'x'.repeat(4097)],
    ['one of another server', () => signed(claims(), {}, 'another key, of another server...')],
    ['one that was changed', tampered],
    ['one without a signature', () => new UnsecuredJWT(claims()).encode()],
    ['a token of another kind with the same key', () => signed(claims(), { typ: 'JWT' })],
    ['one that is over', () => signed(claims({ exp: now() }))],
    ['one for nobody', () => signed(claims({ sub: '' }))],
    ['one for a device', () => signed(claims({ sub: `${account}/page` }))],
    ['one with a grant that is none', () => signed(claims({ grant: '{"rooms":7}' }))],
    ['one without a grant', () => signed(claims({ grant: undefined }))],
  ])('%s', async (_, made) => {
    const { judge } = scene();
    expect(await judge(await signed(claims()))).toMatchObject({ verdict: 'accepted' });
    expect(await judge(await made())).toEqual({ verdict: 'refused', reason: 'not-authorized' });
  });
});
