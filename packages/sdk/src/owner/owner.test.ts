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
import type { Chat, ChatAuth } from '../chat.js';
import { Owner } from './owner.js';
import { full, ScriptedSession } from './testing/scripted-session.js';

const tick = async () => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

function setUp(options: { auth?: ChatAuth; host?: string; kept?: Record<string, unknown> } = {}) {
  const session = new ScriptedSession(options.kept);
  const clock = new FakeClock();
  const owner = new Owner(
    session,
    { clock, random: new SeededRandom() },
    {
      auth: options.auth ?? { kind: 'guest', nick: 'anna' },
      historyLimit: 500,
      roomsHost: options.host === undefined ? undefined : parseDomainJid(options.host),
      roomsGuess: parseDomainJid('rooms.guess') ?? expect.fail('no domain'),
    },
  );
  const open = () => owner.open(() => {});
  return { session, clock, owner, open };
}

/** Writes down what a chat tells. */
function listen(chat: Chat): string[] {
  const heard: string[] = [];
  chat.on('status', ({ status }) => heard.push(`status ${status.state}`));
  chat.on('room-status', ({ room, status }) => heard.push(`${room} ${status.state}`));
  chat.on('room-message', ({ room, message }) => heard.push(`${room} "${message.text}"`));
  chat.on('direct-message', ({ message }) => heard.push(`${message.peer} "${message.text}"`));
  chat.on('presence', ({ from, available }) => heard.push(`${from} ${available}`));
  return heard;
}

const self = (nick = 'anna', host = 'rooms.example') =>
  presenceEl(
    { from: full(`lobby@${host}/${nick}`) },
    encodeMucUser({ statuses: [110], item: { role: 'participant', affiliation: 'none' } }),
  );

