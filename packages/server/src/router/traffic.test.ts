import { el, encodeMucJoin, messageEl, NS, presenceEl, requestEl } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { SharedStanza } from '../kernel/shared-stanza.js';
import { createRoomScene } from '../testing/room-scene.js';
import { createTestKernel } from '../testing/test-kernel.js';

const body = el('body', NS.client, {}, 'hi');

test('what is received and what comes to nothing is counted by kind, whoever refuses it', async () => {
  const scene = await createRoomScene();
  const { counts } = scene.kernel.router;
  const romeo = await scene.enter('romeo');
  expect(counts).toMatchObject({
    received: { message: 0, presence: 1, iq: 0 },
    refused: { message: 0, presence: 0, iq: 0 },
  });
  // By the router, by a module's host, and by nobody.
  await romeo.sends(messageEl({ to: 'nobody@elsewhere.example' as never }, body));
  await romeo.sends(presenceEl({ to: scene.room }, encodeMucJoin({ history: undefined })));
  await scene.says(romeo, 'x'.repeat(20_000));
  await scene.says(romeo, 'fine');
  await romeo.sends(requestEl({ id: '1', type: 'get' }, el('unknown', 'urn:unknown')));
  await romeo.sends(el('message', NS.client, { to: 'not@an@address' }, body));
  expect(counts).toMatchObject({
    received: { message: 4, presence: 2, iq: 1 },
    refused: { message: 3, presence: 1, iq: 1 },
  });
});

test('a fan-out is measured whole, with one look at the clock before and one after', async () => {
  const kernel = await createTestKernel({ modules: [] });
  const sessions = ['a', 'b', 'c'].map((name) => kernel.bind(`${name}@localhost/x`));
  const [slow] = sessions;
  if (!slow) throw new Error('there are three');
  const deliver = slow.deliverShared.bind(slow);
  slow.deliverShared = (stanza) => {
    kernel.clock.advance(7);
    deliver(stanza);
  };
  const stanza = SharedStanza.of(messageEl({}, body));
  kernel.router.fanOut(
    stanza,
    sessions.map(({ jid }) => jid),
  );
  // One recipient is no fan-out: it would only hide the large ones.
  kernel.router.fanOut(stanza, [slow.jid]);
  const { fannedOut, fanOuts } = kernel.router.counts;
  expect([fannedOut, fanOuts.count, fanOuts.sum]).toEqual([4, 1, 7]);
  expect(fanOuts.upTo()[fanOuts.bounds.indexOf(5)]).toBe(0);
  expect(fanOuts.upTo()[fanOuts.bounds.indexOf(10)]).toBe(1);
});
