import { el, encodeMucUser, messageEl, NS, presenceEl, stanzaError } from '@meerkat-chat/xmpp';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test, vi } from 'vitest';
import type { ChatOptions } from './chat-options.js';
import { composeChat } from './compose-chat.js';
import { bare, full, ScriptedSession } from './owner/testing/scripted-session.js';

const tick = async () => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

function setUp(options: ChatOptions = {}) {
  const session = new ScriptedSession();
  const clock = new FakeClock();
  const parts = {
    env: { clock, random: new SeededRandom() },
    origin: 'https://page.example',
    openSession: () => session,
  };
  return { session, clock, chat: composeChat(options, parts) };
}

const said = (text: string, id: string, nick = 'bob') =>
  messageEl(
    { from: full(`lobby@rooms.example/${nick}`), type: 'groupchat', id },
    el('body', NS.client, {}, text),
  );
const here = (nick: string, ...statuses: number[]) =>
  presenceEl(
    { from: full(`lobby@rooms.example/${nick}`) },
    encodeMucUser({ statuses, item: { role: 'participant', affiliation: 'none' } }),
  );

async function inRoom() {
  const world = setUp();
  const room = world.chat.room('lobby');
  room.join({ nick: 'me' });
  await tick();
  world.session.online();
  world.session.hear(here('bob'));
  world.session.hear(here('me', 110));
  await tick();
  return { ...world, room };
}

