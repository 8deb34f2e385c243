import { describe, expect, test } from 'vitest';
import { FakeBosh } from './testing/fake-bosh.js';
import { FakePlatform } from './testing/fake-platform.js';
import { FakeServer } from './testing/fake-server.js';
import { idle, message, online, pass, until, type World, world } from './testing/world.js';

const OPTIONS = { server: 'https://chat.example', domain: 'server.example' };

function withBosh(
  fates: FakePlatform['fates'],
  from = new FakePlatform(),
): World & { readonly bosh: FakeBosh } {
  const server = new FakeServer();
  const bosh = new FakeBosh(server.accept);
  from.fates = fates;
  from.fetch = bosh.fetch;
  return { ...world(OPTIONS, from, server), bosh };
}

describe('BOSH instead of WebSocket', () => {
  test.each(['refuse', 'close', 'no-subprotocol', 'throw'] as const)('%s', async (fate) => {
    const { platform, server, session } = withBosh([fate]);
    session.start();
    await online(session);
    expect(session.status.value).toMatchObject({ state: 'online', link: 'bosh', resumed: false });
    session.send(message('hello'));
    await idle();
    expect(server.bodies).toEqual(['hello']);
    expect(platform.opened).toEqual(['wss://chat.example/xmpp-websocket']);
  });

  test('a WebSocket that stalls is given three seconds', async () => {
    const { bosh, platform, session } = withBosh(['stall']);
    session.start();
    await idle();
    platform.clock.advance(2_999);
    await idle();
    expect(bosh.requests).toBe(0);
    platform.clock.advance(1);
    await online(session);
    expect(session.status.value).toMatchObject({ link: 'bosh' });
  });

  test('one that opens and then says nothing is given up too', async () => {
    const { platform, session, server } = withBosh(['accept']);
    platform.serve = () => {};
    session.start();
    await idle();
    platform.clock.advance(15_000);
    await online(session);
    expect(session.status.value).toMatchObject({ link: 'bosh' });
    expect(server.heard).toHaveLength(1);
  });

  test('the next page begins with what worked', async () => {
    const first = withBosh(['refuse']);
    first.session.start();
    await online(first.session);
    await first.session.signOut();
    const second = withBosh(['accept'], new FakePlatform(2, first.platform.stores));
    second.session.start();
    await online(second.session);
    expect(second.platform.opened).toEqual([]);
  });

  test('nothing at the URL is told, when nothing ever was there', async () => {
    const { bosh, session } = withBosh(['refuse']);
    bosh.status = 404;
    session.start();
    await until(session.status, ({ state }) => state === 'refused');
    expect(session.status.value).toMatchObject({ reason: 'unreachable' });
  });

  test('a server that is down is tried again and again', async () => {
    const { bosh, platform, session } = withBosh(['refuse']);
    bosh.status = 502;
    session.start();
    await until(session.status, ({ state }) => state === 'reconnecting');
    bosh.status = 200;
    platform.clock.advance(1_000);
    await online(session);
  });
});

describe('a reload on BOSH', () => {
  test('goes on with the next request, without a word of sign-in', async () => {
    const first = withBosh(['refuse']);
    first.session.start();
    await online(first.session);
    first.session.send(message('1'));
    await idle();
    first.platform.happen('suspend');
    first.server.say(first.server.onlySession, message('between pages'));
    const frames = first.server.heard[0]?.length;

    const platform = new FakePlatform(2, first.platform.stores);
    platform.fetch = first.bosh.fetch;
    const second = world(OPTIONS, platform, first.server);
    second.session.start();
    await online(second.session);
    second.session.send(message('2'));
    await idle();
    expect(second.session.status.value).toMatchObject({ link: 'bosh', resumed: true });
    expect(second.heard).toEqual(['between pages']);
    expect(second.server.bodies).toEqual(['1', '2']);
    expect(first.server.heard).toHaveLength(1);
    expect(first.server.heard[0]?.slice(frames).every((frame) => frame.startsWith('<message'))).toBe(true);
  });

  test('what was on the way when the page went is repeated, and handled once', async () => {
    const first = withBosh(['refuse']);
    first.session.start();
    await online(first.session);
    // The server has the request; the page is gone before the answer comes.
    first.bosh.swallow = true;
    first.session.send(message('on the way'));
    await idle();
    first.platform.happen('suspend');
    first.bosh.swallow = false;
    const platform = new FakePlatform(2, first.platform.stores);
    platform.fetch = first.bosh.fetch;
    const second = world(OPTIONS, platform, first.server);
    second.session.start();
    await online(second.session);
    await idle();
    expect(second.server.bodies).toEqual(['on the way']);
  });

  test('when the server has forgotten the BOSH session, stream management resumes it', async () => {
    const first = withBosh(['refuse']);
    first.session.start();
    await online(first.session);
    first.platform.happen('suspend');
    first.bosh.forget();
    const platform = new FakePlatform(2, first.platform.stores);
    platform.fetch = first.bosh.fetch;
    platform.fates = ['refuse'];
    const second = world(OPTIONS, platform, first.server);
    second.session.start();
    await until(second.session.status, ({ state }) => state === 'reconnecting');
    await until(second.session.status, ({ state }) => state === 'reconnecting');
    platform.clock.advance(1_000);
    await online(second.session);
    expect(second.session.status.value).toMatchObject({ resumed: true });
    expect(second.session.me.value).toEqual(first.session.me.value);
  });
});

