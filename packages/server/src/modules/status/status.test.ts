import {
  type BareJid,
  decodeSharedStatus,
  decodeStanzaError,
  el,
  elements,
  encodeSharedStatus,
  encodeShareStatus,
  NS,
  parseBareJid,
  parseJid,
  presenceEl,
  requestEl,
} from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import type { Storage } from '../../kernel/module.js';
import { createTestKernel, type FakeSession } from '../../testing/index.js';
import { status } from './status.js';

const HOST = parseJid('status.localhost') ?? expect.unreachable();
const romeo: BareJid = parseBareJid('romeo@localhost') ?? expect.unreachable();

async function start(settings: Readonly<Record<string, unknown>> = {}, storage?: Storage) {
  const kernel = await createTestKernel({
    modules: [status],
    settings: { status: settings },
    ...(storage ? { storage } : {}),
  });
  const ask = async (session: FakeSession, type: 'get' | 'set', payload = encodeSharedStatus()) => {
    await session.sends(requestEl({ to: HOST, id: 'q', type }, payload));
    const answer = await session.next();
    return answer.attrs.type === 'error'
      ? decodeStanzaError(answer).condition
      : decodeSharedStatus(elements(answer)[0]);
  };
  const share = (session: FakeSession, on = true) => ask(session, 'set', encodeShareStatus(on));
  /** The id, where there must be one. */
  const shared = async (session: FakeSession) => (await share(session)) ?? expect.unreachable();
  const shows = async (session: FakeSession, show?: string) =>
    session.sends(presenceEl({}, show !== undefined && el('show', NS.client, {}, show)));
  const shown = (id: string) => {
    const found = kernel.registry.hooks.first('status:shown', { id });
    return found instanceof Promise ? expect.unreachable() : found;
  };
  const told = (id: string) => shown(id)?.status ?? 'unknown';
  const bind = (name = 'romeo/a', kind: 'guest' | 'user' = 'user') =>
    kernel.bind(`${name.replace('/', '@localhost/')}`, kind);
  return { kernel, storage: kernel.storage, ask, share, shared, shows, shown, told, bind };
}

describe('sharing', () => {
  test('gives an id, the same one again, and shows the status at it', async () => {
    const { bind, shared, shows, shown } = await start();
    const session = bind();
    await shows(session, 'away');
    const id = await shared(session);
    expect(id).toMatch(/^[\w-]{22,}$/);
    expect(await shared(session)).toBe(id);
    expect(await shared(bind('romeo/b'))).toBe(id);
    expect(await shared(bind('juliet/a'))).not.toBe(id);
    expect(shown(id)?.status).toBe('away');
  });

  test('nothing is shown of those who have not asked for it', async () => {
    const { kernel, ask, bind, shows } = await start();
    const session = bind();
    await shows(session);
    expect(await ask(session, 'get')).toBeUndefined();
    expect(kernel.stats()).toMatchObject({ 'status.shared': 0, 'status.leaving': 0 });
  });

  test('ends for good: the next id is another', async () => {
    const { ask, bind, share, shared, shows, told } = await start();
    const session = bind();
    await shows(session);
    const id = await shared(session);
    expect(await ask(session, 'get')).toBe(id);
    expect(await share(session, false)).toBeUndefined();
    expect(told(id)).toBe('unknown');
    expect(await share(session, false)).toBeUndefined();
    const next = await shared(session);
    expect(next).not.toBe(id);
    expect([told(id), told(next)]).toEqual(['unknown', 'online']);
  });

  test('two requests at once get one id', async () => {
    const { kernel, bind } = await start();
    const session = bind();
    for (const id of ['1', '2']) {
      void session.sends(requestEl({ to: HOST, id, type: 'set' }, encodeShareStatus(true)));
    }
    const answers = [await session.next(), await session.next()];
    const [first, second] = answers.map((answer) => decodeSharedStatus(elements(answer)[0]));
    expect(first).toBeDefined();
    expect(second).toBe(first);
    expect(kernel.stats()).toMatchObject({ 'status.shared': 1, 'status.waiting': 0 });
  });

  test('is for as many accounts as may, and no more', async () => {
    const { bind, share, shared } = await start({ accounts: 2 });
    await shared(bind('romeo/a'));
    const juliet = bind('juliet/a');
    await shared(juliet);
    expect(await share(bind('nurse/a'))).toBe('resource-constraint');
    await shared(juliet);
    await share(juliet, false);
    await shared(bind('nurse/b'));
  });

  test('begins from one network address as often as it may in an hour', async () => {
    const { kernel, bind, share, shared } = await start({ sharedPerHour: 2 });
    const a = bind('guest-a/x', 'guest');
    await shared(a);
    await shared(a);
    await shared(bind('guest-b/x', 'guest'));
    const c = bind('guest-c/x', 'guest');
    expect(await share(c)).toBe('policy-violation');
    kernel.clock.advance(1_800_000);
    await shared(c);
  });

  test('begins as often as asked where the limits by rate are lifted', async () => {
    const { bind, shared } = await start({ sharedPerHour: 1, rateLimits: false });
    for (const name of ['a', 'b', 'c']) await shared(bind(`guest-${name}/x`, 'guest'));
  });

  test('an administrator shares and withdraws for an account', async () => {
    const { kernel, bind, shared, shows, told } = await start();
    const { hooks } = kernel.registry;
    const answer = await hooks.first('status:share', { account: romeo, share: true });
    const id = answer?.shared ? (answer.id ?? '') : '';
    expect(told(id)).toBe('offline');
    const session = bind();
    await shows(session);
    expect(told(id)).toBe('online');
    expect(await shared(session)).toBe(id);
    expect(await hooks.first('status:share', { account: romeo, share: false })).toEqual({
      shared: true,
      id: undefined,
    });
    expect(told(id)).toBe('unknown');
  });

  test('a disk that fails is told, and nothing is shown', async () => {
    const { kernel, storage, bind, share } = await start();
    Object.assign(storage.statuses, { add: () => Promise.reject(new Error('disk full')) });
    expect(await share(bind())).toBe('internal-server-error');
    expect(kernel.stats()).toMatchObject({ 'status.shared': 0, 'status.waiting': 0 });
  });
});