describe('a chat', () => {
  test('starts nothing by itself, and then what it is told', async () => {
    const { session, chat } = setUp();
    await tick();
    expect([session.calls, chat.status.value]).toEqual([[], { state: 'idle' }]);
    chat.start();
    chat.retry();
    await chat.signOut();
    expect(session.calls).toEqual(['start', 'retry', 'signOut']);
  });

  test.each([
    [{ domain: 'chat.example' }, 'lobby@rooms.chat.example'],
    [{ domain: 'chat.example', roomsHost: 'muc.example' }, 'lobby@muc.example'],
    [{ server: 'https://s.example:8443' }, 'lobby@rooms.s.example'],
    [{ websocket: 'wss://w.example/ws' }, 'lobby@rooms.w.example'],
    [{}, 'lobby@rooms.page.example'],
  ])('with %j the lobby is %s', (options, jid) => {
    expect(setUp(options).chat.room('lobby').jid).toBe(jid);
  });

  test('corrects a guessed address when the server has spoken, and keeps the room the same object', async () => {
    const { session, chat } = setUp();
    const room = chat.room('lobby');
    await tick();
    session.online();
    await tick();
    expect(room.jid).toBe('lobby@rooms.example');
    expect(chat.room('lobby')).toBe(room);
    expect(chat.room('lobby@rooms.example')).toBe(room);
  });

  test.each(['', 'a b', '@x', 'x@', 'lobby@rooms.example/nick'])('"%s" is no room', (name) => {
    expect(() => setUp().chat.room(name)).toThrow(RangeError);
  });

  test('has 64 rooms, not 65', () => {
    const { chat } = setUp();
    for (let n = 0; n < 64; n++) chat.room(`room${n}`);
    expect(() => chat.room('room63')).not.toThrow();
    expect(() => chat.room('room64')).toThrow(RangeError);
  });

  test.each([
    { historyLimit: 0 },
    { historyLimit: 501 },
    { historyLimit: 1.5 },
    { typing: { maxOccupants: -1 } },
    { domain: 'a b' },
  ])('%j is refused', (options) => {
    expect(() => setUp(options)).toThrow(RangeError);
  });

  test('tells a turn of changes once for each store', async () => {
    const { session, room } = await inRoom();
    const changed = vi.fn();
    room.messages.subscribe(changed);
    for (let n = 0; n < 5; n++) session.hear(said(`line ${n}`, `${n}`));
    await tick();
    expect(changed).toHaveBeenCalledOnce();
    expect(room.messages.value).toHaveLength(5);
  });

  test('shows who is there, and who we are', async () => {
    const { room } = await inRoom();
    expect([...room.occupants.value.keys()]).toEqual(['bob', 'me']);
    expect(room.occupantCount.value).toBe(2);
    expect(room.self.value).toMatchObject({ nick: 'me', self: true });
    expect(room.status.value).toEqual({ state: 'joined', nick: 'me' });
  });

  test('tells events of what is new, not of what is old', async () => {
    const { session, chat, room } = await inRoom();
    const heard: string[] = [];
    const off = chat.on('room-message', ({ room: jid, message }) => heard.push(`${jid} ${message.text}`));
    session.hear(said('new', '1'));
    const key = room.send('mine');
    await tick();
    session.hear(said('mine', key, 'me'));
    await tick();
    expect(heard).toEqual(['lobby@rooms.example new', 'lobby@rooms.example mine']);
    off();
    session.hear(said('unheard', '2'));
    await tick();
    expect(heard).toHaveLength(2);
  });

  test('tells events of status, rooms, messages and presence', async () => {
    const { session, chat } = setUp();
    const heard: unknown[] = [];
    chat.on('status', ({ status }) => heard.push(status.state));
    chat.on('room-status', ({ status }) => heard.push(`room ${status.state}`));
    chat.on('direct-message', ({ message }) => heard.push(message.text));
    chat.on('presence', ({ from }) => heard.push(from));
    chat.room('lobby').join();
    await tick();
    session.online();
    session.hear(presenceEl({ from: full('bob@example/r') }));
    const key = chat.send(bare('bob@example'), 'hi');
    await tick();
    await vi.dynamicImportSettled();
    await tick();
    expect(heard).toEqual(['room joining', 'online', 'bob@example/r', 'hi']);
    expect(session.takeSent().at(-1)?.attrs).toMatchObject({ id: key, to: 'bob@example' });
  });

  test('refuses what cannot be sent', async () => {
    const { chat, room } = await inRoom();
    expect(() => room.send('')).toThrow(RangeError);
    expect(() => room.send('x'.repeat(16_385))).toThrow(RangeError);
    expect(() => room.send('x'.repeat(16_384))).not.toThrow();
    expect(() => chat.send(bare('bob@example'), '')).toThrow(RangeError);
  });

  test('takes 100 waiting messages, not 101, even in one turn', async () => {
    const { chat } = setUp();
    const room = chat.room('lobby');
    for (let n = 0; n < 100; n++) room.send(`${n}`);
    expect(() => room.send('more')).toThrow(RangeError);
    await tick();
    expect(room.messages.value).toHaveLength(100);
    expect(() => room.send('more')).toThrow(RangeError);
  });

  test('says what came of what a moderator asked', async () => {
    const { session, room } = await inRoom();
    const kicked = room.kick('bob');
    await tick();
    await vi.dynamicImportSettled();
    session.requests.at(-1)?.refuse(stanzaError('forbidden'));
    await expect(kicked).rejects.toMatchObject({ error: { condition: 'forbidden' } });
  });

  test('fetching older messages never rejects', async () => {
    const { session, room } = await inRoom();
    session.hear(said('one', '1'));
    const fetched = room.loadOlder();
    await tick();
    expect(room.older.value).toBe('loading');
    // What reads archives is a file of its own.
    await vi.dynamicImportSettled();
    session.requests.at(-1)?.refuse(stanzaError('service-unavailable'));
    await expect(fetched).resolves.toBeUndefined();
    await tick();
    expect(room.older.value).toBe('none');
  });

  test('closing suspends the session, ends what waits, and leaves no listener', async () => {
    const { session, clock, chat, room } = await inRoom();
    chat.on('status', () => {});
    const kicked = room.kick('bob');
    await tick();
    await vi.dynamicImportSettled();
    chat.close();
    chat.close();
    await expect(kicked).rejects.toThrow('closed');
    await expect(room.kick('bob')).rejects.toThrow('closed');
    expect(session.calls).toEqual(['suspend']);
    expect([session.listeners, clock.pending]).toEqual([0, 0]);
    expect(session.takeSent().filter(({ attrs }) => attrs.type === 'unavailable')).toEqual([]);
  });
});
