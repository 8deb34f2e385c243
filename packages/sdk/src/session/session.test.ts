import { el, NS, serialize, withAttrs } from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import { blockedStorage, FakePlatform, fakeLocks, memoryStorage } from './testing/fake-platform.js';
import { FakeServer } from './testing/fake-server.js';
import { idle, message, online, pass, until, world } from './testing/world.js';

const OPTIONS = { server: 'https://chat.example', domain: 'server.example' };
const ALICE = { ...OPTIONS, auth: { kind: 'password', username: 'alice', password: 'secret' } } as const;

describe('signing in', () => {
  test('a guest is online after one flight', async () => {
    const { onlines, server, session } = world();
    session.start();
    await online(session);
    expect(session.status.value).toEqual({ state: 'online', link: 'websocket', resumed: false });
    expect(session.me.value).toMatchObject({ guest: true, account: 'guest2@server.example' });
    expect(onlines).toEqual([{ kind: 'fresh', unacknowledged: [] }]);
    expect(server.heard[0]?.[0]).toMatch(/^<open /);
    expect(server.heard[0]?.[1]).toMatch(
      /<authenticate .*mechanism="ANONYMOUS".*<request-token.*<bind.*<enable/,
    );
  });

  test.each([
    ['SASL2 with everything inline', {}],
    ['SASL2 without inline stream management', { inlineSm: false }],
    ['SASL2 without Bind 2', { bind2: false, inlineSm: false }],
    ['classic SASL', { sasl2: false }],
    ['classic SASL without stream management', { sasl2: false, sm: false }],
  ])('%s, guessed wrong or waited for', async (_, offer) => {
    for (const known of [{}, { websocket: 'wss://chat.example/ws' }]) {
      const { platform, server, session } = world(
        { ...ALICE, ...known },
        new FakePlatform(),
        new FakeServer(offer),
      );
      session.start();
      await online(session);
      expect(session.me.value?.account).toBe('alice@server.example');
      session.send(message('hello'));
      await idle();
      expect(server.bodies).toEqual(['hello']);
      platform.links.at(-1)?.cut();
      platform.clock.advance(1_000);
      await online(session);
      session.send(message('again'));
      await idle();
      expect(server.bodies).toEqual(['hello', 'again']);
      const resumable = offer !== undefined && !('sm' in offer);
      expect(session.status.value).toMatchObject({ state: 'online', resumed: resumable });
    }
  });

  test('what is sent before sign-in is sent after it, behind what features send', async () => {
    const { server, session } = world();
    session.onOnline(() => session.send(message('join')));
    session.send(message('early'));
    session.start();
    session.send(message('while connecting'));
    await online(session);
    await idle();
    expect(server.bodies).toEqual(['join', 'early', 'while connecting']);
  });

  test.each([
    ['a wrong password', { ...ALICE, auth: { ...ALICE.auth, password: 'no' } }, {}, 'not-authorized'],
    ['no common mechanism', ALICE, { mechanisms: ['X'] }, 'unsupported'],
    ['a password in the clear', { ...ALICE, websocket: 'ws://chat.example/' }, {}, 'insecure'],
    ['no usable URL', { server: 'nonsense:' }, {}, 'unreachable'],
  ])('%s is refused', async (_, options, offer, reason) => {
    const { platform, session } = world(options, new FakePlatform(), new FakeServer(offer));
    session.start();
    await until(session.status, ({ state }) => state === 'refused');
    expect(session.status.value).toMatchObject({ state: 'refused', reason });
    platform.clock.advance(60_000);
    expect(session.status.value.state).toBe('refused');
  });

  test('what was sent is held until the server has confirmed it, which is told', async () => {
    const { platform, session } = world();
    session.start();
    await online(session);
    const held: boolean[] = [];
    session.onAcknowledged(() => held.push(session.holds('m1')));
    session.send(withAttrs(message('1'), { id: 'm1' }));
    expect(session.holds('m1')).toBe(true);
    await idle();
    platform.clock.advance(1_500);
    await idle();
    expect([held, session.holds('m1')]).toEqual([[false], false]);
  });

  test('without WebCrypto a password is refused and a guest is not', async () => {
    const noCrypto = (): FakePlatform => Object.assign(new FakePlatform(), { subtle: undefined });
    const user = world(ALICE, noCrypto());
    user.session.start();
    await until(user.session.status, ({ state }) => state === 'refused');
    expect(user.session.status.value).toMatchObject({ reason: 'insecure' });
    const guest = world(OPTIONS, noCrypto());
    guest.session.start();
    await online(guest.session);
    guest.platform.links[0]?.cut();
    guest.platform.clock.advance(1_000);
    await until(guest.session.status, (status) => status.state === 'online' && status.resumed);
  });
});

