import { expect, test } from 'vitest';
import { type LazyParts, ON_DEMAND } from './lazy-parts.js';
import { FakeBosh } from './testing/fake-bosh.js';
import { FakePlatform } from './testing/fake-platform.js';
import { FakeServer } from './testing/fake-server.js';
import { idle, message, online, pass, until, world } from './testing/world.js';

const OPTIONS = { server: 'https://chat.example', domain: 'server.example' };

/** Parts that are loaded from somewhere: nothing is there while it is `down`. */
class Shelf implements LazyParts {
  down = true;
  readonly asked: (keyof LazyParts)[] = [];
  readonly readBack = this.#loader('readBack');
  readonly bosh = this.#loader('bosh');
  readonly detour = this.#loader('detour');
  readonly secondLink = this.#loader('secondLink');

  #loader<K extends keyof LazyParts>(name: K): LazyParts[K] {
    const load = ON_DEMAND[name];
    const loader = (): Promise<unknown> => {
      this.asked.push(name);
      return this.down ? Promise.reject(new TypeError('not loaded')) : load();
    };
    return loader as LazyParts[K];
  }
}

test('a server of ours needs none of them, and after a reload only what reads what was left', async () => {
  const shelf = new Shelf();
  const first = world(OPTIONS, new FakePlatform(), new FakeServer(), shelf);
  first.session.start();
  await online(first.session);
  first.platform.happen('suspend');
  const platform = new FakePlatform(2, first.platform.stores);
  expect(shelf.asked).toEqual([]);
  const second = world(OPTIONS, platform, first.server, shelf);
  second.session.start();
  await idle();
  // Nothing is begun anew meanwhile, and a page that goes leaves it to the next.
  expect(first.server.heard).toHaveLength(1);
  second.session.send(message('early'));
  platform.happen('suspend');
  const third = world(OPTIONS, new FakePlatform(3, first.platform.stores), first.server, shelf);
  const restored: unknown[] = [];
  third.session.keep(
    'rooms',
    () => [],
    (kept) => restored.push(kept),
  );
  third.session.start();
  await idle();
  shelf.down = false;
  third.platform.clock.advance(5_000);
  await online(third.session);
  await idle();
  expect(third.session.status.value).toMatchObject({ resumed: true });
  expect([restored, first.server.bodies]).toEqual([[undefined], ['early']]);
  expect(new Set(shelf.asked)).toEqual(new Set(['readBack']));
});

test('without what signs in step by step nothing is lost; it is asked for again', async () => {
  const shelf = new Shelf();
  const { platform, server, session } = world(
    OPTIONS,
    new FakePlatform(),
    new FakeServer({ sasl2: false }),
    shelf,
  );
  platform.fetch = new FakeBosh(server.accept).fetch;
  session.start();
  session.send(message('early'));
  await until(session.status, ({ state }) => state === 'reconnecting');
  expect(shelf.asked).toContain('detour');
  session.send(message('late'));
  shelf.down = false;
  platform.clock.advance(1_000);
  await online(session);
  await idle();
  expect(server.bodies).toEqual(['early', 'late']);
});

test('without BOSH the session of the page before waits for it', async () => {
  const server = new FakeServer();
  const bosh = new FakeBosh(server.accept);
  const firstPlatform = new FakePlatform();
  firstPlatform.fates = ['refuse'];
  firstPlatform.fetch = bosh.fetch;
  const first = world(OPTIONS, firstPlatform, server);
  first.session.start();
  await online(first.session);
  firstPlatform.happen('suspend');
  server.say(server.onlySession, message('between pages'));

  const shelf = new Shelf();
  const parts: LazyParts = { ...shelf, readBack: ON_DEMAND.readBack };
  const platform = new FakePlatform(2, firstPlatform.stores);
  platform.fetch = bosh.fetch;
  const second = world(OPTIONS, platform, server, parts);
  second.session.start();
  second.session.send(message('early'));
  await until(second.session.status, ({ state }) => state === 'reconnecting');
  // A page that goes meanwhile leaves it to the next.
  platform.happen('suspend');
  const third = world(OPTIONS, new FakePlatform(3, firstPlatform.stores), server, parts);
  third.platform.fetch = bosh.fetch;
  third.session.start();
  await until(third.session.status, ({ state }) => state === 'reconnecting');
  shelf.down = false;
  third.platform.clock.advance(1_000);
  await online(third.session);
  await idle();
  expect(third.session.status.value).toMatchObject({ link: 'bosh', resumed: true });
  expect(third.heard).toEqual(['between pages']);
  expect(server.bodies).toEqual(['early']);
  expect(server.heard).toHaveLength(1);
});

test('without what moves a session it stays on BOSH until that is there', async () => {
  const shelf = new Shelf();
  const server = new FakeServer();
  const bosh = new FakeBosh(server.accept);
  const platform = new FakePlatform();
  platform.fates = ['refuse', 'accept'];
  platform.fetch = bosh.fetch;
  const parts: LazyParts = { ...ON_DEMAND, secondLink: shelf.secondLink };
  const { session } = world(
    { ...OPTIONS, settings: { probeFirst: 10_000, probeMax: 10_000 } },
    platform,
    server,
    parts,
  );
  session.start();
  await online(session);
  await pass(platform, 15_000);
  expect(shelf.asked).toEqual(Array(4).fill('secondLink'));
  session.send(message('on BOSH'));
  shelf.down = false;
  const moved = until(session.status, (status) => status.state === 'online' && status.link === 'websocket');
  await pass(platform, 15_000);
  await shelf.secondLink();
  await pass(platform, 15_000);
  await moved;
  expect(server.bodies).toEqual(['on BOSH']);
});

test('signing out does not wait for what gives the token up', async () => {
  const shelf = new Shelf();
  const { session } = world(OPTIONS, new FakePlatform(), new FakeServer(), shelf);
  session.start();
  await online(session);
  await session.signOut();
  expect(session.status.value).toEqual({ state: 'closed' });
  expect(shelf.asked).toEqual(['secondLink']);
});
