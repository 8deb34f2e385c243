import { serialize } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { MAX_WAITING, Outgoing } from './outgoing.js';
import { message } from './testing/world.js';

const text = (body: string): string => serialize(message(body));

/** A stream that writes down what is sent on it. */
function stream() {
  const sent: string[] = [];
  return { sent, send: (stanza: string) => void sent.push(stanza) };
}

test('what waits for a session is bounded, and sent in order', () => {
  const outgoing = new Outgoing();
  for (let count = 0; count < MAX_WAITING; count++) outgoing.send(String(count), undefined);
  expect(() => outgoing.send('one more', undefined)).toThrow(RangeError);
  const { sent, send } = stream();
  outgoing.settled();
  outgoing.flush({ send });
  expect(sent).toEqual(Array.from({ length: MAX_WAITING }, (_, count) => String(count)));
  expect(outgoing.keep().waiting).toEqual([]);
});

test('nothing joins the queue of a session of the page before until it is known what becomes of it', () => {
  const kept = {
    sm: { id: 'x', handled: 0, acknowledged: 0, queue: ['a'] },
    unacknowledged: [],
    waiting: ['b'],
  };
  const outgoing = new Outgoing();
  outgoing.restore(kept, true);
  outgoing.send('c', undefined);
  expect(outgoing.sm.queue).toEqual(['a']);
  outgoing.decided();
  expect(outgoing.sm.queue).toEqual(['a', 'b', 'c']);
  outgoing.send('d', undefined);
  expect(outgoing.keep()).toMatchObject({ sm: { queue: ['a', 'b', 'c', 'd'] }, waiting: [] });
});

test('a session that cannot be gone on with leaves what it had in doubt, told once', () => {
  const queue = [text('a'), '<iq xmlns="jabber:client" type="get" id="1"/>', 'nonsense'];
  const outgoing = new Outgoing();
  outgoing.restore(
    { sm: { id: 'x', handled: 0, acknowledged: 0, queue }, unacknowledged: [text('before')], waiting: [] },
    false,
  );
  expect(outgoing.sm.id).toBeUndefined();
  outgoing.lost([text('b')]);
  expect(outgoing.takeUnacknowledged().map((element) => serialize(element))).toEqual([
    text('before'),
    text('a'),
    text('b'),
  ]);
  expect(outgoing.takeUnacknowledged()).toEqual([]);
});

test('a page that leaves, or signs out, has nothing to send any more', () => {
  for (const end of ['leave', 'forget'] as const) {
    const outgoing = new Outgoing();
    outgoing.send('a', undefined);
    outgoing.lost(['b']);
    outgoing[end]();
    expect(outgoing.keep()).toMatchObject({ unacknowledged: [], waiting: [] });
  }
});

test('what was sent is held by its id until it is confirmed, wherever it waits', () => {
  const outgoing = new Outgoing();
  const stanza = (id: string) => `<message xmlns="jabber:client" id="${id}"/>`;
  outgoing.send(stanza('a'), undefined);
  outgoing.lost([stanza('b')]);
  outgoing.settled();
  outgoing.sm.begin();
  outgoing.send(stanza('c'), { send: () => {} });
  const held = () => ['a', 'b', 'c', 'd'].filter((id) => outgoing.holds(id)).join('');
  expect(held()).toBe('abc');
  outgoing.takeUnacknowledged();
  outgoing.flush({ send: () => {} });
  outgoing.sm.acknowledge(1);
  expect(held()).toBe('a');
  outgoing.sm.acknowledge(2);
  expect(held()).toBe('');
});
