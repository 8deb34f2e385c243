import { decodeStreamError, el, encodeAuth, encodeSm, NS, utf8 } from '@meerkat-chat/xmpp';
import { SeededRandom } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test } from 'vitest';
import { type StreamClient, StreamWorld } from '../testing/stream-world.js';

describe('shutdown', () => {
  test('ends every session and stream with system-shutdown, and the timer', async () => {
    const world = new StreamWorld();
    const live = await world.client();
    const asleep = await world.client({ user: 'nurse', password: 'angelica' });
    asleep.cut();
    const young = world.connect();
    await young.opens();
    world.streams.shutdown();
    for (const client of [live, young]) {
      const [error, close] = await client.hears();
      expect(error && decodeStreamError(error)).toEqual({ condition: 'system-shutdown' });
      expect(close?.name).toBe('close');
      expect(client.closed).toBe(true);
    }
    expect(world.ended.map(({ why }) => why)).toEqual(['shutdown', 'shutdown']);
    expect(world.clock.pending).toBe(0);
  });

  test('closes what comes later', async () => {
    const world = new StreamWorld();
    world.streams.shutdown();
    const client = world.connect();
    expect(await client.opens()).toEqual([]);
    expect(client.closed).toBe(true);
  });
});

test('a link that ended before it was accepted leaves nothing', async () => {
  const world = new StreamWorld();
  const before = world.streams.stats();
  const client = world.connect();
  client.cut();
  world.streams.accept(client.link);
  expect(world.streams.stats()).toEqual(before);
});

describe('nothing is left behind', () => {
  type Fate = (world: StreamWorld, round: number) => Promise<void>;

  const silence: Fate = async (world) => void world.connect();
  const hangUp: Fate = async (world) => {
    const client = world.connect();
    await client.opens();
    client.cut();
  };
  const failing: Fate = async (world) => {
    const client = world.connect();
    await client.opens();
    const wrong = encodeAuth({ mechanism: 'PLAIN', initial: utf8('\0juliet\0wrong') });
    await client.says(wrong, wrong, wrong, wrong, wrong);
  };
  const midway: Fate = async (world) => {
    const client = world.connect();
    await client.whispers(
      '<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="capulet.example" version="1.0"/>',
      '<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="ANONYMOUS"/>',
    );
    client.cut();
  };
  const nonsense: Fate = async (world, round) => {
    const frames = ['', '<a', '<!DOCTYPE a><a/>', '<a/>', '<iq xmlns="jabber:client"/>', '</stream:stream>'];
    await world.connect().says(frames[round % frames.length] ?? '');
  };
  const cutOff: Fate = async (world) => {
    const client = await world.client();
    world.sessions.get([...world.sessions.keys()].at(-1) as never)?.deliver(el('message', NS.client));
    client.cut();
  };
  const unmanaged: Fate = async (world) => (await world.client({ manage: 'no' })).cut();
  const leaving: Fate = async (world) => void (await (await world.client()).closes());
  const overtaken: Fate = async (world) => {
    const client = await world.client();
    const id = /<enabled[^>]* id="([^"]+)"/.exec(client.frames.join(''))?.[1] ?? '';
    const next: StreamClient = world.connect();
    await next.signIn({ inline: [encodeSm({ kind: 'resume', previd: id, h: 0 })] });
    next.cut();
  };

  test('of 1,000 connections of every kind', async () => {
    const world = new StreamWorld({ sessionsPerAccount: 5 });
    const start = { stats: world.streams.stats(), pending: world.clock.pending };
    const fates = [silence, hangUp, failing, midway, nonsense, cutOff, unmanaged, leaving, overtaken];
    const random = new SeededRandom(4);
    for (let round = 0; round < 1000; round++) {
      const fate = fates[Math.floor(random.number() * fates.length)] ?? silence;
      await fate(world, round);
      if (round % 50 === 0) world.clock.advance(5000);
    }
    expect(world.clock.pending).toBe(start.pending);
    const { resumeTimeout, signInTimeout } = world.limits;
    world.clock.advance(signInTimeout + 2 * resumeTimeout + 20_000);
    expect({ stats: world.streams.stats(), pending: world.clock.pending }).toEqual(start);
    expect(world.sessions.size).toBe(0);
    const count = (word: string) => world.events.filter((event) => event.startsWith(word)).length;
    expect(count('bound')).toBeGreaterThan(300);
    expect(count('ended')).toBe(count('bound'));
  });
});
