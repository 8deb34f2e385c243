import { parseDomainJid } from '@meerkat-chat/xmpp';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test, vi } from 'vitest';
import { Owner } from './owner.js';
import { bare, ScriptedSession } from './testing/scripted-session.js';

const tick = async () => {
  for (let turn = 0; turn < 6; turn++) await Promise.resolve();
};

function setUp() {
  const session = new ScriptedSession();
  const env = { clock: new FakeClock(), random: new SeededRandom() };
  const roomsGuess = parseDomainJid('rooms.guess') ?? expect.fail('no domain');
  const owner = new Owner(session, env, { auth: { kind: 'guest' }, historyLimit: 10, roomsGuess });
  const onClose = vi.fn();
  return { session, owner, chat: owner.open(onClose), onClose };
}

describe('a chat of a page', () => {
  test('tells each status, in a microtask and in order, but none before the session was started', async () => {
    const { session, chat } = setUp();
    const heard: string[] = [];
    chat.on('status', ({ status }) => heard.push(status.state));
    await tick();
    session.status.set({ state: 'connecting' });
    session.online();
    expect(heard).toEqual([]);
    await tick();
    expect(heard).toEqual(['connecting', 'online']);
    expect(chat.me.value).toMatchObject({ account: 'anna@example', guest: true });
  });

  test('a listener that fails keeps nobody else from hearing', async () => {
    const { session, chat } = setUp();
    const heard = vi.fn();
    const reported = vi.fn();
    process.once('uncaughtException', reported);
    chat.status.subscribe(() => {
      throw new Error('a bug of the page');
    });
    chat.status.subscribe(heard);
    chat.on('status', heard);
    session.online();
    await vi.waitFor(() => expect(reported).toHaveBeenCalledOnce());
    expect(heard).toHaveBeenCalledTimes(2);
  });

  test('a listener is called once for each time it was added', async () => {
    const { session, chat } = setUp();
    const heard = vi.fn();
    const [off] = [chat.on('status', heard), chat.on('status', heard)];
    off();
    off();
    session.online();
    await tick();
    expect(heard).toHaveBeenCalledOnce();
  });

  test('opens a room once, under the name that it was asked for or its address', async () => {
    const { session, chat } = setUp();
    const room = chat.room('lobby');
    expect(chat.room('lobby')).toBe(room);
    session.online();
    expect(chat.room('lobby@rooms.example')).toBe(room);
    expect(chat.room('__proto__').subject.value).toBe('');
  });

  test('opens a conversation once, and guesses where the person is until it is known', async () => {
    const { session, chat } = setUp();
    const bob = chat.conversation('bob');
    expect([bob.jid, chat.conversation('bob')]).toEqual(['bob@guess', bob]);
    session.online();
    await vi.dynamicImportSettled();
    await tick();
    expect(bob.jid).toBe('bob@example');
    for (const name of ['', 'a b', 'x@', '@y']) expect(() => chat.conversation(name)).toThrow(RangeError);
  });

  test('has 64 conversations, not 65', () => {
    const { chat } = setUp();
    for (let n = 0; n < 64; n++) chat.conversation(`p${n}`);
    expect(() => chat.conversation('p0')).not.toThrow();
    expect(() => chat.conversation('p64')).toThrow(RangeError);
  });

  test('gives each question its own answer, and passes commands on to the session', async () => {
    const { session, chat } = setUp();
    chat.start();
    chat.retry();
    await chat.signOut();
    expect(session.calls).toEqual(['start', 'retry', 'signOut']);
    const [first, second] = [chat.ask(async () => 1), chat.ask(async () => 2)];
    expect(await Promise.all([second, first])).toEqual([2, 1]);
  });

  test('has 200 questions waiting, not 201', async () => {
    const { chat } = setUp();
    const never = () => new Promise<void>(() => {});
    const waiting = Array.from({ length: 200 }, () => chat.ask(never));
    const settled = Promise.allSettled(waiting);
    await expect(chat.ask(never)).rejects.toThrow('too many');
    chat.close();
    expect((await settled).every(({ status }) => status === 'rejected')).toBe(true);
  });

  test('hears, asks and does nothing any more once it is closed', async () => {
    const { session, owner, chat, onClose } = setUp();
    const heard = vi.fn();
    const room = chat.room('lobby');
    chat.on('status', heard);
    chat.close();
    chat.close();
    chat.on('status', heard);
    session.online();
    await tick();
    session.takeSent();
    room.join();
    room.send('late');
    chat.room('other').join();
    chat.conversation('bob').join();
    chat.send(bare('bob@example'), 'late');
    chat.start();
    await vi.dynamicImportSettled();
    await tick();
    expect(onClose).toHaveBeenCalledOnce();
    expect([heard.mock.calls.length, session.calls, session.takeSent()]).toEqual([0, [], []]);
    expect([room.status.value.state, room.messages.value, owner.chats]).toEqual(['idle', [], 0]);
    await expect(chat.signOut()).rejects.toThrow('closed');
  });
});
