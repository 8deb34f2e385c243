import type { Random } from '@meerkat-chat/xmpp';
import { SeededRandom } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { FakeBosh } from './testing/fake-bosh.js';
import { FakePlatform, memoryStorage } from './testing/fake-platform.js';
import { FakeServer } from './testing/fake-server.js';
import { idle, message, pass, until, type World, world } from './testing/world.js';

const OPTIONS = { server: 'https://chat.example', domain: 'server.example' };
const STEPS = 60;

/** Some turns of the queue of microtasks: what is on the way stands still in the middle. */
async function turns(random: Random): Promise<void> {
  const count = Math.floor(random.number() * 12);
  for (let turn = 0; turn < count; turn++) await null;
}

/** Drops, half-done sign-ins, moves between links and reloads, in an order that the seed decides. */
async function run(seed: number): Promise<void> {
  const random = new SeededRandom(seed);
  const server = new FakeServer();
  server.rotates = seed % 2 === 0;
  const bosh = new FakeBosh(server.accept);
  const stores = { local: memoryStorage(), session: memoryStorage() };
  const sent: string[] = [];
  const said: string[] = [];
  const heard: string[] = [];
  let pages = 0;
  const load = (): World => {
    const platform = new FakePlatform(seed * 1_000 + pages++, stores);
    platform.fetch = bosh.fetch;
    platform.fates = seed % 3 === 0 ? ['refuse', 'accept', 'close', 'accept'] : ['accept'];
    const page = world(OPTIONS, platform, server);
    page.session.onStanza((stanza) => {
      const [body] = stanza.children;
      if (typeof body === 'object') heard.push(String(body.children[0]));
    });
    page.session.start();
    return page;
  };
  let page = load();
  // An answer to the very first sign-in that is lost leaves a session that nobody knows of.
  await until(page.session.status, ({ state }) => state === 'online');
  for (let step = 0; step < STEPS; step++) {
    const dice = random.number();
    if (dice < 0.4) {
      const body = `c${step}`;
      sent.push(body);
      page.session.send(message(body));
    } else if (dice < 0.6 && server.sessions.size === 1) {
      const body = `s${step}`;
      said.push(body);
      server.say(server.onlySession, message(body));
    } else if (dice < 0.72) page.platform.links.at(-1)?.cut();
    else if (dice < 0.8) await pass(page.platform, random.number() * 5_000);
    else if (dice < 0.86) page.platform.happen('visible');
    else if (dice < 0.93 && server.sessions.size === 1) {
      page.session.suspend();
      page = load();
    }
    await turns(random);
  }
  await pass(page.platform, 60_000);
  await until(page.session.status, ({ state }) => state === 'online');
  await idle();
  expect(server.sessions.size).toBe(1);
  expect(server.bodies).toEqual(sent);
  expect(heard).toEqual(said);
  page.session.suspend();
}

test.each(Array.from({ length: 40 }, (_, at) => at + 1))(
  'every stanza arrives exactly once and in order, seed %i',
  run,
);
