import { type BareJid, parseBareJid } from '@meerkat-chat/xmpp';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { silentLogger } from '../kernel/logger.js';
import { openSqliteStorage } from '../storage/sqlite.js';
import type { Storage } from '../storage/storage.js';
import { Retention } from './retention.js';

const DAY = 86_400_000;
const lobby = parseBareJid('lobby@rooms.localhost') ?? expect.unreachable();
const romeo = parseBareJid('romeo@localhost') ?? expect.unreachable();

let clock: FakeClock;
let storage: Storage;
let retention: Retention | undefined;
let forgotten: number[];

beforeEach(async () => {
  clock = new FakeClock();
  forgotten = [];
  storage = await openSqliteStorage({ file: ':memory:', clock, commitInterval: 0 });
});
afterEach(async () => {
  retention?.stop();
  await storage.close();
});

function begin(settings: { rooms: number; users: number }, archive = storage.archive): Retention {
  retention = new Retention({
    archive,
    clock,
    log: silentLogger,
    settings,
    isRoom: (of) => of.includes('@rooms.'),
    forgetBefore: async (time) => void forgotten.push(time),
  });
  return retention;
}

async function says(archive: BareJid, count = 1): Promise<void> {
  const at = clock.now();
  const said = Array.from({ length: count }, () =>
    storage.archive.append({ id: storage.archive.nextId(at), archive, at, sender: 's', xml: '<message/>' }),
  );
  await Promise.all(said);
}

async function kept(archive: BareJid): Promise<number> {
  const page = await storage.archive.query({ archive, max: 5000 });
  return page.found ? page.entries.length : 0;
}

/** Lets a round run, whose pauses are over at once. */
async function whole(round: Promise<void>): Promise<void> {
  let done = false;
  void round.finally(() => {
    done = true;
  });
  await vi.waitUntil(() => {
    if (!done) clock.advance(50);
    return done;
  });
  await round;
}

test('a message is removed the moment after it is as old as it may be, and not before', async () => {
  await says(lobby);
  clock.advance(30 * DAY);
  const { rooms, users } = { rooms: 30, users: 0 };
  await begin({ rooms, users }).round();
  expect(await kept(lobby)).toBe(1);
  clock.advance(1);
  const now = clock.now();
  await whole(begin({ rooms, users }).round());
  expect(await kept(lobby)).toBe(0);
  expect(retention?.removed).toEqual({ rooms: 1, users: 0 });
  expect(forgotten.at(-1)).toBe(now - 30 * DAY);
});

test.each([
  [{ rooms: 10, users: 20 }, [0, 1]],
  [{ rooms: 20, users: 10 }, [1, 0]],
  [{ rooms: 0, users: 10 }, [1, 0]],
  [{ rooms: 10, users: 0 }, [0, 1]],
])('rooms and people each have their time: %j', async (settings, left) => {
  await says(lobby);
  await says(romeo);
  clock.advance(11 * DAY);
  await whole(begin(settings).round());
  expect([await kept(lobby), await kept(romeo)]).toEqual(left);
});

test('much is removed in slices, and what is younger stays', async () => {
  await says(lobby, 1203);
  clock.advance(5 * DAY);
  await says(lobby, 3);
  clock.advance(6 * DAY);
  const slices: number[] = [];
  const counting = {
    next: (after: BareJid | undefined) => storage.archive.next(after),
    purge: async (of: BareJid, before: number, limit: number) => {
      slices.push(limit);
      return storage.archive.purge(of, before, limit);
    },
  };
  await whole(begin({ rooms: 10, users: 10 }, counting as typeof storage.archive).round());
  expect(slices).toEqual([500, 500, 500]);
  expect(await kept(lobby)).toBe(3);
  expect(retention?.removed.rooms).toBe(1203);
});

test('a round comes a minute after the start, then each hour; failures do not end it', async () => {
  const rounds: number[] = [];
  let broken = true;
  const archive = {
    next: async () => {
      rounds.push(clock.monotonic());
      if (!broken) return undefined;
      broken = false;
      throw new Error('the disk is in trouble');
    },
    purge: async () => 0,
  };
  const start = clock.monotonic();
  begin({ rooms: 1, users: 1 }, archive as unknown as typeof storage.archive).start();
  clock.advance(59_999);
  expect(rounds).toEqual([]);
  clock.advance(1);
  await vi.waitUntil(() => clock.pending > 0 && rounds.length === 1);
  clock.advance(3_600_000);
  await vi.waitUntil(() => rounds.length === 2 && clock.pending > 0);
  expect(rounds.map((at) => at - start)).toEqual([60_000, 3_660_000]);
  retention?.stop();
  expect(clock.pending).toBe(0);
});

test('it can be ended within a round, and does nothing where everything is kept', async () => {
  await says(lobby, 501);
  clock.advance(2 * DAY);
  const round = begin({ rooms: 1, users: 1 }).round();
  await vi.waitUntil(() => clock.pending > 0);
  retention?.stop();
  await round;
  expect(await kept(lobby)).toBe(1);
  begin({ rooms: 0, users: 0 }).start();
  expect(clock.pending).toBe(0);
});
