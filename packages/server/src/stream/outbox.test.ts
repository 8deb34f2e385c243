import { el, type FullJid, NS, parseFullJid, type StreamError } from '@meerkat-chat/xmpp';
import { linkPair } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { SharedStanza } from '../kernel/shared-stanza.js';
import { MemoryLink } from '../testing/memory-link.js';
import { StreamWorld } from '../testing/stream-world.js';
import type { StreamContext } from './context.js';
import { HeldStanzas } from './held-stanzas.js';
import type { StreamLimits } from './limits.js';
import { ASK_AFTER_STANZAS } from './link-watch.js';
import { Outbox } from './outbox.js';

const jid = parseFullJid('juliet@capulet.example/balcony') as FullJid;
const text = (id: string, type = 'chat') => `<message id="${id}" type="${type}"/>`;
const shared = (id: string, type = 'chat') => SharedStanza.of(el('message', NS.client, { id, type }));
const ids = (frames: readonly string[]) => frames.map((frame) => / id="(\w+)"/.exec(frame)?.[1] ?? 'r');

/** An outbox with its link, what it holds, and whether it has overflowed. */
function scene(limits: Partial<StreamLimits> = {}) {
  const { limits: all, clock } = new StreamWorld(limits);
  const held = new HeldStanzas();
  const errors: StreamError[] = [];
  const context = {
    host: { limits: all },
    held,
    wheel: { now: clock.monotonic() },
  } as unknown as StreamContext;
  const owner = {
    jid,
    toBytes: Buffer.from(jid),
    overflowed: (error: StreamError) => void errors.push(error),
  };
  const link = () => new MemoryLink(linkPair()[0]);
  const first = link();
  return { outbox: new Outbox(context, owner, first), first, link, held, errors };
}

test('texts and shared stanzas leave in order, written to the link as they come', () => {
  const { outbox, first } = scene();
  outbox.take(text('a'));
  outbox.take(shared('b'));
  outbox.manage();
  outbox.take(shared('c'));
  expect(ids(first.queued)).toEqual(['a', 'b', 'c']);
  expect(outbox.linkBytes).toBe(first.queuedBytes);
});

test('what was not acknowledged comes first over the next link, then what came meanwhile', () => {
  const { outbox, link } = scene();
  outbox.manage();
  for (const id of ['a', 'b', 'c']) outbox.take(text(id));
  outbox.detach();
  outbox.take(text('d'));
  const next = link();
  outbox.resume(next, 1);
  outbox.take(text('e'));
  expect(ids(next.queued)).toEqual(['b', 'c', 'd', 'e']);
});

test('the question rides behind the stanza that gives reason for it', () => {
  const { outbox, first } = scene();
  outbox.manage();
  for (let n = 0; n <= ASK_AFTER_STANZAS; n++) outbox.take(text(`s${n}`));
  expect(ids(first.queued.slice(-3))).toEqual([`s${ASK_AFTER_STANZAS - 1}`, 'r', `s${ASK_AFTER_STANZAS}`]);
});

test('without stream management nothing is kept, and what is sent without a link is lost', () => {
  const { outbox, held } = scene();
  outbox.take(text('a'));
  outbox.detach();
  outbox.take(text('b'));
  outbox.say('<x/>');
  expect([outbox.keptBytes, outbox.linkBytes, held.bytes]).toEqual([0, 0, 0]);
  expect(outbox.close()).toEqual([]);
});

test.each([true, false])('overflows once, and takes nothing then (managed: %s)', (managed) => {
  const { outbox, errors, first } = scene({ queueBytes: 100, unacknowledgedBytes: 100 });
  if (managed) outbox.manage();
  for (let n = 0; n < 10; n++) outbox.take(text(`s${n}`));
  expect(errors.map(({ condition }) => condition)).toEqual(['policy-violation']);
  expect(first.queuedBytes).toBeLessThan(200);
});

test('what is left at its end is given back, but not what was for all, and nothing is held then', () => {
  const { outbox, held } = scene();
  outbox.manage();
  outbox.take(shared('room', 'groupchat'));
  outbox.take(shared('mine'));
  outbox.takeFrom([shared('source')].values());
  outbox.detach();
  outbox.take(text('room', 'groupchat'));
  outbox.take(text('yours'));
  const left = outbox.close();
  expect(ids(left)).toEqual(['mine', 'source', 'yours']);
  expect(left[0]).toContain(` to="${jid}"`);
  outbox.take(text('late'));
  expect([outbox.keptBytes, held.bytes, outbox.close()]).toEqual([0, 0, []]);
});
