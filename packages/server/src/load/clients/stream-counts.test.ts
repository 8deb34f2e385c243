import { expect, test } from 'vitest';
import { StreamCounts } from './stream-counts.js';

test('nothing counts before stream management is on', () => {
  const counts = new StreamCounts();
  counts.received();
  expect([counts.sent('a'), counts.handled, counts.unacknowledged]).toEqual([false, 0, []]);
});

test('what was sent is kept until the server has it; what it cannot have is passed over', () => {
  const counts = new StreamCounts();
  counts.begin();
  for (const stanza of ['a', 'b', 'c']) counts.sent(stanza);
  counts.acknowledge(1);
  expect(counts.unacknowledged).toEqual(['b', 'c']);
  counts.acknowledge(4);
  counts.acknowledge(0);
  counts.acknowledge(Number.NaN);
  expect(counts.unacknowledged).toEqual(['b', 'c']);
  counts.acknowledge(3);
  expect(counts.unacknowledged).toEqual([]);
});

test('every tenth stanza asks', () => {
  const counts = new StreamCounts();
  counts.begin();
  const asked = Array.from({ length: 21 }, (_, n) => n + 1).filter((n) => counts.sent(`${n}`));
  expect(asked).toEqual([10, 20]);
});

test('a new session begins at nothing', () => {
  const counts = new StreamCounts();
  counts.begin();
  counts.received();
  counts.sent('a');
  counts.reset();
  counts.received();
  expect([counts.handled, counts.unacknowledged]).toEqual([0, []]);
});
