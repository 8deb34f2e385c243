import { expect, test } from 'vitest';
import { readStreamManagement } from './read-snapshot.js';
import { MAX_UNACKNOWLEDGED, StreamManagement } from './stream-management.js';

function counting(handled = 0, acknowledged = 0): StreamManagement {
  return new StreamManagement({ id: 'a', handled, acknowledged, queue: [] });
}

test('nothing is kept before counting begins', () => {
  const sm = new StreamManagement();
  sm.add('1');
  sm.receive();
  expect([sm.queue, sm.handled, sm.save()]).toEqual([[], 0, undefined]);
});

test('an acknowledgement takes from the queue what it covers, over 2^32 too', () => {
  const sm = counting(2 ** 32 - 1, 2 ** 32 - 2);
  for (const text of ['1', '2', '3', '4']) sm.add(text);
  sm.receive();
  expect(sm.handled).toBe(0);
  expect(sm.acknowledge(1)).toBe(true);
  expect(sm.queue).toEqual(['4']);
  expect(sm.acknowledge(1)).toBe(true);
  expect(sm.acknowledge(3)).toBe(false);
  expect(sm.acknowledge(0)).toBe(false);
  expect(sm.acknowledge(2)).toBe(true);
  expect(sm.queue).toEqual([]);
});

test('the queue is bounded', () => {
  const sm = counting();
  for (let sent = 0; sent < MAX_UNACKNOWLEDGED; sent++) sm.add('x');
  expect(() => sm.add('x')).toThrow(RangeError);
  expect(sm.queue).toHaveLength(MAX_UNACKNOWLEDGED);
});

test('a session that is gone gives its queue back, and cannot be resumed', () => {
  const sm = counting();
  sm.add('1');
  expect(sm.reset()).toEqual(['1']);
  expect([sm.id, sm.counting, sm.save()]).toEqual([undefined, false, undefined]);
});

test('what is stored is read back, and nonsense is not', () => {
  const sm = counting(3, 4);
  sm.add('1');
  const saved = sm.save();
  expect(readStreamManagement(JSON.parse(JSON.stringify(saved)))).toEqual(saved);
  for (const change of [
    { handled: -1 },
    { handled: 2 ** 32 },
    { acknowledged: 1.5 },
    { queue: [1] },
    { queue: Array(MAX_UNACKNOWLEDGED + 1).fill('x') },
    { id: 1 },
  ]) {
    expect(readStreamManagement({ ...saved, ...change })).toBeUndefined();
  }
});