describe('links', () => {
  test('a lost link is replaced and the session resumed, nothing lost or doubled', async () => {
    const { heard, onlines, platform, server, session } = world();
    session.start();
    await online(session);
    session.send(message('1'));
    await idle();
    platform.links[0]?.cut();
    expect(session.status.value.state).toBe('reconnecting');
    session.send(message('2'));
    server.say(server.onlySession, message('missed'));
    platform.clock.advance(1_000);
    await online(session);
    await idle();
    expect(session.status.value).toMatchObject({ resumed: true });
    expect(server.bodies).toEqual(['1', '2']);
    expect(heard).toEqual(['missed']);
    expect(onlines.map(({ kind }) => kind)).toEqual(['fresh', 'resumed']);
  });

  test('counts go round at 2^32', async () => {
    const { heard, platform, server, session } = world();
    session.start();
    await online(session);
    const theirs = server.onlySession;
    // Both ends are moved to the brink by what is stored.
    platform.happen('suspend');
    const stored = platform.stores.session;
    const key = 'meerkat.tab ["https://chat.example","","","server.example","guest"]';
    const snapshot = JSON.parse(stored.getItem(key) ?? '');
    snapshot.sm = { ...snapshot.sm, handled: 2 ** 32 - 1, acknowledged: 2 ** 32 - 1 };
    stored.setItem(key, JSON.stringify(snapshot));
    theirs.handled = theirs.acknowledged = 2 ** 32 - 1;
    const next = world(OPTIONS, Object.assign(new FakePlatform(2, platform.stores)), server);
    next.session.start();
    await online(next.session);
    for (const text of ['a', 'b']) {
      next.session.send(message(text));
      server.say(theirs, message(text));
    }
    await idle();
    next.platform.links[0]?.cut();
    next.platform.clock.advance(1_000);
    await online(next.session);
    await idle();
    expect([theirs.handled, theirs.acknowledged]).toEqual([1, 1]);
    expect(server.bodies).toEqual(['a', 'b']);
    expect(next.heard).toEqual(['a', 'b']);
    expect(heard).toEqual([]);
  });

  test('a refused resumption gives back what was not confirmed', async () => {
    const { onlines, platform, server, session } = world();
    session.start();
    await online(session);
    const before = session.me.value;
    platform.links[0]?.cut();
    session.send(message('in doubt'));
    const asked = session.request(el('iq', NS.client, { type: 'get' }, el('ping', NS.ping)));
    server.sessions.clear();
    platform.clock.advance(1_000);
    await expect(asked).rejects.toMatchObject({ error: { condition: 'remote-server-timeout' } });
    const told = onlines.at(-1);
    expect(told?.kind === 'fresh' && told.unacknowledged.map((stanza) => serialize(stanza))).toEqual([
      serialize(message('in doubt')),
    ]);
    expect(server.bodies).toEqual([]);
    expect(session.me.value?.account).toBe(before?.account);
    expect(session.me.value?.jid).not.toBe(before?.jid);
  });

  test('a guest whose token is refused is somebody else', async () => {
    const { onlines, platform, server, session } = world();
    session.start();
    await online(session);
    const before = session.me.value?.account;
    platform.links[0]?.cut();
    session.send(message('in doubt'));
    server.tokens.clear();
    platform.clock.advance(1_000);
    await online(session);
    expect(session.me.value?.account).not.toBe(before);
    expect(onlines.at(-1)).toMatchObject({ kind: 'fresh', unacknowledged: [{ name: 'message' }] });
  });

  test('a user whose token is refused signs in by password and resumes', async () => {
    const { platform, server, session } = world(ALICE);
    session.start();
    await online(session);
    platform.links.at(-1)?.cut();
    server.tokens.clear();
    platform.clock.advance(1_000);
    await online(session);
    expect(session.status.value).toMatchObject({ resumed: true });
  });

  test('a token that was rotated in an answer that never came does no harm', async () => {
    const { platform, server, session } = world();
    server.rotates = true;
    session.start();
    await online(session);
    const account = session.me.value?.account;
    platform.links[0]?.cut();
    // The server signs us in and makes a new token; the link dies before its answer arrives.
    server.mute = true;
    platform.clock.advance(1_000);
    await idle();
    expect(server.tokens.size).toBe(2);
    server.mute = false;
    platform.links.at(-1)?.cut();
    await until(session.status, (status) => status.state === 'reconnecting' && status.retryAt !== undefined);
    platform.clock.advance(10_000);
    await online(session);
    expect(session.me.value?.account).toBe(account);
    expect(session.status.value).toMatchObject({ resumed: true });
  });

  test('a silent link is dead five seconds after the question, later in the background', async () => {
    for (const [isVisible, deadline] of [
      [true, 5_000],
      [false, 30_000],
    ] as const) {
      const { platform, server, session } = world();
      session.start();
      await online(session);
      await idle();
      server.mute = true;
      platform.isVisible = isVisible;
      platform.happen('online');
      await idle();
      platform.clock.advance(deadline - 1);
      expect(session.status.value.state).toBe('online');
      platform.clock.advance(1);
      expect(session.status.value.state).toBe('reconnecting');
    }
  });

  test('in the foreground silence is noticed within ten seconds, and an answer is life', async () => {
    const { platform, server, session } = world();
    session.start();
    await online(session);
    await pass(platform, 60_000);
    expect(session.status.value.state).toBe('online');
    server.mute = true;
    platform.clock.advance(10_000);
    expect(session.status.value.state).toBe('reconnecting');
  });

  test('without a network nothing is tried until there is one', async () => {
    const { platform, session } = world();
    platform.isOnline = false;
    session.start();
    await until(session.status, ({ state }) => state === 'offline');
    platform.clock.advance(600_000);
    expect(platform.opened).toEqual([]);
    platform.isOnline = true;
    platform.happen('online');
    await online(session);
  });

  test('a session that was opened elsewhere is not fought for', async () => {
    const { platform, server, session } = world();
    session.start();
    await online(session);
    server.onlySession.connection?.write(
      `<stream:error xmlns:stream="${NS.streams}"><conflict xmlns="${NS.streamErrors}"/></stream:error>`,
    );
    await idle();
    expect(session.status.value).toMatchObject({ state: 'refused', reason: 'replaced' });
    platform.clock.advance(60_000);
    expect(platform.opened).toHaveLength(1);
  });
});

