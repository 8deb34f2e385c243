import { describe, expect, test } from 'vitest';
import type { Fate } from './testing/fake-server.js';
import { play } from './testing/play.js';

const USERS = 6;
/** One sender, 20 messages to 6 users each. */
const VALUES = { rate: 10, seconds: 2, senders: 1 };
const ALL = 20 * USERS;

/** A server that does something to these messages to these users. */
const only =
  (fate: Fate, recipients: readonly number[], ids: readonly number[]) =>
  (recipient: number, id: number): Fate =>
    recipients.includes(recipient) && ids.includes(id) ? fate : 'delivered';

describe('what a server does is found, no more and no less', () => {
  test('nothing is wrong with one that delivers, and its delay is the latency', async () => {
    const { failures, messages, spans } = await play('one-room', { users: USERS, values: VALUES, delay: 40 });
    expect(messages).toEqual({
      sent: 20,
      expected: ALL,
      delivered: ALL,
      lost: 0,
      doubled: 0,
      outOfOrder: 0,
    });
    expect(failures.count).toBe(0);
    expect(spans.message?.count).toBe(ALL);
    // A message leaves at the step of the clock after it fell due.
    expect(spans.message?.p50).toBeGreaterThanOrEqual(40);
    expect(spans.message?.max).toBeLessThanOrEqual(50);
  });

  test('losses', async () => {
    const fate = only('lost', [1, 4], [0, 7, 19]);
    const { messages, spans } = await play('one-room', { users: USERS, values: VALUES, fate });
    expect(messages).toMatchObject({ expected: ALL, delivered: ALL - 6, lost: 6, doubled: 0, outOfOrder: 0 });
    expect(spans.message?.count).toBe(ALL - 6);
  });

  test('doubles, which are no deliveries and have no latency', async () => {
    const fate = only('doubled', [0, 2, 3], [5, 6]);
    const { messages, spans } = await play('one-room', { users: USERS, values: VALUES, fate });
    expect(messages).toMatchObject({ delivered: ALL, lost: 0, doubled: 6, outOfOrder: 0 });
    expect(spans.message?.count).toBe(ALL);
  });

  test('messages that come after a later one of the same sender', async () => {
    const fate = only('late', [1, 2, 5], [3, 10]);
    const { messages } = await play('one-room', { users: USERS, values: VALUES, fate });
    expect(messages).toMatchObject({ delivered: ALL, lost: 0, doubled: 0, outOfOrder: 6 });
  });

  test('senders are told apart: what passes a message of another is in order', async () => {
    const fate = only('late', [1], [3]);
    const values = { ...VALUES, senders: 2 };
    const { messages } = await play('one-room', { users: USERS, values, fate });
    expect(messages).toMatchObject({ delivered: ALL, outOfOrder: 0 });
  });

  test('the same over three processes', async () => {
    const fates: Readonly<Record<string, Fate>> = {
      '1 2': 'lost',
      '4 9': 'doubled',
      '5 11': 'late',
      '0 0': 'lost',
    };
    const fate = (recipient: number, id: number): Fate => fates[`${recipient} ${id}`] ?? 'delivered';
    const { messages } = await play('one-room', { users: USERS, values: VALUES, processes: 3, fate });
    expect(messages).toEqual({
      sent: 20,
      expected: ALL,
      delivered: ALL - 2,
      lost: 2,
      doubled: 1,
      outOfOrder: 1,
    });
  });
});

describe('who is owed what', () => {
  test('rooms do not hear each other, and a message to a pair goes to one', async () => {
    const rooms = await play('many-rooms', { users: 8, values: { roomSize: 4, rate: 5, seconds: 2 } });
    expect(rooms.messages).toMatchObject({ sent: 20, expected: 80, delivered: 80, lost: 0 });
    const pairs = await play('direct', { users: 8, values: { rate: 16, seconds: 1 } });
    expect(pairs.messages).toMatchObject({ sent: 16, expected: 16, delivered: 16, lost: 0 });
  });

  test('who leaves is owed nothing meanwhile; who resumes is owed all, apart from the latency of others', async () => {
    const churn = await play('presence-churn', { users: 4, values: { changes: 2, rate: 5, seconds: 3 } });
    expect(churn.messages).toMatchObject({ lost: 0, doubled: 0, outOfOrder: 0 });
    const storm = await play('reconnect-storm', {
      users: 4,
      values: { roomSize: 4, rate: 10, seconds: 4, away: 1 },
    });
    expect(storm.messages).toMatchObject({ sent: 40, expected: 160, delivered: 160, lost: 0 });
    expect(storm.spans.whileAway?.count).toBeGreaterThan(20);
    expect(storm.spans.message?.max).toBeLessThan(20);
    expect(storm.counters.resumed).toBe(3);
  });

  test('who leaves a slow server before a message is taken up has not lost it', async () => {
    const values = { changes: 3, rate: 5, seconds: 10 };
    const slow = await play('presence-churn', { users: 4, values, delay: 1500 });
    expect(slow.messages).toMatchObject({ lost: 0, doubled: 0 });
    expect(slow.messages.delivered).toBeGreaterThan(80);
    // What is lost all the same is found.
    const fate = only('lost', [0], [3, 4]);
    const lossy = await play('presence-churn', { users: 4, values, delay: 1500, fate });
    expect(lossy.messages.lost).toBe(2);
  });

  test('a slow server shows as latency, and cannot slow the senders down', async () => {
    const { messages, phases, spans } = await play('one-room', { users: 4, values: VALUES, delay: 5000 });
    expect(messages).toMatchObject({ sent: 20, delivered: 80, lost: 0 });
    expect(phases.find(({ measured }) => measured)?.seconds).toBeCloseTo(2, 1);
    expect(spans.message?.p50).toBeGreaterThanOrEqual(4900);
  });

  test('stragglers are waited for ten seconds, and are lost after that', async () => {
    const late = await play('one-room', { users: 2, values: { rate: 1, seconds: 1 }, delay: 9_900 });
    expect(late.messages).toMatchObject({ expected: 2, delivered: 2, lost: 0 });
    const later = await play('one-room', { users: 2, values: { rate: 1, seconds: 1 }, delay: 12_000 });
    expect(later.messages).toMatchObject({ expected: 2, delivered: 0, lost: 2 });
  });

  test('of a run that is ended early, what is on its way is not lost', async () => {
    const interrupt = new AbortController();
    const { interrupted, messages } = await play('one-room', {
      users: 2,
      values: { rate: 10, seconds: 60 },
      delay: 500,
      signal: interrupt.signal,
      begin: (_server, clock) => {
        clock.after(5_000, () => interrupt.abort());
      },
    });
    expect(interrupted).toBe(true);
    expect(messages.sent).toBeGreaterThan(40);
    expect(messages.sent).toBeLessThan(60);
    expect(messages.lost).toBe(0);
  });
});
