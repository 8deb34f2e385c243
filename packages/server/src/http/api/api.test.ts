import { bareJid, type Element } from '@meerkat-chat/xmpp';
import { type FastifyInstance, fastify } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Attempts } from '../../auth/attempts.js';
import { silentLogger } from '../../kernel/logger.js';
import { createRoomScene, type RoomScene } from '../../testing/room-scene.js';
import { createTestAccounts } from '../../testing/test-accounts.js';
import { EmbedConfigs } from '../embed-config.js';
import { API_OPERATIONS, apiRoutes, MAX_API_BODY } from './api-routes.js';
import { openApi } from './open-api.js';
import { API_SCOPES } from './settings.js';

const KEY = 'k'.repeat(32);
const READER = 'r'.repeat(32);
const LOBBY = 'lobby@rooms.localhost';
/** A key with this scope alone. */
const keyOf = (scope: string) => scope.replace(':', '-').padEnd(32, 'x');

const described = openApi(API_OPERATIONS, '') as {
  readonly paths: Record<string, Record<string, { operationId: string; responses: object }>>;
};
/** The statuses that each operation is said to answer with. */
const DESCRIBED: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.values(described.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId, responses }) => [operationId, Object.keys(responses)]),
  ),
);

let scene: RoomScene;
let app: FastifyInstance;
let sent: Element[];
let ended: string[];

beforeEach(async () => {
  scene = await createRoomScene();
  sent = [];
  ended = [];
  app = fastify({ logger: false });
  const { clock, domain, env, registry, router, storage } = scene.kernel;
  const rooms = registry.hooks.first('rooms:administration', {});
  if (!rooms || rooms instanceof Promise) throw new TypeError('nobody keeps rooms');
  const accounts = await createTestAccounts({
    storage,
    env,
    rooms,
    changed: (account) => ended.push(account),
  });
  let ids = 0;
  apiRoutes(app, {
    context: {
      domain,
      accounts,
      rooms,
      sessions: router.sessions,
      archive: storage.archive,
      audit: storage.audit,
      embeds: new EmbedConfigs(Buffer.from('a key of thirty-two bytes, or so.'), domain, clock),
      now: () => clock.now(),
      newId: () => `id-${++ids}`,
      send: (stanza) => sent.push(stanza),
    },
    keys: [
      { name: 'shop', key: KEY, scopes: [...API_SCOPES] },
      { name: 'reader', key: READER, scopes: ['rooms:read'] },
      ...API_SCOPES.map((scope, at) => ({ name: `one-${at}`, key: keyOf(scope), scopes: [scope] })),
    ],
    attempts: new Attempts(clock, { perAddress: 3, perAccount: 100, window: 60_000, remembered: 100 }),
    log: silentLogger,
    version: '1.2.3',
    now: () => clock.now(),
  });
});
afterEach(() => app.close());

type Method = 'DELETE' | 'GET' | 'POST' | 'PUT';

/** Asks, and gives the status with what came of it. */
async function asks(method: Method, url: string, payload?: object, key: string | undefined = KEY) {
  const answer = await app.inject({
    method,
    url: `/api${url}`,
    headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
    ...(payload === undefined ? {} : { payload }),
  });
  const body = answer.body === '' ? undefined : JSON.parse(answer.body);
  isAsDescribed(method, url, answer.statusCode, body);
  return { status: answer.statusCode, body, headers: answer.headers };
}

