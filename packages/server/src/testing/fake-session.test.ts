import { el, messageEl, NS } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { SharedStanza } from '../kernel/shared-stanza.js';
import { createTestKernel } from './index.js';

const body = el('body', NS.client, {}, 'a & b');

test('reads what it is delivered in order, shared stanzas addressed to it', async () => {
  const romeo = (await createTestKernel({ modules: [] })).bind('romeo@localhost/orchard');
  romeo.deliver(messageEl({ id: '1' }, body));
  romeo.deliverShared(SharedStanza.of(messageEl({ id: '2' }, body)));
  expect(romeo.receives().attrs.id).toBe('1');
  expect(romeo.takes()).toEqual([messageEl({ id: '2', to: romeo.jid }, body)]);
  expect(() => romeo.receives()).toThrow('received nothing');
});

test('ends once, and gives back what nobody has read', async () => {
  const kernel = await createTestKernel({ modules: [] });
  const romeo = kernel.bind('romeo@localhost/orchard');
  const juliet = kernel.bind('juliet@localhost/balcony');
  juliet.sends(messageEl({ to: romeo.jid, type: 'chat' }, body));
  romeo.end('expired');
  romeo.end('closed', 'conflict');
  romeo.deliver(messageEl({}, body));
  expect(romeo.ended).toEqual({ why: 'expired', streamError: undefined });
  expect(romeo.takes()).toEqual([]);
  expect(juliet.receives().attrs.type).toBe('error');
});

test.each(['romeo@localhost', 'localhost/x', 'not a jid'])('%j cannot be bound', async (address) => {
  const kernel = await createTestKernel({ modules: [] });
  expect(() => kernel.bind(address)).toThrow('cannot be the address of a session');
});
