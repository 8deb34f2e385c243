import { FakeClock } from '@meerkat-chat/sdk/testing';
import { expect, test } from 'vitest';
import type { PresenceState } from './status.js';
import { GRACE, INTERVAL, JITTER, LONGEST, nextDelay, PATIENCE, StatusPoll } from './status-poll.js';

function scene(answer: () => unknown = () => ({ status: 'online' })) {
  const clock = new FakeClock();
  const requests: { readonly at: number; readonly signal: AbortSignal }[] = [];
  const told: PresenceState[] = [];
  const env = {
    clock,
    random: () => 0.5,
    fetchJson: async (_: string, signal: AbortSignal) => {
      requests.push({ at: clock.now(), signal });
      return answer();
    },
    onOnline: () => () => {},
  };
  const poll = new StatusPoll('https://a/status/x.json', env, ({ state }) => told.push(state));
  const pass = async (span: number) => {
    clock.advance(span);
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  return { clock, requests, told, poll, pass };
}
const refuse = () => {
  throw new TypeError('Failed to fetch');
};
const PERIOD = INTERVAL + JITTER / 2;

test('asks when it starts, then once per interval, and tells changes only', async () => {
  let status = 'online';
  const { poll, pass, requests, told } = scene(() => ({ status }));
  poll.start();
  await pass(0);
  await pass(PERIOD - 1);
  expect(requests).toHaveLength(1);
  status = 'away';
  await pass(1);
  await pass(PERIOD);
  expect(requests).toHaveLength(3);
  expect(told).toEqual(['online', 'away']);
});

test('stopped, it sends nothing and has no timers; started again, it asks only when the answer no longer holds', async () => {
  const { poll, pass, requests, clock } = scene();
  poll.start();
  await pass(0);
  poll.stop();
  expect(clock.pending).toBe(0);
  await pass(PERIOD - 1);
  poll.start();
  await pass(0);
  expect(requests).toHaveLength(1);
  await pass(1);
  expect(requests).toHaveLength(2);
  poll.stop();
  await pass(10 * INTERVAL);
  expect(requests).toHaveLength(2);
  poll.start();
  await pass(0);
  expect(requests).toHaveLength(3);
});

test('stopped while it asks, it drops the request and does not hear the answer', async () => {
  const { poll, pass, requests, told, clock } = scene();
  poll.start();
  clock.advance(0);
  poll.stop();
  await pass(0);
  expect(requests[0]?.signal.aborted).toBe(true);
  expect(told).toEqual([]);
  expect(clock.pending).toBe(0);
});

test('asks less and less often while it fails', () => {
  expect([0, 1, 2, 3, 4, 50].map((failures) => nextDelay(failures, 0))).toEqual([
    INTERVAL,
    2 * INTERVAL,
    4 * INTERVAL,
    8 * INTERVAL,
    LONGEST,
    LONGEST,
  ]);
  expect(nextDelay(0, 0.999)).toBeLessThan(INTERVAL + JITTER);
});

test('keeps the last status for a grace, then does not know; knows again with the next answer', async () => {
  let answer: () => unknown = () => ({ status: 'dnd' });
  const { poll, pass, told } = scene(() => answer());
  poll.start();
  await pass(0);
  answer = refuse;
  await pass(PERIOD);
  await pass(GRACE - PERIOD - 1);
  expect(told).toEqual(['dnd']);
  await pass(1);
  expect(told).toEqual(['dnd', 'unknown']);
  answer = () => ({ status: 'online' });
  poll.hurry();
  await pass(0);
  expect(told).toEqual(['dnd', 'unknown', 'online']);
});

test('a page that comes back after the grace to a server that cannot be asked does not know at once', async () => {
  let answer: () => unknown = () => ({ status: 'online' });
  const { poll, pass, told } = scene(() => answer());
  poll.start();
  await pass(0);
  poll.stop();
  await pass(GRACE);
  answer = refuse;
  poll.start();
  expect(told).toEqual(['online']);
  await pass(0);
  await pass(0);
  expect(told).toEqual(['online', 'unknown']);
});

test('what answers nonsense, or not at all, has failed', async () => {
  const nonsense = scene(() => ({ hello: 'world' }));
  nonsense.poll.start();
  await nonsense.pass(0);
  await nonsense.pass(2 * INTERVAL);
  expect(nonsense.requests).toHaveLength(1);
  await nonsense.pass(JITTER);
  expect(nonsense.requests).toHaveLength(2);

  const silent = scene(() => new Promise(() => {}));
  silent.poll.start();
  await silent.pass(0);
  await silent.pass(PATIENCE - 1);
  expect(silent.requests[0]?.signal.aborted).toBe(false);
  await silent.pass(1);
  expect(silent.requests[0]?.signal.aborted).toBe(true);
  await silent.pass(2 * INTERVAL + JITTER);
  expect(silent.requests).toHaveLength(2);
});

test('the network being back hurries what has failed, and nothing else', async () => {
  let answer: () => unknown = refuse;
  const { poll, pass, requests } = scene(() => answer());
  poll.start();
  await pass(0);
  poll.hurry();
  await pass(0);
  expect(requests).toHaveLength(2);
  answer = () => ({ status: 'online' });
  poll.hurry();
  await pass(0);
  poll.hurry();
  await pass(0);
  expect(requests).toHaveLength(3);
});

test('a clock that is set back an hour does not silence it', async () => {
  const { poll, pass, requests, clock } = scene();
  poll.start();
  await pass(0);
  poll.stop();
  const { now } = clock;
  clock.now = () => now.call(clock) - 3_600_000;
  poll.start();
  await pass(LONGEST + JITTER);
  expect(requests).toHaveLength(2);
});
