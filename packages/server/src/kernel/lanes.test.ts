import { expect, test } from 'vitest';
import { Lanes } from './lanes.js';

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

test('as long as everything is answered at once, everything runs at once', () => {
  const lanes = new Lanes<string>();
  const ran: number[] = [];
  for (const answer of [1, 2]) {
    const settled = lanes.run(
      'a',
      () => answer,
      (got) => void ran.push(got),
    );
    expect(settled).toBeUndefined();
  }
  expect(ran).toEqual([1, 2]);
  expect(lanes.size).toBe(0);
});

test('behind one that waits the same key waits, asked only when it is its turn; another key does not', async () => {
  const lanes = new Lanes<string>();
  const events: string[] = [];
  let answer: (text: string) => void = () => {};
  const run = (key: string, text: string, wait = false): unknown =>
    lanes.run(
      key,
      () => {
        events.push(`asked ${text}`);
        if (!wait) return text;
        return new Promise<string>((resolve) => {
          answer = resolve;
        });
      },
      (got) => void events.push(`told ${got}`),
    );
  run('a', 'one', true);
  const second = run('a', 'two');
  run('b', 'other');
  expect(events).toEqual(['asked one', 'asked other', 'told other']);
  expect([lanes.size, lanes.length('a'), lanes.length('b')]).toEqual([1, 2, 0]);
  answer('one');
  await second;
  expect(events.slice(3)).toEqual(['told one', 'asked two', 'told two']);
  await settle();
  expect(lanes.size).toBe(0);
});

test('what an answer settles later is its caller’s to wait for, and not the next one’s', async () => {
  const lanes = new Lanes<string>();
  let written: () => void = () => {};
  const first = lanes.run(
    'a',
    async () => 1,
    () =>
      new Promise<void>((resolve) => {
        written = resolve;
      }),
  );
  let second = false;
  lanes.run(
    'a',
    async () => 2,
    () => {
      second = true;
      return undefined;
    },
  );
  await settle();
  expect(second).toBe(true);
  written();
  await first;
});

test('one whose going on throws fails for its caller, and those behind go on', async () => {
  const lanes = new Lanes<string>();
  const broken = lanes.run(
    'a',
    async () => 1,
    () => {
      throw new Error('bug');
    },
  );
  const next = lanes.run(
    'a',
    async () => 2,
    () => undefined,
  );
  await expect(broken).rejects.toThrow('bug');
  await next;
  await settle();
  expect(lanes.size).toBe(0);
});
