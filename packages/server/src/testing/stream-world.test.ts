import { el, NS } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { StreamWorld } from './stream-world.js';

test('a client signs in, says and hears, and every event is noted', async () => {
  const world = new StreamWorld();
  const client = await world.client({ tag: 'test' });
  const { session } = world;
  expect(world.events).toEqual([`bound ${session.jid}`]);
  await client.says(el('presence', NS.client));
  expect(world.received).toMatchObject([{ stanza: { name: 'presence' } }]);
  session.deliver(el('message', NS.client));
  expect(await client.hears()).toMatchObject([{ name: 'message' }]);
  client.cut();
  expect(client.closed).toBe(true);
  expect(world.session.hibernated).toBe(true);
});
