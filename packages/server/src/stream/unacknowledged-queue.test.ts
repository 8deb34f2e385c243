import { el, NS } from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import { SharedStanza } from '../kernel/shared-stanza.js';
import { HeldStanzas } from './held-stanzas.js';
import { textOf, UnacknowledgedQueue } from './unacknowledged-queue.js';

const TO = Buffer.from('a@b/c');

/** A queue with that many stanzas written, named s0, s1... */
function written(count: number, start = 0, held = new HeldStanzas()): UnacknowledgedQueue {
  const queue = new UnacknowledgedQueue(TO, held, start);
  for (let n = 0; n < count; n++) {
    queue.push(`s${n}`);
    queue.next();
  }
  return queue;
}

/** What is still in it, as text; it is empty then. */
function left(queue: UnacknowledgedQueue): string[] {
  return queue.clear().map((stanza) => textOf(stanza, TO));
}

test('what is acknowledged goes, the rest stays in order', () => {
  const queue = written(5);
  expect(queue.acknowledge(2)).toBe(true);
  expect(queue).toMatchObject({ length: 3, bytes: 6, sent: 5, unwritten: 0 });
  expect(queue.acknowledge(4)).toBe(true);
  expect(queue).toMatchObject({ length: 1, bytes: 2, sent: 5 });
  expect(left(queue)).toEqual(['s4']);
  expect(queue).toMatchObject({ length: 0, bytes: 0 });
});

test('a shared stanza is kept by reference, with the size that it has on the wire', () => {
  const queue = new UnacknowledgedQueue(TO, new HeldStanzas());
  const shared = SharedStanza.of(el('message', NS.client, {}, 'ä'));
  queue.push(shared);
  queue.push('é');
  expect(queue.next()).toBe(shared);
  expect(queue.bytes).toBe(shared.bytes(TO).length + 2);
  queue.acknowledge(1);
  expect(queue.bytes).toBe(2);
  queue.push(shared);
  expect(left(queue)).toEqual(['é', shared.bytes(TO).toString()]);
});

describe('a count', () => {
  test('of as many as were sent is taken, of one more is not', () => {
    const queue = written(3);
    expect(queue.acknowledge(4)).toBe(false);
    expect(queue.length).toBe(3);
    expect(queue.acknowledge(3)).toBe(true);
  });

  test('that lies behind is old and changes nothing', () => {
    const queue = written(3);
    queue.acknowledge(2);
    expect(queue.acknowledge(1)).toBe(true);
    expect(left(queue)).toEqual(['s2']);
  });

  test('does not reach what was queued and never written', () => {
    const queue = written(2);
    queue.push('later');
    expect(queue.sent).toBe(2);
    expect(queue.acknowledge(3)).toBe(false);
  });

  test.each([0, 1, 2, 3, 4, 5])('goes round at 2^32, after %i of 5', (steps) => {
    const queue = written(5, 2 ** 32 - 3);
    expect(queue.sent).toBe(2);
    expect(queue.acknowledge((2 ** 32 - 3 + steps) % 2 ** 32)).toBe(true);
    expect(queue.length).toBe(5 - steps);
    expect(queue.acknowledge(3)).toBe(false);
    expect(queue.acknowledge(2 ** 32 - 4)).toBe(true);
    expect(queue.length).toBe(5 - steps);
  });
});

test('on another link it begins with the oldest, and earlier writing still counts', () => {
  const queue = written(3);
  queue.acknowledge(1);
  queue.push('s3');
  queue.rewind();
  expect(queue.unwritten).toBe(3);
  expect(queue.sent).toBe(3);
  expect(queue.next()).toBe('s1');
  // The client had got more over the old link than it said before.
  expect(queue.acknowledge(3)).toBe(true);
  expect([queue.next(), queue.next()]).toEqual(['s3', undefined]);
  expect(queue.sent).toBe(4);
});

test('holds on to nothing that was acknowledged, in constant time', () => {
  const queue = new UnacknowledgedQueue(TO, new HeldStanzas());
  for (let n = 0; n < 10_000; n++) {
    queue.push('x');
    queue.next();
    if (n >= 3) queue.acknowledge(n - 2);
  }
  expect(queue).toMatchObject({ length: 3, bytes: 3 });
});

test('what it takes, acknowledges and leaves behind is counted with what all others hold', () => {
  const held = new HeldStanzas();
  const queue = written(5, 0, held);
  const before = held.bytes;
  queue.acknowledge(3);
  expect(held.bytes).toBe((before / 5) * 2);
  queue.clear();
  expect(held.bytes).toBe(0);
});