/** Whatever these tests are answered, the description of the API says so. */
function isAsDescribed(method: Method, url: string, status: number, body: unknown): void {
  const [path = ''] = url.split('?', 1);
  const asked = API_OPERATIONS.find(
    (one) => one.method === method && new RegExp(`^${one.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
  );
  if (!asked) return;
  const { [asked.id]: statuses = [] } = DESCRIBED;
  expect(statuses).toContain(status < 400 ? String(status) : `${Math.floor(status / 100)}XX`);
  if (status === 200) expect(asked.answer?.safeParse(body).error).toBeUndefined();
}

const acts = async () =>
  (await asks('GET', '/audit')).body.entries.map(
    ({ action, actor, target }: Record<string, string>) => `${actor}: ${action} ${target}`,
  );

describe('keys', () => {
  test('without one, with a wrong one, or without the scope, nothing is told and nothing done', async () => {
    expect((await asks('GET', '/rooms', undefined, '')).status).toBe(401);
    const wrong = await asks('POST', '/users', { name: 'romeo', password: 'x' }, 'x'.repeat(32));
    expect([wrong.status, wrong.headers['www-authenticate']]).toEqual([401, 'Bearer']);
    const reader = await asks('POST', '/users', { name: 'romeo', password: 'x' }, READER);
    expect([reader.status, reader.body]).toEqual([
      403,
      { error: 'The key reader has no scope users:write.' },
    ]);
    expect((await asks('GET', '/users')).body).toEqual({ users: [] });
    expect((await asks('GET', '/rooms', undefined, READER)).status).toBe(200);
    // Somebody has a key that does what it is not for.
    expect((await asks('GET', '/users', undefined, READER)).status).toBe(403);
    expect((await asks('GET', '/audit')).body.entries).toMatchObject([
      { actor: 'key reader', action: 'users.add', details: { problem: reader.body.error } },
    ]);
  });

  test.each(API_SCOPES)('with the scope %s do what needs it, and nothing else', async (scope) => {
    for (const operation of API_OPERATIONS) {
      const url = operation.path.replace(/\{\w+\}/g, 'nobody');
      const { status } = await asks(operation.method, url, operation.body ? {} : undefined, keyOf(scope));
      expect([operation.id, status === 403]).toEqual([operation.id, operation.scope !== scope]);
    }
  });

  test('who guesses has to wait, and a right key helps nobody then', async () => {
    for (let n = 0; n < 3; n++) await asks('GET', '/rooms', undefined, `${n}`.repeat(32));
    expect((await asks('GET', '/rooms')).status).toBe(429);
    scene.kernel.clock.advance(60_000);
    expect((await asks('GET', '/rooms')).status).toBe(200);
  });

  test('answers are kept by nobody', async () => {
    expect((await asks('GET', '/rooms')).headers['cache-control']).toBe('no-store');
  });
});

describe('users', () => {
  test('are added, listed, given another password, and removed', async () => {
    expect(await asks('POST', '/users', { name: 'romeo', password: 'x' })).toMatchObject({
      status: 200,
      body: { user: 'romeo@localhost' },
    });
    expect((await asks('POST', '/users', { name: 'romeo', password: 'x' })).status).toBe(409);
    expect((await asks('GET', '/users')).body).toEqual({ users: ['romeo@localhost'] });
    expect((await asks('PUT', '/users/romeo/password', { password: 'y' })).status).toBe(204);
    expect((await asks('DELETE', '/users/romeo')).status).toBe(204);
    expect((await asks('DELETE', '/users/romeo')).status).toBe(404);
    // Once for the password; before and after it went.
    expect(ended).toEqual(['romeo@localhost', 'romeo@localhost', 'romeo@localhost']);
    expect(await acts()).toEqual([
      'key shop: users.delete romeo@localhost',
      'key shop: users.delete romeo@localhost',
      'key shop: users.password romeo@localhost',
      'key shop: users.add romeo@localhost',
      'key shop: users.add romeo@localhost',
    ]);
    const { entries } = (await asks('GET', '/audit')).body;
    expect(entries[0].details).toEqual({ problem: 'there is no account romeo@localhost' });
    expect(JSON.stringify(entries)).not.toContain('password":"');
  });

  test('may have no password, are suspended and let in again', async () => {
    expect((await asks('POST', '/users', { name: 'mira' })).status).toBe(200);
    const mira = { user: 'mira@localhost', password: false, createdAt: expect.any(Number) };
    expect((await asks('GET', '/users/mira')).body).toEqual(mira);
    expect((await asks('PUT', '/users/mira/suspension')).status).toBe(204);
    expect((await asks('GET', '/users/mira')).body).toEqual({ ...mira, suspendedAt: expect.any(Number) });
    expect(ended).toEqual(['mira@localhost']);
    expect((await asks('DELETE', '/users/mira/suspension')).status).toBe(204);
    expect((await asks('GET', '/users/mira')).body).toEqual(mira);
    expect((await asks('PUT', '/users/nobody/suspension')).status).toBe(404);
    expect((await asks('GET', '/users/nobody')).status).toBe(404);
  });

  test('what is kept of one is exported as lines and erased, and the log names nobody then', async () => {
    await asks('POST', '/users', { name: 'romeo', password: 'x' });
    await scene.says(await scene.enter('romeo'), 'hark');
    // However it is written, and in what is said of what could not be done.
    expect((await asks('POST', '/users', { name: 'ROMEO@localhost' })).status).toBe(409);
    const headers = { authorization: `Bearer ${KEY}` };
    const exported = await app.inject({ url: '/api/users/romeo/export', headers });
    expect(exported.headers['content-type']).toBe('application/x-ndjson');
    const lines = exported.body.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).kind)).toEqual([
      'account',
      'affiliation',
      'room-message',
      'audit',
      'audit',
      'audit',
    ]);
    const { body } = await asks('DELETE', '/users/romeo?erase=true');
    expect(body.erased).toMatchObject({ accounts: 1, affiliations: 1, roomMessages: 1, auditLines: 3 });
    expect((await asks('DELETE', '/users/romeo?erase=true')).status).toBe(404);
    expect(JSON.stringify((await asks('GET', '/audit')).body)).not.toContain('romeo');
    expect((await asks('GET', '/users/romeo/export', undefined, READER)).status).toBe(403);
  });

  test('what only an archive tells of somebody is exported and erased', async () => {
    await scene.says(await scene.enter('guest-1', { kind: 'guest' }), 'hark');
    const { messages } = (await asks('GET', '/rooms/lobby/archive')).body;
    const [, occupant] = /<occupant-id [^>]*id="([^"]+)"/.exec(messages[0].xml) ?? [];
    const url = `/rooms/lobby/occupants/${occupant}`;
    const headers = { authorization: `Bearer ${KEY}` };
    const exported = await app.inject({ url: `/api${url}/export`, headers });
    expect(JSON.parse(exported.body)).toMatchObject({ kind: 'room-message', text: 'hark' });
    expect((await asks('DELETE', url)).body).toMatchObject({ erased: { roomMessages: 1 } });
    expect((await asks('DELETE', url)).status).toBe(404);
    expect((await asks('DELETE', '/rooms/lobby/occupants/x%22')).status).toBe(400);
  });

  test('their sessions are listed and ended', async () => {
    const one = scene.kernel.bind('romeo@localhost/a');
    const two = scene.kernel.bind('romeo@localhost/b');
    const { sessions } = (await asks('GET', '/users/romeo/sessions')).body;
    expect(sessions).toMatchObject([
      { jid: one.jid, connected: true },
      { jid: two.jid, guest: false },
    ]);
    const jid = encodeURIComponent(two.jid);
    expect((await asks('DELETE', `/users/romeo/sessions?jid=${jid}`)).body).toEqual({ ended: 1 });
    expect([one.ended, two.ended?.why]).toEqual([undefined, 'kicked']);
    expect((await asks('DELETE', `/users/romeo/sessions?jid=${jid}`)).status).toBe(404);
    expect((await asks('DELETE', '/users/romeo/sessions?jid=x')).status).toBe(400);
    expect((await asks('DELETE', '/users/romeo/sessions')).body).toEqual({ ended: 1 });
  });

  test('are told something by the server', async () => {
    await asks('POST', '/users', { name: 'romeo' });
    expect((await asks('POST', '/users/romeo/messages', { text: 'Your order is on its way' })).status).toBe(
      204,
    );
    expect(sent[0]?.attrs).toMatchObject({ from: 'localhost', to: 'romeo@localhost', type: 'chat' });
    // Of the site's visitors those that are here, and those that have talked before.
    const hello = { text: 'Hello' };
    expect((await asks('POST', '/users/mira/messages', hello)).status).toBe(404);
    await scene.enter('mira');
    expect((await asks('POST', '/users/mira/messages', hello)).status).toBe(204);
    const { clock, domain, storage } = scene.kernel;
    const archive = bareJid('zoe', domain) ?? expect.unreachable();
    const at = clock.now();
    await storage.archive.append({
      id: storage.archive.nextId(at),
      archive,
      at,
      sender: 's',
      xml: '<message/>',
    });
    expect((await asks('POST', '/users/zoe/messages', hello)).status).toBe(204);
    expect(sent.map(({ attrs }) => attrs.to)).toEqual(
      ['romeo', 'mira', 'zoe'].map((name) => `${name}@localhost`),
    );
  });
});

describe('rooms', () => {
  test('are made, shown, listed and removed', async () => {
    const made = await asks('POST', '/rooms', { room: 'Hall', name: 'The hall', moderated: true });
    expect(made.body).toEqual({ jid: 'hall@rooms.localhost' });
    expect((await asks('POST', '/rooms', { room: 'hall' })).status).toBe(409);
    expect((await asks('GET', '/rooms/hall')).body).toMatchObject({
      name: 'The hall',
      moderated: true,
      persistent: true,
      size: 0,
    });
    expect((await asks('GET', '/rooms')).body.rooms).toMatchObject([{ jid: 'hall@rooms.localhost' }]);
    expect((await asks('DELETE', '/rooms/hall')).status).toBe(204);
    expect((await asks('GET', '/rooms/hall')).status).toBe(404);
    expect((await asks('DELETE', '/rooms/hall')).status).toBe(404);
  });

  test('are listed page by page, those in memory and those that are not', async () => {
    for (const room of ['z', 'b', 'd']) await asks('POST', '/rooms', { room });
    await scene.enter('owner');
    const listed: string[] = [];
    for (let after = ''; ; ) {
      const { rooms } = (await asks('GET', `/rooms?limit=2${after}`)).body;
      listed.push(...rooms.map(({ jid }: { jid: string }) => jid));
      if (rooms.length < 2) break;
      after = `&after=${listed.at(-1)}`;
    }
    expect(listed).toEqual(['b', 'd', 'lobby', 'z'].map((room) => `${room}@rooms.localhost`));
    expect((await asks('GET', '/rooms?after=a@elsewhere.example')).status).toBe(400);
  });

  test('a room is shown with who is in it, who is then kicked, banned and let in again', async () => {
    const owner = await scene.enter('owner');
    const mira = await scene.enter('mira');
    owner.takes();
    const { occupants } = (await asks('GET', '/rooms/lobby')).body;
    expect(occupants).toMatchObject([
      { nick: 'owner', affiliation: 'owner', account: 'owner@localhost' },
      { nick: 'mira', role: 'participant' },
    ]);
    expect((await asks('POST', '/rooms/lobby/kick', { nick: 'mira', reason: 'spam' })).status).toBe(204);
    expect(owner.takes().at(-1)?.attrs).toMatchObject({ from: `${LOBBY}/mira`, type: 'unavailable' });
    expect((await asks('POST', '/rooms/lobby/kick', { nick: 'mira' })).status).toBe(404);
    const { entries } = (await asks('GET', '/audit?limit=2')).body;
    expect(entries.map(({ details }: { details: object }) => details)).toEqual([
      { nick: 'mira', problem: 'Nobody there has this nick.' },
      { user: 'mira@localhost' },
    ]);
    await scene.join(mira, 'mira');
    const ban = { affiliation: 'outcast', reason: 'spam' };
    expect((await asks('PUT', '/rooms/lobby/affiliations/mira', ban)).status).toBe(204);
    mira.takes();
    await scene.join(mira, 'mira');
    expect(mira.takes()[0]?.attrs.type).toBe('error');
    expect((await asks('PUT', '/rooms/lobby/affiliations/mira', { affiliation: 'none' })).status).toBe(204);
    await scene.join(mira, 'mira');
    expect(mira.takes()[0]?.attrs.type).not.toBe('error');
  });

  test('something is said in a room, under a name that nobody there has, and is archived', async () => {
    const owner = await scene.enter('owner');
    const said = await asks('POST', '/rooms/lobby/messages', { as: 'Shop', text: 'We close at <six>' });
    expect(said.status).toBe(204);
    const heard = owner.takes().at(-1);
    expect(heard?.attrs.from).toBe(`${LOBBY}/Shop`);
    expect(heard?.children[0]).toMatchObject({ children: ['We close at <six>'] });
    const { complete, messages } = (await asks('GET', '/rooms/lobby/archive')).body;
    expect([complete, messages.length, messages[0].sender]).toEqual([true, 1, `${LOBBY}/Shop`]);
    for (const as of ['owner', 'OWNER']) {
      expect((await asks('POST', '/rooms/lobby/messages', { as, text: 'x' })).status).toBe(409);
    }
    expect((await asks('POST', '/rooms/nowhere/messages', { as: 'Shop', text: 'x' })).status).toBe(404);
  });

  test('an archive is read page by page', async () => {
    const owner = await scene.enter('owner');
    for (const text of ['one', 'two', 'three']) await scene.says(owner, text);
    const first = (await asks('GET', '/rooms/lobby/archive?limit=2')).body;
    expect([first.messages.length, first.complete]).toEqual([2, false]);
    const after = first.messages[1].id;
    const next = (await asks('GET', `/rooms/lobby/archive?limit=2&after=${after}`)).body;
    expect([next.messages.length, next.complete]).toEqual([1, true]);
    expect((await asks('GET', '/rooms/lobby/archive?after=nothing')).status).toBe(404);
    expect((await asks('GET', '/rooms/nowhere/archive')).status).toBe(404);
  });
});

describe('what is asked wrongly', () => {
  test.each<[Method, string, object | undefined, RegExp]>([
    ['POST', '/users', {}, /body\.name/],
    ['POST', '/users', { name: 'a b@c@d', password: 'x' }, /cannot be the name/],
    ['POST', '/users', { name: 'guest-1', password: 'x' }, /belong to guests/],
    ['GET', '/rooms?limit=0', undefined, /query\.limit/],
    ['GET', '/rooms?limit=1001', undefined, /query\.limit/],
    ['GET', '/rooms/a@elsewhere.example', undefined, /cannot be the name of a room/],
    ['PUT', '/rooms/lobby/affiliations/mira', { affiliation: 'king' }, /body\.affiliation/],
    ['POST', '/rooms/lobby/messages', { as: 'Shop', text: 'x'.repeat(16_385) }, /body\.text/],
  ])('%s %s %j says what is wrong', async (method, url, body, message) => {
    const answer = await asks(method, url, body);
    expect([answer.status, answer.body.error]).toEqual([400, expect.stringMatching(message)]);
  });

  test('a body that is no JSON, or too large', async () => {
    const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
    const post = (payload: string) => app.inject({ method: 'POST', url: '/api/users', headers, payload });
    expect((await post('{')).statusCode).toBe(400);
    expect((await post(`"${'x'.repeat(MAX_API_BODY)}"`)).statusCode).toBe(413);
  });
});

test('the description has every operation, and needs no key', async () => {
  const { body } = await asks('GET', '/openapi.json', undefined, '');
  expect([body.openapi, body.info.version]).toEqual(['3.1.0', '1.2.3']);
  const described = Object.values<Record<string, { operationId: string }>>(body.paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  );
  expect(described.sort()).toEqual(API_OPERATIONS.map(({ id }) => id).sort());
  expect(body.paths['/api/rooms/{room}/kick'].post.parameters).toMatchObject([{ name: 'room', in: 'path' }]);
});

test('what changes something is written down, and who read all of a person; what only looks is not', () => {
  for (const { id, method, target } of API_OPERATIONS) {
    expect([id, target !== undefined]).toEqual([id, method !== 'GET' || id.endsWith('.export')]);
  }
});

test('addresses of framed rooms are signed', async () => {
  const wish = { rooms: ['Hall'], origins: ['https://blog.example'], features: ['read-only'], life: 60_000 };
  const { body, status } = await asks('POST', '/embeds', wish);
  expect(status).toBe(200);
  expect(body.path).toMatch(/^\/embed\/room\/hall\?config=[\w.-]+$/);
  expect(await acts()).toContain('key shop: embeds.sign Hall');
  for (const wrong of [
    { rooms: [] },
    { rooms: ['a b'] },
    { origins: ['blog.example'] },
    { features: ['admin'] },
    { life: 999 },
    { life: 315_360_000_001 },
  ]) {
    expect((await asks('POST', '/embeds', { ...wish, ...wrong })).status).toBe(400);
  }
  expect((await asks('POST', '/embeds', wish, READER)).status).toBe(403);
});
