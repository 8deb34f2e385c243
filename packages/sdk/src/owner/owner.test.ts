import {
  el,
  encodeMucUser,
  encodeSharedStatus,
  messageEl,
  NS,
  parseDomainJid,
  presenceEl,
  stanzaError,
} from '@meerkat-chat/xmpp';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test, vi } from 'vitest';
import { MAX_ROOMS } from '../bounds.js';
import { portPair } from '../port/port.js';
import type { Command, Update } from '../port/protocol.js';
import { Owner } from './owner.js';
import { full, ScriptedSession } from './testing/scripted-session.js';

const tick = async () => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

function setUp(options: { host?: string; kept?: Record<string, unknown> } = {}) {
  const session = new ScriptedSession(options.kept);
  const clock = new FakeClock();
  const owner = new Owner(
    session,
    { clock, random: new SeededRandom() },
    {
      auth: { kind: 'guest', nick: 'anna' },
      historyLimit: 500,
      roomsHost: options.host === undefined ? undefined : parseDomainJid(options.host),
    },
  );
  /** A store side that writes down what it is told. */
  const attach = () => {
    const [ownerPort, port] = portPair<Command, Update>({ clone: true });
    const updates: Update[] = [];
    port.onMessage((update) => updates.push(update));
    const detach = owner.attach(ownerPort);
    const room = (name: string, command: Extract<Command, { type: 'room' }>['command']) =>
      port.post({ type: 'room', room: name, command });
    return { port, updates, detach, room };
  };
  return { session, clock, owner, attach };
}

const self = (nick = 'anna', host = 'rooms.example') =>
  presenceEl(
    { from: full(`lobby@${host}/${nick}`) },
    encodeMucUser({ statuses: [110], item: { role: 'participant', affiliation: 'none' } }),
  );