describe('owner', () => {
  test('tells who opens a chat where things stand, then what changes', async () => {
    const { session, open } = setUp();
    session.status.set({ state: 'connecting' });
    const chat = open();
    const heard = listen(chat);
    expect([chat.status.value, chat.me.value]).toEqual([{ state: 'idle' }, undefined]);
    session.online();
    await tick();
    expect(heard).toEqual(['status connecting', 'status online']);
    expect(chat.status.value).toMatchObject({ state: 'online' });
    expect(chat.me.value).toMatchObject({ account: 'anna@example' });
  });

  test('shows the status on the web to whom it is asked by', async () => {
    const { session, open } = setUp();
    session.online();
    const asked = open().shareStatus(true);
    await vi.dynamicImportSettled();
    session.requests[0]?.answer(el('iq', NS.client, {}, encodeSharedStatus('k7Qw')));
    await expect(asked).resolves.toBe('k7Qw');
  });

  test('tells a room only to those who opened it, and all of it to who comes later', async () => {
    const { session, open } = setUp({ host: 'rooms.example' });
    const [first, second, third] = [open(), open(), open()];
    first.room('lobby').join();
    await tick();
    session.online();
    session.hear(self());
    await tick();
    const room = second.room('lobby');
    expect(room.status.value).toEqual({ state: 'idle' });
    await tick();
    expect([room.jid, room.status.value, room.occupantCount.value]).toEqual([
      'lobby@rooms.example',
      { state: 'joined', nick: 'anna' },
      1,
    ]);
    const heard = [first, second, third].map(listen);
    room.send('hi');
    await tick();
    const told = 'lobby@rooms.example "hi"';
    expect(heard).toEqual([[told], [told], []]);
  });

  test('enters under the name of an account that the server says, where nobody asked for another', () => {
    const { session, open } = setUp({ auth: { kind: 'cookie' } });
    const chat = open();
    chat.room('lobby').join();
    chat.room('garden').join({ nick: 'Annie' });
    session.online();
    expect(session.takeSent().map(({ attrs }) => attrs.to)).toEqual([
      undefined,
      'lobby@rooms.example/anna',
      'garden@rooms.example/Annie',
    ]);
  });

  test('finds rooms by name when the server has said its domain', async () => {
    const { session, open } = setUp();
    const room = open().room('lobby');
    room.join();
    expect(room.jid).toBe('lobby@rooms.guess');
    session.online();
    expect(session.takeSent().map(({ attrs }) => attrs.to)).toEqual([undefined, 'lobby@rooms.example/anna']);
    expect(room.jid).toBe('lobby@rooms.example');
  });

  test('a room opened by name and by address is one', async () => {
    const { session, owner, open } = setUp();
    const chat = open();
    const rooms = ['lobby@rooms.example', 'lobby'].map((name) => chat.room(name));
    for (const room of rooms) room.join();
    rooms[1]?.send('hi');
    session.online();
    session.hear(self());
    expect(owner.rooms.size).toBe(1);
    expect(session.takeSent().map(({ name }) => name)).toEqual(['presence', 'presence', 'message']);
    await tick();
    for (const { jid, messages, status } of rooms) {
      expect([jid, messages.value.length, status.value.state]).toEqual(['lobby@rooms.example', 1, 'joined']);
    }
    rooms[0]?.leave();
    expect(session.takeSent(), 'one of the two still holds it').toEqual([]);
    rooms[1]?.leave();
    expect(session.takeSent().map(({ attrs }) => attrs.type)).toEqual(['unavailable']);
  });

  test('answers with the error of a refused request', async () => {
    const { session, open } = setUp({ host: 'rooms.example' });
    const kicked = open().room('lobby').kick('bob');
    await vi.dynamicImportSettled();
    session.requests[0]?.refuse(stanzaError('forbidden', 'No.'));
    await expect(kicked).rejects.toMatchObject({
      name: 'RequestError',
      error: { condition: 'forbidden', type: 'auth', text: 'No.' },
    });
  });

  test('tells direct messages and presences to every chat', async () => {
    const { session, open } = setUp({ host: 'rooms.example' });
    session.online();
    const heard = [open(), open()].map(listen);
    session.hear(
      messageEl({ from: full('bob@example/r'), type: 'chat', id: '1' }, el('body', NS.client, {}, 'hi')),
    );
    session.hear(presenceEl({ from: full('bob@example/r') }));
    session.hear(presenceEl({ from: full('left@rooms.example/x') }));
    await vi.dynamicImportSettled();
    await tick();
    const told = ['status online', 'bob@example/r true', 'bob@example "hi"'];
    expect(heard).toEqual([told, told]);
  });

  test('has 64 rooms, whichever chat opens them, not 65', () => {
    const { owner, open } = setUp({ host: 'rooms.example' });
    const [one, two] = [open(), open()];
    for (let n = 0; n < MAX_ROOMS; n++) (n % 2 ? one : two).room(`room${n}`);
    expect(() => two.room('room1'), 'the other has it').not.toThrow();
    expect(() => two.room('one-more')).toThrow(RangeError);
    expect(owner.rooms.size).toBe(MAX_ROOMS);
  });

  test('what was written before anybody signed in goes on to the next page', async () => {
    const first = setUp();
    const room = first.open().room('lobby');
    room.join();
    room.send('early');
    const { session } = setUp({ kept: JSON.parse(JSON.stringify(first.session.save())) });
    session.online();
    session.hear(self());
    await tick();
    expect(session.takeSent().map(({ name, attrs }) => [name, attrs.to])).toEqual([
      ['presence', undefined],
      ['presence', 'lobby@rooms.example/anna'],
      ['message', 'lobby@rooms.example'],
    ]);
  });

  test('what is no name of a room opens nothing', () => {
    const { owner, open } = setUp({ host: 'rooms.example' });
    const chat = open();
    for (const name of ['', 'a b', 'x@', 'a@b/c', 'UPPER/']) {
      expect(() => chat.room(name)).toThrow(RangeError);
    }
    expect(owner.rooms.size).toBe(0);
  });

  test('a kept room that no page opens is left after 30 s, once nothing waits in it', async () => {
    const first = setUp({ host: 'rooms.example' });
    const room = first.open().room('lobby');
    room.join();
    first.session.online();
    first.session.hear(self());
    first.session.offline();
    const key = room.send('waits');
    const next = setUp({ kept: first.session.save() });
    next.clock.advance(60_000);
    next.session.online({ kind: 'resumed' });
    expect(next.session.takeSent().map(({ attrs }) => attrs.id)).toEqual([key]);
    next.clock.advance(30_000);
    expect(next.session.takeSent()).toEqual([]);
    next.session.hear(
      messageEl(
        { from: full('lobby@rooms.example/anna'), type: 'groupchat', id: key },
        el('body', NS.client, {}, 'waits'),
      ),
    );
    next.clock.advance(30_000);
    expect(next.session.takeSent().map(({ attrs }) => attrs.type)).toEqual(['unavailable']);
    expect(next.owner.rooms.size).toBe(0);
    expect(next.clock.pending).toBe(0);
  });

  test('a thousand chats that come and go leave nothing behind', async () => {
    const { session, owner, clock, open } = setUp({ host: 'rooms.example' });
    const before = session.listeners;
    for (let round = 0; round < 1_000; round++) {
      const chat = open();
      const room = chat.room(`room${round % 3}`);
      room.join();
      room.messages.subscribe(() => {});
      if (round % 2 === 0) await Promise.resolve();
      chat.close();
    }
    expect([owner.chats, owner.rooms.holders, session.listeners]).toEqual([0, 0, before]);
    session.online();
    clock.advance(60_000);
    expect(owner.rooms.size).toBe(0);
    owner.close();
    expect([session.listeners, clock.pending]).toEqual([0, 0]);
  });
});