describe('what is shown', () => {
  test('follows the highest resource, and says since when', async () => {
    const { kernel, bind, shared, shows, shown } = await start();
    const phone = bind('romeo/phone');
    const id = await shared(phone);
    const since = kernel.clock.now();
    expect(shown(id)).toMatchObject({ status: 'offline', since });
    kernel.clock.advance(1000);
    await shows(phone, 'away');
    kernel.clock.advance(1000);
    await shows(phone, 'xa');
    expect(shown(id)).toMatchObject({ status: 'away', since: since + 1000 });
    const desk = bind('romeo/desk');
    await shows(desk, 'dnd');
    expect(shown(id)).toMatchObject({ status: 'dnd', since: since + 2000 });
    await shows(phone);
    expect(shown(id)?.status).toBe('online');
    phone.end('closed');
    expect(shown(id)?.status).toBe('dnd');
  });

  test('goes offline only after the grace, since the moment of leaving', async () => {
    const { kernel, bind, shared, shows, shown } = await start({ grace: 20_000 });
    const session = bind();
    await shows(session);
    const id = await shared(session);
    session.end('lost');
    const left = kernel.clock.now();
    kernel.clock.advance(19_999);
    expect(shown(id)?.status).toBe('online');
    kernel.clock.advance(1);
    expect(shown(id)).toMatchObject({ status: 'offline', since: left });
    expect(kernel.stats()).toMatchObject({ 'status.leaving': 0 });
  });

  test('does not flap when somebody comes back in time', async () => {
    const { kernel, bind, shared, shows, shown } = await start();
    const session = bind();
    await shows(session);
    const id = await shared(session);
    const before = { ...shown(id) };
    session.end('lost');
    kernel.clock.advance(19_000);
    const again = bind();
    await shows(again);
    kernel.clock.advance(60_000);
    expect(shown(id)).toEqual(before);
    await again.sends(presenceEl({ type: 'unavailable' }));
    kernel.clock.advance(19_000);
    expect(shown(id)).toEqual(before);
    kernel.clock.advance(2000);
    expect(shown(id)?.status).toBe('offline');
  });

  test('a session that waits for resumption counts as before', async () => {
    const { kernel, bind, shared, shows, told } = await start();
    const session = bind();
    await shows(session, 'dnd');
    const id = await shared(session);
    session.hibernated = true;
    kernel.clock.advance(600_000);
    expect(told(id)).toBe('dnd');
  });

  test('at once without a grace', async () => {
    const { kernel, bind, shared, shows, told } = await start({ grace: 0 });
    const session = bind();
    await shows(session);
    const id = await shared(session);
    session.end('closed');
    kernel.clock.advance(0);
    expect(told(id)).toBe('offline');
  });
});

