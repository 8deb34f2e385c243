import { decodeCrowded, decodeProofWanted, parseBareJid } from '@meerkat-chat/xmpp';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test } from 'vitest';
import { GuestDoor, type GuestDoorOptions } from './guest-door.js';
import { guestSettings } from './settings.js';

const HERE = '203.0.113.7';

function world(settings: Record<string, unknown> = {}, more: Partial<GuestDoorOptions> = {}) {
  const clock = new FakeClock();
  const env = { clock, random: new SeededRandom() };
  const door = new GuestDoor({
    env,
    settings: guestSettings.parse(settings),
    isShared: (address) => address === '198.51.100.1',
    ...more,
  });
  let number = 0;
  const enter = (address = HERE, kind: 'guest' | 'user' = 'guest') => {
    const account = parseBareJid(`guest-${number++}@localhost`) ?? expect.unreachable();
    const session = {
      identity: { account, kind },
      peer: { transport: 'memory', address, secure: true, origin: undefined },
    } as const;
    door.entered(session);
    return session;
  };
  return { clock, door, enter };
}

describe('guests of one network at once', () => {
  test('to the bound and no further, and again when one has left', async () => {
    const { door, enter } = world({ perAddress: 3 });
    const [first] = [enter(), enter(), enter('::ffff:203.0.113.7')];
    const refusal = await door.knock(HERE, undefined);
    expect(refusal?.text).toContain('your network');
    expect(decodeCrowded(refusal?.application)).toEqual({ by: 'network', retryAfter: 60_000 });
    expect(await door.knock('203.0.113.8', undefined)).toBeUndefined();
    door.left(first);
    door.left(first);
    expect(await door.knock(HERE, undefined)).toBeUndefined();
    enter();
    expect(door.crowd(HERE)).toBeDefined();
  });

  test('an IPv6 network is one', () => {
    const { door, enter } = world({ perAddress: 2 });
    enter('2001:db8::1');
    enter('2001:db8::2:0:0:1');
    expect(door.crowd('2001:db8::9')).toBeDefined();
    expect(door.crowd('2001:db8:0:1::9')).toBeUndefined();
  });

  test('users take no place, and find one', () => {
    const { door, enter } = world({ perAddress: 1 });
    enter(HERE, 'user');
    expect(door.guests).toBe(0);
    const guest = enter();
    expect(door.problem(guest.identity, HERE)).toBeDefined();
    expect(door.problem({ ...guest.identity, kind: 'user' }, HERE)).toBeUndefined();
  });

  test('twenty times as many where many sit', () => {
    const { door, enter } = world({ perAddress: 2 });
    for (let at = 0; at < 39; at++) enter('198.51.100.1');
    expect(door.crowd('198.51.100.1')).toBeUndefined();
    enter('198.51.100.1');
    expect(door.crowd('198.51.100.1')).toBeDefined();
  });
});

test('guests in all, wherever they come from', async () => {
  const { door, enter } = world({ total: 2 });
  enter('203.0.113.1');
  expect(await door.knock('203.0.113.9', undefined)).toBeUndefined();
  const last = enter('203.0.113.2');
  expect(decodeCrowded((await door.knock('203.0.113.9', undefined))?.application)?.by).toBe('server');
  door.left(last);
  expect(await door.knock('203.0.113.9', undefined)).toBeUndefined();
});

test('newcomers of one network in a minute; who comes back is none', async () => {
  const { clock, door } = world({ newPerMinute: 3 });
  const knocks = async (times: number, address = HERE) => {
    const answers = [];
    for (let at = 0; at < times; at++) answers.push(await door.knock(address, undefined));
    return answers.map((refusal) => decodeCrowded(refusal?.application)?.by ?? 'in');
  };
  expect(await knocks(4)).toEqual(['in', 'in', 'in', 'network']);
  expect(await knocks(1, '203.0.113.8')).toEqual(['in']);
  expect(await knocks(60, '198.51.100.1')).not.toContain('network');
  expect(await knocks(1, '198.51.100.1')).toEqual(['network']);
  clock.advance(20_000);
  expect(await knocks(2)).toEqual(['in', 'network']);
  const refusal = await door.knock(HERE, undefined);
  const { retryAfter = 0 } = decodeCrowded(refusal?.application) ?? {};
  expect(retryAfter).toBeGreaterThanOrEqual(5000);
  expect(retryAfter).toBeLessThanOrEqual(30_000);
});

test('networks that are quiet are forgotten', async () => {
  const { clock, door, enter } = world();
  const session = enter();
  await door.knock(HERE, undefined);
  await door.knock('198.51.100.1', undefined);
  expect(door.networks).toBe(3);
  door.left(session);
  clock.advance(60_000);
  door.sweep();
  expect(door.networks).toBe(0);
});

describe('a proof', () => {
  const proofs = { accept: async (answer: string) => answer === 'good' };
  const proof = { kind: 'site', url: 'https://shop.example/proof', freePerAddress: 2, freeInAll: 3 };

  test('is asked for when more come from a network than are free', async () => {
    const { clock, door } = world({ proof }, { proofs: proofs as never });
    const wanted = async (answer?: string, address = HERE) =>
      decodeProofWanted((await door.knock(address, answer))?.application)?.kind;
    expect([await wanted(), await wanted(), await wanted()]).toEqual([undefined, undefined, 'site']);
    expect(await wanted('bad')).toBe('site');
    expect(await wanted('good')).toBeUndefined();
    clock.advance(30_000);
    expect(await wanted()).toBeUndefined();
  });

  test('is asked for when more come in all, from wherever', async () => {
    const { door } = world({ proof }, { proofs: proofs as never });
    const answers = [];
    for (let at = 1; at <= 4; at++) answers.push(await door.knock(`203.0.113.${at}`, undefined));
    expect(answers.map(Boolean)).toEqual([false, false, false, true]);
  });

  test('does not lead past the other bounds', async () => {
    const { door, enter } = world({ proof, perAddress: 1 }, { proofs: proofs as never });
    enter();
    expect(decodeCrowded((await door.knock(HERE, 'good'))?.application)).toBeDefined();
  });

  test('is judged no more often than newcomers are let in', async () => {
    const judged: string[] = [];
    const counting = { accept: async (answer: string) => judged.push(answer) < 0 };
    const { door } = world({ proof, newPerMinute: 3 }, { proofs: counting as never });
    const answers = [];
    for (let at = 1; at <= 4; at++) answers.push(await door.knock(HERE, `bad ${at}`));
    expect(judged).toEqual(['bad 1', 'bad 2', 'bad 3']);
    expect(answers.map((answer) => decodeCrowded(answer?.application)?.by)).toEqual([
      undefined,
      undefined,
      undefined,
      'network',
    ]);
  });

  test('is asked of everybody where none are free', async () => {
    const settings = { proof: { ...proof, freePerAddress: 0 } };
    const { door } = world(settings, { proofs: proofs as never });
    expect(await door.knock(HERE, undefined)).toBeDefined();
  });
});
