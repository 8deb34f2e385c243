import { el, type FullJid, messageEl, NS, presenceEl } from '@meerkat-chat/xmpp';
import { beforeEach, expect, test } from 'vitest';
import { SharedStanza } from '../kernel/shared-stanza.js';
import { createTestKernel, type FakeSession } from '../testing/index.js';
import type { Router } from './router.js';

const hello = SharedStanza.of(messageEl({}, el('body', NS.client, {}, 'hark')));
const shows = (text: string) => SharedStanza.of(presenceEl({}, el('show', NS.client, {}, text)));

let router: Router;
let romeo: FakeSession;
let juliet: FakeSession;

beforeEach(async () => {
  const kernel = await createTestKernel({ modules: [] });
  router = kernel.router;
  romeo = kernel.bind('romeo@localhost/orchard');
  juliet = kernel.bind('juliet@localhost/balcony');
});

const heard = (session: FakeSession) => session.takes().map(({ name, attrs }) => `${name} ${attrs.to}`);

test('one stanza for many is addressed to each, and who is gone is passed over', () => {
  const nobody = 'nobody@localhost/x' as FullJid;
  router.fanOut(hello, [romeo.jid, nobody, juliet.jid]);
  expect([romeo, juliet].map(heard)).toEqual([[`message ${romeo.jid}`], [`message ${juliet.jid}`]]);
  romeo.end('closed');
  router.fanOut(hello, [romeo.jid, juliet.jid]);
  expect([romeo, juliet].map(heard)).toEqual([[], [`message ${juliet.jid}`]]);
  expect(router.counts.fannedOut).toBe(3);
});

test('a stream is read as fast as its recipient takes it, what it takes is counted, and all else waits', () => {
  let made = 0;
  function* source() {
    for (const text of ['away', 'dnd', 'xa']) {
      made++;
      yield shows(text);
    }
  }
  romeo.slow = true;
  router.stream(source(), romeo.jid);
  router.fanOut(hello, [romeo.jid]);
  expect([made, router.counts.fannedOut, heard(romeo)]).toEqual([0, 1, []]);
  romeo.pulls(2);
  expect([made, router.counts.fannedOut]).toEqual([2, 3]);
  romeo.pulls();
  expect(heard(romeo)).toEqual([
    ...['presence', 'presence', 'presence', 'message'].map((name) => `${name} ${romeo.jid}`),
  ]);
  expect(router.counts.fannedOut).toBe(4);
});

test('nothing is asked of a stream whose recipient is gone, or goes', () => {
  let made = 0;
  const source = { next: () => ({ value: shows(`${made++}`) }) };
  router.stream(source, 'nobody@localhost/x' as FullJid);
  romeo.slow = true;
  router.stream(source, romeo.jid);
  romeo.pulls(1);
  romeo.end('closed');
  romeo.pulls();
  expect(made).toBe(1);
});
