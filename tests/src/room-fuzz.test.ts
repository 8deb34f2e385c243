import { randomInt } from 'node:crypto';
import { parseXml } from '@meerkat-chat/server/testing';
import { childText, NS } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import type { Person } from './fuzz/person.js';
import { LOBBY, turns, World } from './fuzz/world.js';

/** A tenth of a second on a quiet machine: what a test may take at most is for a busy one. */
const PATIENCE = 30_000;
const STEPS = 150;
/** Longer than a session is kept, than a dead link goes unnoticed, and than any pause between attempts. */
const LONG = 100_000;
/** Seeds that once found a bug, and a few more. */
const PINNED = [1, 2, 3, 6, 1045, 1107, 5434];
const FRESH = Array.from({ length: 30 }, () => randomInt(1_000_000_000));

/** What chance may do, and how often. */
const DEEDS: readonly (readonly [
  weight: number,
  deed: (world: World, person: Person, step: number) => unknown,
])[] = [
  [48, (world, person) => shuffle(world, person)],
  [22, (_, person, step) => person.write(`${person.nick} ${step}`)],
  [8, (world) => world.storage.commit(1 + Math.floor(world.random.number() * 3))],
  [8, (world) => world.pass(world.random.number() * 3_000, false)],
  [5, (world) => world.pass(world.random.number() * 3_000, true)],
  [4, (_, person) => person.wires.at(-1)?.cut()],
  [5, (_, person) => (person.room ? person.leave() : person.arrive())],
  [5, (_, person) => person.reload()],
  [2, (_, person) => person.toggleReach()],
  [1, (world) => (world.running ? world.killServer() : world.startServer())],
  [1, (world) => (world.running ? world.stopServer() : world.startServer())],
  [2, (world) => world.startServer()],
  [1, (world) => world.pass(LONG, true)],
];
const TOTAL = DEEDS.reduce((sum, [weight]) => sum + weight, 0);

/** The network delivers a little, one way or the other. */
function shuffle({ random }: World, { dark, wires }: Person): void {
  const wire = wires[Math.floor(random.number() * wires.length)];
  if (dark || !wire) return;
  const count = 1 + Math.floor(random.number() * 4);
  if (random.number() < 0.5) wire.up(count);
  else wire.down(count);
}

function choose(world: World): (typeof DEEDS)[number][1] {
  let dice = world.random.number() * TOTAL;
  for (const [weight, deed] of DEEDS) {
    dice -= weight;
    if (dice < 0) return deed;
  }
  return shuffle;
}

const textsOf = (person: Person) => person.room?.messages.value.map(({ text }) => text) ?? [];

/** At any moment nothing is shown twice, and what the room has confirmed stands in the archive's order. */
function look(person: Person): void {
  const texts = textsOf(person);
  expect(texts, 'shown twice').toEqual([...new Set(texts)]);
  const ids = person.room?.messages.value.flatMap(({ archiveId }) => archiveId ?? []) ?? [];
  expect(ids, 'out of order').toEqual([...ids].sort());
}

function archived(world: World): string[] {
  return world.storage
    .committed(LOBBY)
    .map(({ xml }) => childText(parseXml(xml) ?? fail(xml), 'body', NS.client) ?? '');
}

function fail(xml: string): never {
  throw new TypeError(`not a message: ${xml}`);
}

async function play(world: World): Promise<void> {
  for (const person of world.people) person.arrive();
  for (let step = 0; step < STEPS; step++) {
    const person = world.people[Math.floor(world.random.number() * world.people.length)];
    if (person) await choose(world)(world, person, step);
    await turns();
    for (const somebody of world.people) look(somebody);
  }
}

/** Everybody is here, the server runs, nothing is lost any more: it all comes right. */
async function settle(world: World): Promise<void> {
  await world.startServer();
  for (const person of world.people) {
    person.dark = false;
    person.arrive();
  }
  await world.pass(LONG, true);
  for (const { room } of world.people) {
    for (let pages = 0; room && room.older.value !== 'none' && pages < 10; pages++) {
      const loaded = room.loadOlder();
      await world.quiet();
      await loaded;
    }
  }
  await world.quiet();
}

test.each([...PINNED, ...FRESH])(
  'whatever happens, everybody shows what the archive has, and each message is there once: seed %i',
  async (seed) => {
    const world = await World.begin(seed);
    try {
      await play(world);
      await settle(world);
      const truth = archived(world);
      expect([...truth].sort()).toEqual(world.people.flatMap(({ written }) => written).sort());
      for (const person of world.people) {
        const own = new Set(person.written);
        expect(
          truth.filter((text) => own.has(text)),
          'in the order of writing',
        ).toEqual(person.written);
        expect(person.room?.status.value, person.nick).toMatchObject({ state: 'joined', nick: person.nick });
        expect(textsOf(person), person.nick).toEqual(truth);
        const deliveries = person.room?.messages.value.map(({ delivery }) => delivery.state) ?? [];
        expect(new Set(deliveries)).not.toContain('pending');
        expect(new Set(deliveries)).not.toContain('failed');
        look(person);
      }
    } finally {
      await world.end();
    }
  },
  PATIENCE,
);