describe('owner', () => {
  test('tells who attaches where things stand, then what changes', async () => {
    const { session, attach } = setUp();
    session.status.set({ state: 'connecting' });
    const { updates } = attach();
    session.online();
    await tick();
    expect(updates).toMatchObject([
      { type: 'status', status: { state: 'connecting' } },
      { type: 'me', me: undefined },
      { type: 'me', me: { account: 'anna@example' } },
      { type: 'status', status: { state: 'online' } },
    ]);
  });

  test('passes commands on to the session', async () => {
    const { session, attach } = setUp();
    const { port, updates } = attach();
    port.post({ type: 'start' });
    port.post({ type: 'retry' });
    port.post({ type: 'sign-out', reply: 1 });
    await tick();
    expect(session.calls).toEqual(['start', 'retry', 'signOut']);
    expect(updates).toContainEqual({ type: 'reply', reply: 1, result: { ok: true } });
  });

  test('shows the status on the web to whom it is asked by, and tells only them', async () => {
    const { session, attach } = setUp();
    session.online();
    const [anna, other] = [attach(), attach()];
    anna.port.post({ type: 'share-status', on: true, reply: 4 });
    await tick();
    await vi.dynamicImportSettled();
    session.requests[0]?.answer(el('iq', NS.client, {}, encodeSharedStatus('k7Qw')));
    await tick();
    expect(anna.updates.at(-1)).toEqual({ type: 'reply', reply: 4, result: { ok: true, value: 'k7Qw' } });
    expect(other.updates.some(({ type }) => type === 'reply')).toBe(false);
  });

  test('tells a room only to those who opened it, and a snapshot to who comes later', async () => {
    const { session, attach } = setUp({ host: 'rooms.example' });
    const [first, second, third] = [attach(), attach(), attach()];
    first.room('lobby', { kind: 'open' });
    first.room('lobby', { kind: 'join' });
    await tick();
    session.online();
    session.hear(self());
    await tick();
    second.room('lobby', { kind: 'open' });
    await tick();
    expect(second.updates.at(-1)).toMatchObject({
      type: 'room.snapshot',
      room: 'lobby',
      snapshot: { jid: 'lobby@rooms.example', status: { state: 'joined', nick: 'anna' }, occupantCount: 1 },
    });
    first.updates.length = 0;
    second.updates.length = 0;
    second.room('lobby', { kind: 'send', key: 'k1', text: 'hi' });
    await tick();
    expect(first.updates).toEqual(second.updates);
    expect(first.updates).toMatchObject([{ type: 'room', changes: [{ kind: 'changed', news: ['k1'] }] }]);
    expect(third.updates.every(({ type }) => type === 'status' || type === 'me')).toBe(true);
  });

  test('finds rooms by name when the server has said its domain', async () => {
    const { session, attach } = setUp();
    const side = attach();
    side.room('lobby', { kind: 'open' });
    side.room('lobby', { kind: 'join' });
    await tick();
    session.online();
    expect(session.takeSent().map(({ attrs }) => attrs.to)).toEqual([undefined, 'lobby@rooms.example/anna']);
    await tick();
    const parts = expect.objectContaining({ jid: 'lobby@rooms.example' });
    const change = expect.objectContaining({ kind: 'changed', parts });
    expect(side.updates).toContainEqual(
      expect.objectContaining({ type: 'room', changes: expect.arrayContaining([change]) }),
    );
  });

  test('a room opened by name and by address is one', async () => {
    const { session, owner, attach } = setUp();
    const side = attach();
    for (const ref of ['lobby@rooms.example', 'lobby']) {
      side.room(ref, { kind: 'open' });
      side.room(ref, { kind: 'join' });
    }
    side.room('lobby', { kind: 'send', key: 'k1', text: 'hi' });
    await tick();
    session.online();
    session.hear(self());
    expect(owner.stats().rooms).toBe(1);
    expect(session.takeSent().map(({ name }) => name)).toEqual(['presence', 'presence', 'message']);
    await tick();
    const told = side.updates.flatMap((update) => (update.type === 'room' ? [update.room] : []));
    expect(new Set(told)).toEqual(new Set(['lobby', 'lobby@rooms.example']));
  });

  test('answers with the error of a refused request, without what cannot go over a port', async () => {
    const { session, attach } = setUp({ host: 'rooms.example' });
    const side = attach();
    side.room('lobby', { kind: 'open' });
    side.room('lobby', { kind: 'kick', nick: 'bob', reply: 7 });
    await tick();
    await vi.dynamicImportSettled();
    const application = el('x', 'urn:example');
    session.requests[0]?.refuse(stanzaError('forbidden', 'No.', { application }));
    await tick();
    const error = { condition: 'forbidden', type: 'auth', text: 'No.' };
    expect(side.updates.at(-1)).toEqual({ type: 'reply', reply: 7, result: { ok: false, error } });
  });

  test('tells direct messages and presences to every side', async () => {
    const { session, attach } = setUp({ host: 'rooms.example' });
    session.online();
    const sides = [attach(), attach()];
    session.hear(
      messageEl({ from: full('bob@example/r'), type: 'chat', id: '1' }, el('body', NS.client, {}, 'hi')),
    );
    session.hear(presenceEl({ from: full('bob@example/r') }));
    session.hear(presenceEl({ from: full('left@rooms.example/x') }));
    await vi.dynamicImportSettled();
    await tick();
    for (const { updates } of sides) {
      expect(updates.slice(2)).toMatchObject([
        { type: 'presence', presence: { from: 'bob@example/r', available: true } },
        { type: 'direct-message', message: { peer: 'bob@example', text: 'hi' } },
      ]);
    }
  });

  test.each([
    [MAX_ROOMS, 0],
    [MAX_ROOMS + 1, 1],
  ])('of %i rooms it refuses %i', async (count, refused) => {
    const { owner, attach } = setUp({ host: 'rooms.example' });
    const side = attach();
    for (let n = 0; n < count; n++) side.room(`room${n}`, { kind: 'open' });
    await tick();
    expect(owner.stats().rooms).toBe(MAX_ROOMS);
    const states = side.updates.flatMap((update) =>
      update.type === 'room.snapshot' ? [update.snapshot.status.state] : [],
    );
    expect(states.filter((state) => state === 'refused')).toHaveLength(refused);
  });

  test('what was written before anybody signed in goes on to the next page', async () => {
    const first = setUp();
    const { room } = first.attach();
    room('lobby', { kind: 'open' });
    room('lobby', { kind: 'join' });
    room('lobby', { kind: 'send', key: 'k', text: 'early' });
    await tick();
    const { session } = setUp({ kept: JSON.parse(JSON.stringify(first.session.save())) });
    session.online();
    await tick();
    session.hear(self());
    await tick();
    expect(session.takeSent().map(({ name, attrs }) => [name, attrs.to])).toEqual([
      ['presence', undefined],
      ['presence', 'lobby@rooms.example/anna'],
      ['message', 'lobby@rooms.example'],
    ]);
  });

  test('what is no name of a room opens nothing', async () => {
    const { owner, attach } = setUp({ host: 'rooms.example' });
    const side = attach();
    for (const ref of ['', 'a b', 'x@', 'a@b/c', 'UPPER/']) side.room(ref, { kind: 'open' });
    await tick();
    expect(owner.stats().rooms).toBe(0);
  });

  test('a kept room that no page opens is left after 30 s, once nothing waits in it', async () => {
    const first = setUp({ host: 'rooms.example' });
    const side = first.attach();
    side.room('lobby', { kind: 'open' });
    side.room('lobby', { kind: 'join' });
    await tick();
    first.session.online();
    first.session.hear(self());
    first.session.offline();
    side.room('lobby', { kind: 'send', key: 'k1', text: 'waits' });
    await tick();
    const next = setUp({ kept: first.session.save() });
    next.clock.advance(60_000);
    next.session.online({ kind: 'resumed' });
    expect(next.session.takeSent().map(({ attrs }) => attrs.id)).toEqual(['k1']);
    next.clock.advance(30_000);
    expect(next.session.takeSent()).toEqual([]);
    next.session.hear(
      messageEl(
        { from: full('lobby@rooms.example/anna'), type: 'groupchat', id: 'k1' },
        el('body', NS.client, {}, 'waits'),
      ),
    );
    next.clock.advance(30_000);
    expect(next.session.takeSent().map(({ attrs }) => attrs.type)).toEqual(['unavailable']);
    expect(next.owner.stats().rooms).toBe(0);
    expect(next.clock.pending).toBe(0);
  });

  test('a thousand sides that come and go leave nothing behind', async () => {
    const { session, owner, clock, attach } = setUp({ host: 'rooms.example' });
    const before = { ...owner.stats(), listeners: session.listeners };
    for (let round = 0; round < 1_000; round++) {
      const side = attach();
      side.room(`room${round % 3}`, { kind: 'open' });
      side.room(`room${round % 3}`, { kind: 'join' });
      await Promise.resolve();
      if (round % 2 === 0) side.port.post({ type: 'close' });
      else side.detach();
      await Promise.resolve();
    }
    session.online();
    clock.advance(60_000);
    expect({ ...owner.stats(), listeners: session.listeners }).toEqual(before);
    expect(owner.stats().listeners).toBe(0);
    owner.close();
    expect([session.listeners, clock.pending]).toEqual([0, 0]);
  });
});
