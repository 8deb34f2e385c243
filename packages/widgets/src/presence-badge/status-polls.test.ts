import { FakeClock } from '@meerkat-chat/sdk/testing';
import { expect, test } from 'vitest';
import { INTERVAL, JITTER } from './status-poll.js';
import { StatusPolls } from './status-polls.js';

function scene() {
  const clock = new FakeClock();
  const asked: string[] = [];
  const onlines = new Set<() => void>();
  let failing = false;
  const polls = new StatusPolls({
    clock,
    random: () => 0,
    fetchJson: async (url) => {
      asked.push(url);
      if (failing) throw new TypeError('Failed to fetch');
      return { status: 'online' };
    },
    onOnline: (run) => {
      onlines.add(run);
      return () => onlines.delete(run);
    },
  });
  const pass = async (span: number) => {
    clock.advance(span);
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  const watch = (url: string) => {
    const told: string[] = [];
    return { told, watch: polls.watch(url, ({ state }) => told.push(state)) };
  };
  return {
    clock,
    asked,
    onlines,
    polls,
    pass,
    watch,
    fail: (now: boolean) => {
      failing = now;
    },
  };
}

test('badges of the same status share one request; one that comes later is told at once', async () => {
  const { watch, asked, pass } = scene();
  const [one, two] = [watch('/a'), watch('/a')];
  one.watch.see(true);
  two.watch.see(true);
  await pass(0);
  await pass(INTERVAL);
  expect(asked).toEqual(['/a', '/a']);
  const late = watch('/a');
  expect([one.told, two.told, late.told]).toEqual([['unknown', 'online'], ['unknown', 'online'], ['online']]);
});

test('asks while any of them is seen', async () => {
  const { watch, asked, pass } = scene();
  const [one, two] = [watch('/a'), watch('/a')];
  await pass(INTERVAL);
  expect(asked).toEqual([]);
  one.watch.see(true);
  two.watch.see(true);
  one.watch.see(false);
  await pass(0);
  expect(asked).toHaveLength(1);
  two.watch.see(false);
  await pass(10 * INTERVAL);
  expect(asked).toHaveLength(1);
});

test('another address is another request', async () => {
  const { watch, asked, pass } = scene();
  for (const url of ['/a', '/b']) watch(url).watch.see(true);
  await pass(0);
  expect(asked).toEqual(['/a', '/b']);
});

test('nothing is left when the last one goes; what it says afterwards does nothing', async () => {
  const { watch, polls, clock, onlines, pass, asked } = scene();
  for (let round = 0; round < 100; round++) {
    const [one, two] = [watch('/a'), watch('/b')];
    one.watch.see(true);
    two.watch.see(true);
    await pass(0);
    for (const each of [one, two, one]) each.watch.end();
    one.watch.see(true);
  }
  expect([polls.size, clock.pending, onlines.size]).toEqual([0, 0, 0]);
  expect(asked).toHaveLength(200);
});

test('the network being back hurries what has failed', async () => {
  const { watch, asked, pass, fail, onlines } = scene();
  const { watch: one, told } = watch('/a');
  fail(true);
  one.see(true);
  await pass(0);
  fail(false);
  for (const run of onlines) run();
  await pass(0);
  expect(asked).toHaveLength(2);
  expect(told.at(-1)).toBe('online');
  await pass(INTERVAL + JITTER);
  expect(asked).toHaveLength(3);
});
