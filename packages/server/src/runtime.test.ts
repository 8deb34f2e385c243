import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { afterTurn, createRuntimeEnv, processUse, watchLoop } from './runtime.js';

const DAY = 86_400_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a timer for longer than Node can count waits all the same', () => {
  const { clock } = createRuntimeEnv();
  const run = vi.fn();
  clock.after(60 * DAY, run);
  vi.advanceTimersByTime(60 * DAY - 1);
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(run).toHaveBeenCalledOnce();
});

test('a timer that is undone never runs, also on the second leg of a long wait', () => {
  const { clock } = createRuntimeEnv();
  const run = vi.fn();
  const offs = [clock.after(10, run), clock.after(60 * DAY, run), clock.every(10, run)];
  vi.advanceTimersByTime(5);
  offs[0]?.();
  offs[2]?.();
  vi.advanceTimersByTime(30 * DAY);
  offs[1]?.();
  vi.advanceTimersByTime(60 * DAY);
  expect(run).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

test('random bytes are as many as asked for, and never the same again', () => {
  const { random } = createRuntimeEnv();
  // Past what is kept in store, and more at once than is.
  for (const length of [0, 1, 15, 4096, 4097]) expect(random.bytes(length)).toHaveLength(length);
  const seen = new Set(Array.from({ length: 2000 }, () => Buffer.from(random.bytes(10)).toString('hex')));
  expect(seen.size).toBe(2000);
  expect(seen.has('00'.repeat(10))).toBe(false);
});

test('what is put after a turn runs once, later', () => {
  const run = vi.fn();
  afterTurn(run);
  expect(run).not.toHaveBeenCalled();
  vi.runAllTimers();
  expect(run).toHaveBeenCalledOnce();
});

test('bytes for secrets are not the same twice', () => {
  const { random } = createRuntimeEnv();
  expect(Buffer.from(random.bytes(16))).not.toEqual(Buffer.from(random.bytes(16)));
  expect(random.bytes(16)).toHaveLength(16);
});

test('what this process has taken only grows, and is of now', () => {
  const before = processUse();
  for (const end = process.cpuUsage().user + 20_000; process.cpuUsage().user < end; ) JSON.stringify(before);
  const after = processUse();
  expect(after.cpuSeconds - before.cpuSeconds).toBeGreaterThanOrEqual(0.02);
  expect(after.residentBytes).toBeGreaterThan(after.heapBytes / 10);
  expect(after.startedAt).toBe(before.startedAt);
});

test('the lag of the event loop is never less than nothing, and at worst it is the most', () => {
  const loop = watchLoop();
  const { '0.5': half, '0.99': most, '1': worst } = loop.read();
  expect([0, half, most, worst]).toEqual([0, half, most, worst].sort((a, b) => a - b));
  loop.stop();
});
