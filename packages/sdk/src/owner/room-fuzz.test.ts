import { parseDomainJid } from '@meerkat-chat/xmpp';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import type { Room } from '../chat.js';
import { Lazy } from '../lazy.js';
import { Owner } from './owner.js';
import * as archive from './room-archive.js';
import * as trouble from './room-trouble.js';
import * as typing from './room-typing.js';
import { MucWorld } from './testing/muc-world.js';
import { ScriptedSession } from './testing/scripted-session.js';

const HOST = parseDomainJid('rooms.example') ?? expect.fail('no domain');

/** A page on a session that goes on with what the page before kept. */
class Page {
  readonly session: ScriptedSession;
  readonly room: Room;
  readonly #owner: Owner;

  constructor(env: { clock: FakeClock; random: SeededRandom }, kept: Record<string, unknown> = {}) {
    this.session = new ScriptedSession(kept);
    this.#owner = new Owner(this.session, env, {
      auth: { kind: 'guest', nick: 'anna' },
      historyLimit: 500,
      roomsHost: HOST,
      roomsGuess: HOST,
      // What is loaded comes at once: everything here settles within a few turns.
      parts: {
        archive: new Lazy(async () => archive),
        typing: new Lazy(async () => typing),
        trouble: new Lazy(async () => trouble),
      },
    });
    this.room = this.#owner.open(() => {}).room('lobby');
    this.room.join();
  }

  close(): void {
    this.#owner.close();
  }
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

/** Lets chance act on a room and its streams, then lets everything settle. */
async function run(seed: number, archive: boolean) {
  const random = new SeededRandom(seed);
  const clock = new FakeClock();
  const env = { clock, random: new SeededRandom(seed + 1) };
  let page = new Page(env);
  const world = new MucWorld(page.session, { clock, archive });
  const written: string[] = [];
  let online = false;
  const connect = (): void => {
    page.session.online({ kind: 'fresh', unacknowledged: world.lose(Math.floor(random.number() * 3)) });
    online = true;
  };
  connect();
  for (let step = 0; step < 120; step++) {
    clock.advance(Math.floor(random.number() * 400));
    const dice = random.number();
    if (dice < 0.25) world.stepServer();
    else if (dice < 0.5) world.stepClient();
    else if (dice < 0.62) world.say(`other ${step}`);
    else if (dice < 0.74) {
      written.push(page.room.send(`mine ${step}`));
    } else if (dice < 0.8) {
      page.session.offline();
      online = false;
    } else if (dice < 0.86) {
      if (!online) page.session.online({ kind: 'resumed' });
      online = true;
    } else if (dice < 0.92) {
      page.session.offline();
      connect();
    } else if (dice < 0.97) {
      await turns();
      const kept = page.session.save();
      page.close();
      const next = new Page(env, kept);
      world.hand(next.session);
      page = next;
      await turns();
      if (random.number() < 0.6) page.session.online({ kind: 'resumed' });
      else connect();
      online = true;
    } else await world.settle();
    await turns();
  }
  if (!online) page.session.online({ kind: 'resumed' });
  for (let round = 0; round < 8; round++) {
    await world.settle();
    clock.advance(10_000);
  }
  await world.settle();
  return { rows: page.room.messages.value, truth: world.archive, written, status: page.room.status.value };
}

const seeds = Array.from({ length: 60 }, (_, index) => index + 1);

test.each(seeds)('with an archive nothing is lost, doubled or out of order, seed %i', async (seed) => {
  const { rows, truth, written, status } = await run(seed, true);
  expect(status).toMatchObject({ state: 'joined' });
  expect(
    truth
      .filter(({ originId }) => originId)
      .map(({ originId }) => originId)
      .sort(),
  ).toEqual(written.sort());
  const shown = rows.map(({ text }) => text);
  expect(shown).toEqual(truth.slice(-shown.length).map(({ text }) => text));
  expect(rows.every(({ delivery }) => delivery.state === 'delivered')).toBe(true);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
});

test.each(seeds)('without an archive the history of the room must do, seed %i', async (seed) => {
  const { rows, truth, written } = await run(seed, false);
  const arrived = truth.flatMap(({ originId }) => originId ?? []);
  expect(arrived.sort()).toEqual(written.sort());
  const shown = rows.map(({ text }) => text);
  expect(shown).toEqual(truth.slice(-shown.length).map(({ text }) => text));
});
