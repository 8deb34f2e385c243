import { describe, expect, test } from 'vitest';
import { play } from '../testing/play.js';

/** That nothing is lost, and nothing fails. */
const CLEAN = {
  broken: [],
  failures: { count: 0, examples: [] },
  messages: expect.objectContaining({ lost: 0, doubled: 0, outOfOrder: 0 }),
};

describe.each([1, 2])('over %i processes', (processes) => {
  test.each([
    ['one-room', { seconds: 2 }, 10 * 2 * 12],
    ['many-rooms', { seconds: 4, roomSize: 4, rate: 1 }, 4 * 12],
    ['direct', { seconds: 2, rate: 12 }, 24],
    ['idle', { seconds: 1 }, 0],
    ['reconnect-storm', { seconds: 4, away: 1, roomSize: 6, rate: 2 }, 2 * 4 * 12],
    ['reload', { seconds: 3, reloads: 4 }, 5 * 3 * 12],
  ] as const)('%s: everybody gets what they are owed', async (name, values, expected) => {
    const outcome = await play(name, { users: 12, values, processes });
    expect(outcome).toMatchObject(CLEAN);
    expect(outcome.messages.delivered).toBe(expected);
  });

  test.each([
    ['presence-churn', { seconds: 3, changes: 4 }, 'join'],
    ['mixed', { seconds: 6, senders: 4 }, 'join'],
    ['join-storm', {}, 'subject'],
    ['history', { messages: 10, arrivals: 10 }, 'joinWithHistory'],
    ['slow-readers', { seconds: 3, pause: 1, senders: 2, slow: 20 }, 'join'],
  ] as const)('%s: nothing is lost, and what it is about is measured', async (name, values, span) => {
    const outcome = await play(name, { users: 12, values, processes });
    expect(outcome).toMatchObject(CLEAN);
    expect(outcome.spans[span]?.count).toBeGreaterThanOrEqual(11);
    expect(outcome.phases.some(({ measured }) => measured)).toBe(true);
  });
});

test('sign-in: everybody is in, and each is counted once', async () => {
  const outcome = await play('sign-in', { users: 12, processes: 2 });
  expect(outcome).toMatchObject({ ...CLEAN, counters: { signedIn: 12 } });
  expect(outcome.spans.signIn?.count).toBe(12);
  expect(outcome.server.connected).toHaveLength(12);
});

test('reload and the storm: whoever comes back resumes, and is counted', async () => {
  const reload = await play('reload', { users: 12, values: { seconds: 3, reloads: 4, away: 100 } });
  expect(reload.counters).toMatchObject({ reloads: 12, resumed: 12 });
  const storm = await play('reconnect-storm', { users: 12, values: { seconds: 4, away: 1, roomSize: 6 } });
  expect(storm.counters).toMatchObject({ resumed: 10 });
  expect(storm.spans.storm?.count).toBe(1);
});

test('a storm of new sign-ins: nobody resumes, everybody is there again under a new name', async () => {
  const values = { seconds: 4, away: 1, roomSize: 6, how: 'anew' };
  const outcome = await play('reconnect-storm', { users: 12, values });
  expect(outcome).toMatchObject(CLEAN);
  expect(outcome.spans.signInAgain?.count).toBe(10);
  expect(outcome.counters.resumed).toBeUndefined();
});

test('mixed: people are removed, come back, and leave in the end', async () => {
  const values = { seconds: 12, senders: 4, kicks: 1 };
  const outcome = await play('mixed', { users: 20, values });
  expect(outcome).toMatchObject(CLEAN);
  expect(outcome.counters).toMatchObject({ kicks: 4, departures: 8 });
  // Twenty who came, and those who came back.
  expect(outcome.spans.join?.count).toBe(24);
});

test('saturation: a rate that the server keeps up with is found', async () => {
  const outcome = await play('saturation', { users: 4, values: { rate: 10, seconds: 1, tries: 3 } });
  expect(outcome.failures.count).toBe(0);
  expect(outcome.phases.filter(({ measured }) => measured)).toHaveLength(3);
});
