import { el, NS } from '@meerkat-chat/xmpp';
import { linkPair } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { SharedStanza } from '../kernel/shared-stanza.js';
import { MemoryLink } from './memory-link.js';

test('what the peer has not read is queued, and its end is told once', () => {
  const [client, server] = linkPair();
  const link = new MemoryLink(server, { secure: false });
  const heard: string[] = [];
  let drained = 0;
  client.onText((text) => heard.push(text));
  link.onDrain(() => drained++);
  link.send('ä');
  link.write(SharedStanza.of(el('presence', NS.client)), Buffer.from('a@b/c'));
  expect(link.peer).toMatchObject({ transport: 'memory', secure: false });
  expect(link.queuedBytes).toBe(2 + Buffer.byteLength(link.queued[1] ?? ''));
  link.flush(1);
  expect(drained).toBe(0);
  link.flush();
  expect(drained).toBe(1);
  expect(heard).toEqual(['ä', '<presence to="a@b/c" xmlns="jabber:client"/>']);
  expect(link.queuedBytes).toBe(0);
});

test('over a pair that delivers by itself, draining is told too', async () => {
  const [, server] = linkPair({ auto: true });
  const link = new MemoryLink(server);
  let drained = 0;
  link.onDrain(() => drained++);
  link.send('a');
  await Promise.resolve();
  await Promise.resolve();
  expect(drained).toBe(1);
});