describe('moving back to WebSocket', () => {
  test('carries the session over in mid-conversation', async () => {
    const { heard, onlines, platform, server, session } = withBosh(['refuse', 'accept']);
    session.start();
    await online(session);
    session.send(message('on BOSH'));
    await idle();
    await pass(platform, 7_000);
    // Up to the moment when the WebSocket is asked for, and not a turn further.
    for (let span = 0; span < 6_000 && platform.opened.length === 1; span += 100) {
      await idle();
      platform.clock.advance(100);
    }
    session.send(message('while moving'));
    server.say(server.onlySession, message('to you'));
    await until(session.status, (status) => status.state === 'online' && status.link === 'websocket');
    session.send(message('on WebSocket'));
    await idle();
    expect(server.bodies).toEqual(['on BOSH', 'while moving', 'on WebSocket']);
    expect(heard).toEqual(['to you']);
    expect(onlines.map(({ kind }) => kind)).toEqual(['fresh', 'resumed']);
    expect(server.heard).toHaveLength(2);
  });

  test('a failure leaves it where it is, and it is tried again later', async () => {
    const { heard, platform, server, session } = withBosh(['refuse', 'close', 'stall', 'accept']);
    session.start();
    await online(session);
    for (const [span, text] of [
      [12_500, 'a'],
      [25_000, 'b'],
    ] as const) {
      await pass(platform, span);
      session.send(message(text));
      server.say(server.onlySession, message(text));
      await pass(platform, 3_000);
      expect(session.status.value).toMatchObject({ link: 'bosh' });
    }
    expect(server.bodies).toEqual(['a', 'b']);
    expect(heard).toEqual(['a', 'b']);
    await pass(platform, 50_000);
    await until(session.status, (status) => status.state === 'online' && status.link === 'websocket');
  });
});

describe('a server that is not at the usual URLs', () => {
  const document = { links: [{ rel: 'urn:xmpp:alt-connections:websocket', href: 'wss://chat.example/ws' }] };

  function withHostMeta(body: unknown) {
    const platform = new FakePlatform();
    const asked: string[] = [];
    platform.fates = ['refuse', 'accept'];
    platform.fetch = async (url) => {
      asked.push(url);
      if (url.endsWith('/.well-known/host-meta.json')) {
        return { status: 200, text: async () => JSON.stringify(body) };
      }
      throw new TypeError('no network');
    };
    return { ...world(OPTIONS, platform), asked };
  }

  test('is found by its host-meta, though its domain was told', async () => {
    const { platform, session } = withHostMeta(document);
    session.start();
    await online(session);
    expect(platform.opened).toEqual(['wss://chat.example/xmpp-websocket', 'wss://chat.example/ws']);
  });

  test('is not asked for it where nothing was wrong, nor where something has worked before', async () => {
    const { asked, platform, session } = withHostMeta(document);
    platform.fates = ['accept'];
    session.start();
    await online(session);
    platform.fates = ['refuse'];
    platform.links[0]?.cut();
    await pass(platform, 20_000);
    expect(asked.filter((url) => url.includes('host-meta'))).toEqual([]);
  });

  test('is tried again later where its host-meta names nothing else', async () => {
    const { platform, session } = withHostMeta({ links: [] });
    session.start();
    await until(session.status, ({ state }) => state === 'reconnecting');
    expect(platform.opened).toEqual(['wss://chat.example/xmpp-websocket']);
  });
});