describe('over a restart', () => {
  test('ids stay, and whoever was here is shown as here for a while', async () => {
    const first = await start();
    const [anna, ben] = [first.bind('anna/a'), first.bind('ben/a')];
    await first.shows(anna, 'dnd');
    const ids = [await first.shared(anna), await first.shared(ben)] as const;
    const since = first.shown(ids[0])?.since;
    await first.kernel.stop();
    expect(first.kernel.clock.pending).toBe(0);

    const second = await start({}, first.storage);
    expect(second.shown(ids[0])).toMatchObject({ status: 'dnd', since });
    expect(second.told(ids[1])).toBe('offline');
    second.kernel.clock.advance(59_999);
    expect(second.told(ids[0])).toBe('dnd');
    second.kernel.clock.advance(1);
    expect(second.told(ids[0])).toBe('offline');
  });

  test('what is shown is written down within seconds', async () => {
    const { kernel, storage, bind, shared, shows } = await start();
    const session = bind();
    const id = await shared(session);
    await shows(session, 'away');
    kernel.clock.advance(5000);
    await Promise.resolve();
    expect(await storage.statuses.list({ limit: 9 })).toMatchObject([{ id, status: 'away' }]);
  });

  test('no more are read than may share', async () => {
    const first = await start();
    for (const name of ['a', 'b', 'c']) await first.shared(first.bind(`${name}/x`));
    await first.kernel.stop();
    const second = await start({ accounts: 2 }, first.storage);
    expect(second.kernel.stats()).toMatchObject({ 'status.shared': 2 });
  });
});

describe('an account that is gone', () => {
  test('is shown no longer, and its name’s next owner begins anew', async () => {
    const { kernel, ask, bind, shared, shows, told } = await start();
    const session = bind();
    await shows(session);
    const id = await shared(session);
    session.end('kicked');
    kernel.registry.hooks.tell('account:erased', { account: romeo });
    const next = bind();
    await shows(next);
    expect(await ask(next, 'get')).toBeUndefined();
    expect(await shared(next)).not.toBe(id);
    expect(told(id)).toBe('unknown');
  });

  test('what it asked for in its last moment comes to nothing', async () => {
    const { kernel, storage, bind } = await start();
    const session = bind();
    const settled = session.sends(requestEl({ to: HOST, id: 'q', type: 'set' }, encodeShareStatus(true)));
    session.end('kicked');
    kernel.registry.hooks.tell('account:erased', { account: romeo });
    await settled;
    await new Promise((resolve) => void setImmediate(resolve));
    expect(await storage.statuses.list({ limit: 9 })).toEqual([]);
    expect(kernel.stats()).toMatchObject({ 'status.shared': 0, 'status.waiting': 0 });
  });

  test('a guest is forgotten when it has been offline for too long; a user is not', async () => {
    const { kernel, bind, shared, shows, told } = await start({ guestLife: 3_600_000 });
    const [guest, here, user] = [bind('g1/a', 'guest'), bind('g2/a', 'guest'), bind()];
    await shows(here);
    const ids = [await shared(guest), await shared(here), await shared(user)];
    kernel.clock.advance(3_599_999);
    await Promise.resolve();
    expect(ids.map(told)).toEqual(['offline', 'online', 'offline']);
    kernel.clock.advance(1);
    await new Promise((resolve) => void setImmediate(resolve));
    expect(ids.map(told)).toEqual(['unknown', 'online', 'offline']);
  });
});

describe('the host', () => {
  test('is found by disco and says what it does', async () => {
    const { kernel } = await start();
    const { hooks } = kernel.registry;
    const by = parseJid('romeo@localhost/a') ?? expect.unreachable();
    const items = await hooks.collect('disco:items', { to: kernel.domain, node: undefined, by });
    expect(items.flat().map(({ jid }) => jid)).toEqual([HOST]);
    const [info] = await hooks.collect('disco:info', { to: HOST, node: undefined, by });
    expect(info?.identities).toMatchObject([{ category: 'component', type: 'presence' }]);
    expect(info?.features).toContain('urn:meerkat:status:0');
    for (const [to, node] of [
      [kernel.domain, undefined],
      [HOST, 'a'],
    ] as const) {
      expect(await hooks.collect('disco:info', { to, node, by })).toEqual([]);
    }
  });

  test.each([
    ['get', el('share', NS.webStatus)],
    ['set', el('shared', NS.webStatus)],
    ['set', el('share', 'urn:other')],
  ] as const)('knows no other request: %s %j', async (type, payload) => {
    const { ask, bind } = await start();
    expect(await ask(bind(), type, payload)).toBe('service-unavailable');
  });

  test('answers at its own address only', async () => {
    const { kernel, bind } = await start();
    const session = bind();
    const to = parseJid('romeo@status.localhost') ?? expect.unreachable();
    await session.sends(requestEl({ to, id: '1', type: 'set' }, encodeShareStatus(true)));
    expect((await session.next()).attrs.type).toBe('error');
    expect(kernel.stats()).toMatchObject({ 'status.shared': 0 });
  });
});
