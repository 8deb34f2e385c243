import { parseBareJid } from '@meerkat-chat/xmpp';
import { type FastifyInstance, fastify } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPeerReader } from '../link/peer.js';
import { frameSessionRoutes } from './frame-session-route.js';

const apps: FastifyInstance[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

/** Addresses from which a wrong token came. */
const counted: string[] = [];
beforeEach(() => {
  counted.length = 0;
});

const account = parseBareJid('mira@chat.example') ?? expect.unreachable();

async function ask(method: 'DELETE' | 'POST', headers: Readonly<Record<string, string>>, life = 60_000) {
  const app = fastify();
  apps.push(app);
  frameSessionRoutes(app, {
    peerOf: createPeerReader([]),
    verifyToken: async (token) =>
      token === 'good.to.ken'
        ? { verdict: 'accepted', identity: { account, kind: 'user' } }
        : { verdict: 'refused', reason: token === 'old.to.ken' ? 'credentials-expired' : 'not-authorized' },
    failed: ({ address }) => counted.push(address),
    sessions: { make: async () => (life > 0 ? { value: 'signed', life } : undefined) },
  });
  const sent = { host: 'chat.example', origin: 'https://chat.example', ...headers };
  const {
    headers: answered,
    statusCode,
    body,
  } = await app.inject({ method, url: '/embed/session', headers: sent });
  return { status: statusCode, cookie: answered['set-cookie'], body: body && JSON.parse(body) };
}

const authorization = 'Bearer good.to.ken';

test('a token makes a cookie that is for the page around alone', async () => {
  expect(await ask('POST', { authorization })).toEqual({
    status: 200,
    cookie: '__Host-meerkat-frame=signed; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=None; Partitioned',
    body: { account },
  });
  expect(await ask('POST', { authorization }, 0)).toEqual({
    status: 200,
    cookie: undefined,
    body: { account },
  });
});

test.each([
  ['no token', 401, {}],
  ['another one', 401, { authorization: 'Bearer bad.to.ken' }],
  ['a password', 401, { authorization: 'Basic good.to.ken' }],
  ['a page of somebody else', 403, { authorization, origin: 'https://blog.example' }],
  ['a page without an origin', 403, { authorization, origin: 'null' }],
  ['one that looks like us', 403, { authorization, origin: 'https://chat.example.evil' }],
])('%s makes none', async (_, status, headers) => {
  expect(await ask('POST', headers)).toMatchObject({ status, cookie: undefined });
});

test('a wrong token counts as an attempt to sign in, an old one or none does not', async () => {
  for (const token of ['Bearer old.to.ken', '', authorization]) await ask('POST', { authorization: token });
  expect(counted).toEqual([]);
  await ask('POST', { authorization: 'Bearer bad.to.ken' });
  expect(counted).toEqual(['127.0.0.1']);
});

test('it is taken back, by ourselves alone', async () => {
  expect(await ask('DELETE', {})).toMatchObject({
    status: 204,
    cookie: '__Host-meerkat-frame=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=None; Partitioned',
  });
  expect(await ask('DELETE', { origin: 'https://blog.example' })).toMatchObject({ status: 403 });
});
