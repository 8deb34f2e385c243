import { SeededRandom } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test, vi } from 'vitest';
import type { Occupant, RoomMessage, RoomNotice, RoomStatus } from '../chat.js';
import { bare } from '../owner/testing/scripted-session.js';
import type { RoomChange, RoomCommand, RoomSnapshot } from '../port/protocol.js';
import { RoomStore } from './room-store.js';

const row = (key: string): RoomMessage => ({
  key,
  nick: 'bob',
  own: false,
  at: 1,
  text: key,
  delivery: { state: 'delivered' },
});
const occupant = (nick: string): Occupant => ({
  nick,
  role: 'participant',
  affiliation: 'none',
  self: false,
});
const changed = (parts: Partial<RoomSnapshot>, news: readonly string[] = []): RoomChange => ({
  kind: 'changed',
  parts,
  news,
});
const snapshot = (more: Partial<RoomSnapshot> = {}): RoomSnapshot => ({
  jid: bare('lobby@rooms.example'),
  name: 'The lobby',
  status: { state: 'joined', nick: 'anna' },
  messages: [row('a'), row('b')],
  occupants: new Map([['bob', occupant('bob')]]),
  occupantCount: 1,
  subject: 'Talk',
  self: undefined,
  older: 'maybe',
  typing: [],
  ...more,
});

function setUp() {
  const posted: RoomCommand[] = [];
  const [news, statuses, notices]: [string[], RoomStatus['state'][], RoomNotice[]] = [[], [], []];
  const room = new RoomStore(bare('lobby@rooms.guess'), {
    random: new SeededRandom(),
    post: (command) => posted.push(command),
    ask: async (make) => void posted.push(make(1)),
    onNews: ({ key }) => news.push(key),
    onStatus: ({ state }) => statuses.push(state),
    onNotice: (notice) => notices.push(notice),
  });
  return { posted, news, statuses, notices, room };
}

describe("a room's store", () => {
  test('is empty, idle and named by its address before it was told anything', () => {
    const { room } = setUp();
    expect([room.jid, room.name.value, room.status.value.state]).toEqual([
      'lobby@rooms.guess',
      'lobby',
      'idle',
    ]);
    expect([room.messages.value, room.occupants.value.size]).toEqual([[], 0]);
  });

  test('shows a snapshot, and changes on top of it, once at the end of the turn', async () => {
    const { room, news, statuses } = setUp();
    const [messages, occupants] = [vi.fn(), vi.fn()];
    room.messages.subscribe(messages);
    room.occupants.subscribe(occupants);
    room.take(snapshot());
    room.apply([changed({ messages: [row('b'), row('c')] }, ['c'])]);
    room.apply([changed({ occupants: new Map([['eve', occupant('eve')]]), occupantCount: 7 })]);
    room.apply([changed({ subject: 'New' }), changed({ older: 'none' })]);
    expect(messages).not.toHaveBeenCalled();
    await Promise.resolve();
    expect(messages).toHaveBeenCalledOnce();
    expect(occupants).toHaveBeenCalledOnce();
    expect(room.messages.value.map(({ key }) => key)).toEqual(['b', 'c']);
    expect([...room.occupants.value.keys()]).toEqual(['eve']);
    expect([room.occupantCount.value, room.subject.value, room.older.value]).toEqual([7, 'New', 'none']);
    expect([room.jid, room.name.value]).toEqual(['lobby@rooms.example', 'The lobby']);
    expect([news, statuses]).toEqual([['c'], ['joined']]);
  });

  test('who is writing is shown, and who was removed is told once, with what was said before it there already', async () => {
    const { room, notices } = setUp();
    room.take(snapshot());
    const notice = { kind: 'kicked', nick: 'bob', by: 'eve' } as const;
    room.apply([changed({ typing: ['eve'] }), { kind: 'notice', notice }]);
    expect(notices).toEqual([]);
    await Promise.resolve();
    expect([room.typing.value, notices]).toEqual([['eve'], [notice]]);
    room.apply([changed({ typing: [] })]);
    await Promise.resolve();
    expect([room.typing.value, notices]).toEqual([[], [notice]]);
  });

  test('values that were handed out never change', async () => {
    const { room } = setUp();
    room.take(snapshot());
    await Promise.resolve();
    const [messages, occupants] = [room.messages.value, room.occupants.value];
    room.apply([changed({ messages: [], occupants: new Map(), occupantCount: 0 })]);
    await Promise.resolve();
    expect([messages.length, occupants.size]).toEqual([2, 1]);
    expect([room.messages.value.length, room.occupants.value.size]).toEqual([0, 0]);
  });

  test('does what it is asked by saying so', async () => {
    const { room, posted } = setUp();
    room.join();
    room.join({ nick: 'anna' });
    room.retry('k');
    room.discard('k');
    room.changeNick('ann');
    room.setSubject('s');
    room.setTyping(true);
    await room.loadOlder();
    await room.kick('bob', 'why');
    await room.ban('bob');
    await room.setVoice('bob', true);
    room.leave();
    const key = room.send('hi');
    expect(posted).toEqual([
      { kind: 'join' },
      { kind: 'join', nick: 'anna' },
      { kind: 'retry', key: 'k' },
      { kind: 'discard', key: 'k' },
      { kind: 'nick', nick: 'ann' },
      { kind: 'subject', subject: 's' },
      { kind: 'typing', on: true },
      { kind: 'older', reply: 1 },
      { kind: 'kick', nick: 'bob', reason: 'why', reply: 1 },
      { kind: 'ban', nick: 'bob', reply: 1 },
      { kind: 'voice', nick: 'bob', voice: true, reply: 1 },
      { kind: 'leave' },
      { kind: 'send', key, text: 'hi' },
    ]);
  });
});
