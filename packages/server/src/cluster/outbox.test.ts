import { messageEl } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { SharedStanza } from '../kernel/shared-stanza.js';
import type { NodeMessage } from './node-message.js';
import { Outbox } from './outbox.js';

const [hi, ho] = ['hi', 'ho'].map((id) => SharedStanza.of(messageEl({ id }))) as [SharedStanza, SharedStanza];

function setUp() {
  const sent: NodeMessage[] = [];
  return { sent, outbox: new Outbox((message) => sent.push(message)) };
}

test('a stanza for several goes once, when the turn is over', async () => {
  const { sent, outbox } = setUp();
  for (const session of [3, 1, 2]) outbox.share(hi, session);
  expect(sent).toEqual([]);
  await Promise.resolve();
  expect(sent).toEqual([{ type: 'some', sessions: [3, 1, 2], xml: hi.text }]);
});

test('order is kept: another stanza, or anything else, goes behind it', async () => {
  const { sent, outbox } = setUp();
  const settled: NodeMessage = { type: 'settled', task: 1, safe: true };
  outbox.share(hi, 1);
  outbox.share(ho, 1);
  outbox.share(hi, 2);
  outbox.send(settled);
  outbox.share(hi, 3);
  await Promise.resolve();
  expect(sent).toEqual([
    { type: 'some', sessions: [1], xml: hi.text },
    { type: 'some', sessions: [1], xml: ho.text },
    { type: 'some', sessions: [2], xml: hi.text },
    settled,
    { type: 'some', sessions: [3], xml: hi.text },
  ]);
});

test('nothing goes to a node that has gone', async () => {
  const { sent, outbox } = setUp();
  outbox.share(hi, 1);
  outbox.close();
  outbox.send({ type: 'ended', session: 1 });
  outbox.share(ho, 1);
  await Promise.resolve();
  expect(sent).toEqual([]);
});