describe('pages', () => {
  test('the next page goes on with the session, with what was not confirmed and with what features keep', async () => {
    const first = world();
    first.session.keep(
      'rooms',
      () => ['lobby'],
      () => {},
    );
    first.session.start();
    await online(first.session);
    first.platform.links[0]?.cut();
    first.session.send(message('on the way'));
    first.platform.happen('suspend');
    first.server.say(first.server.onlySession, message('between pages'));

    const second = world(OPTIONS, new FakePlatform(2, first.platform.stores), first.server);
    const restored: unknown[] = [];
    second.session.keep(
      'rooms',
      () => [],
      (kept) => restored.push(kept, second.session.status.value.state),
    );
    second.session.start();
    await online(second.session);
    await idle();
    expect(restored).toEqual([['lobby'], 'connecting']);
    expect(second.session.status.value).toMatchObject({ resumed: true });
    expect(second.session.me.value).toEqual(first.session.me.value);
    expect(second.onlines).toEqual([{ kind: 'resumed' }]);
    expect(second.heard).toEqual(['between pages']);
    expect(first.server.bodies).toEqual(['on the way']);
    expect(first.server.heard[1]?.[1]).toMatch(/HT-SHA-256-NONE.*count="1".*<resume.*<bind/);
  });

  test('a page that did not let go in order is not resumed', async () => {
    const first = world();
    first.session.start();
    await online(first.session);
    first.platform.clock.advance(10_000);
    await idle();
    const second = world(OPTIONS, new FakePlatform(2, first.platform.stores), first.server);
    second.session.start();
    await online(second.session);
    expect(second.onlines).toEqual([{ kind: 'fresh', unacknowledged: [] }]);
    expect(second.session.me.value?.account).toBe(first.session.me.value?.account);
  });

  test('a duplicated tab is the same person in another session', async () => {
    const locks = fakeLocks();
    const local = memoryStorage();
    const first = world(OPTIONS, Object.assign(new FakePlatform(1, { local }), { locks }));
    first.session.start();
    await online(first.session);
    first.platform.happen('suspend');
    first.platform.happen('show');
    await online(first.session);
    const copy = (first.platform.stores.session as ReturnType<typeof memoryStorage>).copy();
    const second = world(
      OPTIONS,
      Object.assign(new FakePlatform(2, { local, session: copy }), { locks }),
      first.server,
    );
    second.session.start();
    await online(second.session);
    expect(second.session.me.value?.account).toBe(first.session.me.value?.account);
    expect(second.session.me.value?.jid).not.toBe(first.session.me.value?.jid);
    expect(first.session.status.value.state).toBe('online');
    expect(locks.held.size).toBe(2);
    first.session.suspend();
    second.session.suspend();
    await idle();
    expect(locks.held.size).toBe(0);
  });

  test('back from the cache of pages it goes on, and is fresh when another page did so before', async () => {
    const first = world();
    first.session.start();
    await online(first.session);
    first.platform.happen('suspend');
    const second = world(OPTIONS, new FakePlatform(2, first.platform.stores), first.server);
    second.session.start();
    await online(second.session);
    second.session.send(message('from the second'));
    await idle();
    second.platform.happen('suspend');
    first.platform.happen('show');
    await online(first.session);
    expect(first.onlines.map(({ kind }) => kind)).toEqual(['fresh', 'fresh']);
    expect(first.session.status.value).toMatchObject({ resumed: true });
    expect(first.server.bodies).toEqual(['from the second']);
  });

  test('blocked storage means memory', async () => {
    const blocked = { local: blockedStorage(), session: blockedStorage() };
    const { platform, session } = world(OPTIONS, new FakePlatform(1, blocked));
    session.start();
    await online(session);
    platform.links[0]?.cut();
    platform.clock.advance(1_000);
    await until(session.status, (status) => status.state === 'online' && status.resumed);
    platform.happen('suspend');
    platform.happen('show');
    await until(session.status, (status) => status.state === 'online' && status.resumed);
  });

  test('signing out ends the session, forgets the token, and leaves nothing running', async () => {
    const { platform, server, session } = world();
    session.start();
    await online(session);
    await session.signOut();
    await idle();
    expect(server.sessions.size).toBe(0);
    expect([session.status.value, session.me.value]).toEqual([{ state: 'closed' }, undefined]);
    expect([platform.clock.pending, platform.listening]).toEqual([0, 0]);
    const next = world(OPTIONS, new FakePlatform(2, platform.stores), server);
    next.session.start();
    await online(next.session);
    expect(server.heard.at(-1)?.[1]).toContain('ANONYMOUS');
  });

  test('signing out makes the token useless at the server too, and signs nobody in for that', async () => {
    const { server, session } = world();
    session.start();
    await online(session);
    const before = server.heard.length;
    await session.signOut();
    const said = server.heard.slice(before).flat().join();
    expect(said).toContain('invalidate="true"');
    expect(said).not.toContain('<bind');
    expect(server.sessions.size).toBe(0);
  });

  test('signing out does not wait for a server that does not answer', async () => {
    const { platform, session } = world();
    session.start();
    await online(session);
    platform.fates = ['stall'];
    const signedOut = session.signOut();
    await idle();
    platform.clock.advance(3_000);
    await signedOut;
    expect(platform.clock.pending).toBe(0);
  });

  test('letting go leaves nothing running, whenever it comes', async () => {
    for (const turns of [0, 1, 3, 5, 10, 20, 200]) {
      const { platform, session } = world();
      session.start();
      for (let turn = 0; turn < turns; turn++) await null;
      const asked = session.request(el('iq', NS.client, { type: 'get' }, el('ping', NS.ping)));
      session.suspend();
      await expect(asked).rejects.toMatchObject({ error: { condition: 'remote-server-timeout' } });
      await idle();
      expect([turns, platform.clock.pending, platform.listening]).toEqual([turns, 0, 0]);
    }
  });
});
