import { decodeStreamError, el, NS } from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import { SharedStanza } from '../kernel/shared-stanza.js';
import { StreamWorld } from '../testing/stream-world.js';
import { REFERENCE_BYTES, STANZA_BYTES } from './held-stanzas.js';
import { WHEEL_STEP } from './timer-wheel.js';

const shared = (id: number) => SharedStanza.of(el('message', NS.client, { id: `${id}`, type: 'groupchat' }));
const STANZA = STANZA_BYTES + shared(0).size(0);

/** As many clients as that, and their sessions in the order of their signing in. */
async function crowd(world: StreamWorld, size: number) {
  const clients = [];
  for (let n = 0; n < size; n++) clients.push(await world.client({ tag: `t${n}` }));
  return { clients, sessions: [...world.sessions.values()] };
}

describe('what waits for everybody together', () => {
  test('may come to its bound, and one byte more ends those for which most waits', async () => {
    // Two vanish for two stanzas, which they share; a third is away for the second only.
    const exact = 2 * STANZA + 5 * REFERENCE_BYTES;
    for (const bound of [exact, exact - 1]) {
      const world = new StreamWorld({ totalWaitingBytes: bound });
      const { clients, sessions } = await crowd(world, 3);
      const [one, two] = [shared(1), shared(2)];
      clients[0]?.cut();
      clients[1]?.cut();
      for (const session of sessions.slice(0, 2)) session.deliverShared(one);
      clients[2]?.cut();
      for (const session of sessions) session.deliverShared(two);
      world.clock.advance(WHEEL_STEP);
      const ended = world.events.filter((event) => event.startsWith('ended'));
      expect(ended).toEqual(
        bound === exact ? [] : sessions.slice(0, 2).map(({ jid }) => `ended ${jid} overflow`),
      );
    }
  });

  test('counts what links hold for slow readers, who are told', async () => {
    const world = new StreamWorld({ totalWaitingBytes: 3000 });
    const { clients, sessions } = await crowd(world, 2);
    sessions[0]?.deliver(el('message', NS.client, {}, 'x'.repeat(1000)));
    sessions[1]?.deliver(el('message', NS.client, {}, 'x'.repeat(100)));
    await clients[1]?.hears();
    world.clock.advance(WHEEL_STEP);
    expect(world.ended).toEqual([]);
    sessions[0]?.deliver(el('message', NS.client, {}, 'x'.repeat(1000)));
    world.clock.advance(WHEEL_STEP);
    expect(world.events.at(-1)).toBe(`ended ${sessions[0]?.jid} overflow`);
    expect(world.ended).toHaveLength(1);
    const heard = (await clients[0]?.hears()) ?? [];
    expect(heard.map(decodeStreamError).find((error) => error)?.condition).toBe('resource-constraint');
  });

  test('is nothing again when all have gone', async () => {
    const world = new StreamWorld({ totalWaitingBytes: STANZA + 2 * REFERENCE_BYTES });
    for (let round = 0; round < 3; round++) {
      const { clients, sessions } = await crowd(world, 2);
      const stanza = shared(round);
      for (const session of sessions) session.deliverShared(stanza);
      for (const client of clients) await client.hears();
      world.clock.advance(WHEEL_STEP);
      for (const client of clients) await client.closes();
    }
    expect(world.ended.map(({ why }) => why)).toEqual(Array.from({ length: 6 }, () => 'closed'));
  });

  test('gives back what somebody else may get, and nothing that was for all', async () => {
    const world = new StreamWorld({ unacknowledgedBytes: 100_000, totalWaitingBytes: 1000 });
    const { clients, sessions } = await crowd(world, 1);
    clients[0]?.cut();
    for (let n = 0; n < 10; n++) sessions[0]?.deliverShared(shared(n));
    sessions[0]?.deliver(el('message', NS.client, { type: 'chat', id: 'mine' }));
    world.clock.advance(WHEEL_STEP);
    expect(world.ended).toEqual([{ why: 'overflow', unacknowledged: [expect.stringContaining('"mine"')] }]);
  });
});
