import { SeededRandom } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test, vi } from 'vitest';
import type { ChatEvents, Occupant, RoomMessage, RoomNotice, RoomStatus } from '../chat.js';
import { HeldTalk } from './held-talk.js';
import type { Administration } from './room-administration.js';
import { SharedTalk, type TalkView } from './shared-talk.js';
import { bare } from './testing/scripted-session.js';

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

/** A room that writes down what it is asked, and shows what the test says. */
class ScriptedTalk extends SharedTalk {
  readonly jid = bare('lobby@rooms.example');
  readonly calls: unknown[] = [];
  waiting = 0;
  #view: TalkView = {
    name: 'The lobby',
    subject: 'Talk',
    occupants: new Map([['bob', occupant('bob')]]),
    occupantCount: 1,
    self: undefined,
    messages: [row('a'), row('b')],
    older: 'maybe',
    typing: [],
    status: { state: 'joined', nick: 'anna' },
  };

  view(): TalkView {
    return this.#view;
  }
  change(parts: Partial<TalkView>, news: readonly string[] = [], notices: readonly RoomNotice[] = []): void {
    this.#view = { ...this.#view, ...parts };
    this.news.push(...news);
    this.notices.push(...notices);
    this.touch();
  }
  join = (nick?: string) => void this.calls.push(['join', nick]);
  leave = () => void this.calls.push('leave');
  write = (key: string, text: string) => void this.calls.push(['write', key, text]);
  retry = (key: string) => void this.calls.push(['retry', key]);
  discard = (key: string) => void this.calls.push(['discard', key]);
  setTyping = (on: boolean) => void this.calls.push(['typing', on]);
  loadOlder = async () => void this.calls.push('older');
  override changeNick = (nick: string) => void this.calls.push(['nick', nick]);
  override setSubject = (subject: string) => void this.calls.push(['subject', subject]);
  override administer = async (command: Administration) => void this.calls.push(command);
}

function setUp() {
  const talk = new ScriptedTalk();
  const [news, statuses, notices]: [string[], RoomStatus['state'][], RoomNotice[]] = [[], [], []];
  const hold = () =>
    new HeldTalk(
      {
        random: new SeededRandom(),
        ask: (run) => run(),
        emit: (name, event) => {
          if (name === 'room-message') news.push((event as ChatEvents['room-message']).message.key);
          if (name === 'room-status') statuses.push((event as ChatEvents['room-status']).status.state);
          if (name === 'room-notice') notices.push((event as ChatEvents['room-notice']).notice);
        },
      },
      bare('lobby@rooms.guess'),
    );
  return { talk, news, statuses, notices, hold, room: hold() };
}

describe('a room as a chat holds it', () => {
  test('is empty, idle and named by its address before there is anything to show', () => {
    const { room } = setUp();
    expect([room.jid, room.name.value, room.status.value.state]).toEqual([
      'lobby@rooms.guess',
      'lobby',
      'idle',
    ]);
    expect([room.messages.value, room.occupants.value.size]).toEqual([[], 0]);
  });

  test('shows all of it, and what changes, once at the end of the turn', async () => {
    const { room, talk, news, statuses } = setUp();
    const [messages, occupants] = [vi.fn(), vi.fn()];
    room.messages.subscribe(messages);
    room.occupants.subscribe(occupants);
    room.attach(talk);
    talk.change({ messages: [row('b'), row('c')] }, ['c']);
    talk.change({ occupants: new Map([['eve', occupant('eve')]]), occupantCount: 7 });
    talk.change({ subject: 'New', older: 'none' });
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

  test('who hears of the status finds the rest there', async () => {
    const { room, talk } = setUp();
    const seen: number[] = [];
    room.status.subscribe(() => seen.push(room.messages.value.length, room.occupantCount.value));
    room.attach(talk);
    await Promise.resolve();
    expect(seen).toEqual([2, 1]);
  });

  test('who is writing is shown, and who was removed is told once, with what was said before it there already', async () => {
    const { room, talk, notices } = setUp();
    room.attach(talk);
    const notice = { kind: 'kicked', nick: 'bob', by: 'eve' } as const;
    talk.change({ typing: ['eve'] }, [], [notice]);
    expect(notices).toEqual([]);
    await Promise.resolve();
    expect([room.typing.value, notices]).toEqual([['eve'], [notice]]);
    talk.change({ typing: [] });
    await Promise.resolve();
    expect([room.typing.value, notices]).toEqual([[], [notice]]);
  });

  test('values that were handed out never change', async () => {
    const { room, talk } = setUp();
    room.attach(talk);
    await Promise.resolve();
    const [messages, occupants] = [room.messages.value, room.occupants.value];
    talk.change({ messages: [], occupants: new Map(), occupantCount: 0 });
    await Promise.resolve();
    expect([messages.length, occupants.size]).toEqual([2, 1]);
    expect([room.messages.value.length, room.occupants.value.size]).toEqual([0, 0]);
  });

  test('does what it is asked, in order; what was asked early, when it can', async () => {
    const { room, talk } = setUp();
    room.join({ nick: 'anna' });
    const key = room.send('hi');
    room.attach(talk);
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
    expect(talk.calls).toEqual([
      ['join', 'anna'],
      ['write', key, 'hi'],
      ['retry', 'k'],
      ['discard', 'k'],
      ['nick', 'ann'],
      ['subject', 's'],
      ['typing', true],
      'older',
      { kind: 'kick', nick: 'bob', reason: 'why' },
      { kind: 'ban', nick: 'bob' },
      { kind: 'voice', nick: 'bob', voice: true },
      'leave',
    ]);
  });

  test('is left by the last who joined it', () => {
    const { room, talk, hold } = setUp();
    const [other, reader] = [hold(), hold()];
    for (const held of [room, other, reader]) held.attach(talk);
    room.join();
    other.join();
    room.leave();
    expect(talk.calls).not.toContain('leave');
    other.leave();
    expect(talk.calls.at(-1)).toBe('leave');
  });

  test.each([
    ['early', false],
    ['later', true],
  ])('100 messages wait, not 101: %s', (_, attached) => {
    const { room, talk } = setUp();
    if (attached) room.attach(talk);
    for (talk.waiting = 0; talk.waiting < 100; talk.waiting++) room.send('x');
    expect(() => room.send('x')).toThrow(RangeError);
  });

  test('that is let go of shows and does nothing more, nor what was asked early', async () => {
    const { room, talk, hold } = setUp();
    const early = hold();
    early.join();
    early.release();
    early.attach(talk);
    room.attach(talk);
    room.release();
    room.join();
    room.retry('k');
    await room.loadOlder();
    talk.change({ subject: 'New' });
    await Promise.resolve();
    expect([talk.calls, talk.holders.size, room.subject.value]).toEqual([[], 0, '']);
  });
});
