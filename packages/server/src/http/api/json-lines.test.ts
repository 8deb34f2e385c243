import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { jsonLines } from './json-lines.js';

async function* things(count: number, seen: number[] = []) {
  try {
    for (let n = 0; n < count; n++) {
      seen.push(n);
      yield { n, words: 'x'.repeat(1000) };
    }
  } finally {
    seen.push(-1);
  }
}

test('each thing is a line', async () => {
  const lines = (await text(jsonLines(things(200)))).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).n)).toEqual(Array.from({ length: 200 }, (_, n) => n));
  expect(await text(jsonLines(things(0)))).toBe('');
});

test('no more is read than the other side takes, and nothing when it has gone', async () => {
  const seen: number[] = [];
  const stream = jsonLines(things(100_000, seen));
  const iterator = stream[Symbol.asyncIterator]();
  await iterator.next();
  expect(seen.length).toBeLessThan(200);
  stream.destroy();
  await expect.poll(() => seen.at(-1)).toBe(-1);
});

test('what fails ends it', async () => {
  const broken = (async function* () {
    yield { n: 1 };
    throw new Error('the disk is in trouble');
  })();
  await expect(text(jsonLines(broken))).rejects.toThrow('the disk is in trouble');
});
