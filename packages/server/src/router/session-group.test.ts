import { el, NS, presenceEl } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { SharedStanza } from '../kernel/shared-stanza.js';
import { createTestKernel, type FakeSession } from '../testing/index.js';

const hello = SharedStanza.of(presenceEl({}, el('show', NS.client, {}, 'away')));
const heard = (session: FakeSession | undefined) => session?.takes().map(({ attrs }) => attrs.to);

async function setUp() {
  const { router, bind } = await createTestKernel({ modules: [] });
  const sessions = ['anna', 'ben', 'cleo'].map((name) => bind(`${name}@localhost/page`));
  const group = router.group();
  for (const { jid } of sessions) group.add(jid);
  return { router, bind, group, sessions };
}

test('a group is told in the order of its members, each under its own address', async () => {
  const { router, group, sessions } = await setUp();
  const [anna, ben, cleo] = sessions;
  router.fanOut(hello, group);
  expect(sessions.map(heard)).toEqual([[anna?.jid], [ben?.jid], [cleo?.jid]]);
  expect([...group]).toEqual(sessions.map(({ jid }) => jid));
  expect(router.counts.fannedOut).toBe(3);
});

test('who is taken out, or was never here, is told nothing; who was taken in twice is told once', async () => {
  const { router, group, sessions } = await setUp();
  const [anna, ben, cleo] = sessions as [FakeSession, FakeSession, FakeSession];
  group.delete(ben.jid);
  group.delete(ben.jid);
  group.add(anna.jid);
  cleo.end('closed');
  group.delete(cleo.jid);
  group.add(cleo.jid);
  router.fanOut(hello, group);
  expect([anna, ben, cleo].map(heard)).toEqual([[anna.jid], [], []]);
  expect([...group]).toEqual([anna.jid]);
});

test('a session that takes the address of a member is no member', async () => {
  const { router, bind, group, sessions } = await setUp();
  const [anna] = sessions as [FakeSession];
  anna.end('replaced');
  const again = bind(anna.jid);
  router.fanOut(hello, group);
  expect(heard(again)).toEqual([]);
  group.add(anna.jid);
  router.fanOut(hello, group);
  expect(heard(again)).toEqual([anna.jid]);
});
