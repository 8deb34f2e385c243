import { parseDomainJid, stanzaError } from '@meerkat-chat/xmpp';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test, vi } from 'vitest';
import { bare, full } from '../owner/testing/scripted-session.js';
import { portPair } from '../port/port.js';
import type { Command, Update } from '../port/protocol.js';
import { ChatStore } from './chat-store.js';

const tick = async () => {
  for (let turn = 0; turn < 6; turn++) await Promise.resolve();
};

/** A store whose owner is the test. */
function setUp() {
  const guess = parseDomainJid('rooms.guess');
  if (guess === undefined) throw new TypeError('no domain');
  const [owner, port] = portPair<Command, Update>({ clone: true });
  const commands: Command[] = [];
  owner.onMessage((command) => commands.push(command));
  const onClose = vi.fn();
  const env = { clock: new FakeClock(), random: new SeededRandom() };
  const chat = new ChatStore(port, { env, roomsHost: undefined, roomsGuess: guess, onClose });
  return { owner, commands, chat, onClose };
}

const me = { jid: full('anna@example/page'), account: bare('anna@example'), guest: true };

describe('the store of a chat', () => {
  test('shows the status and who we are, as the owner tells them', async () => {
    const { owner, chat } = setUp();
    const heard: string[] = [];
    chat.on('status', ({ status }) => heard.push(status.state));
    owner.post({ type: 'status', status: { state: 'idle' } });
    owner.post({ type: 'status', status: { state: 'connecting' } });
    owner.post({ type: 'me', me });
    await tick();
    expect([chat.status.value, chat.me.value]).toEqual([{ state: 'connecting' }, me]);
    expect(heard).toEqual(['connecting']);
  });

  test('opens a room once, under the name that it was asked for', async () => {
    const { owner, commands, chat } = setUp();
    const room = chat.room('lobby');
    expect(chat.room('lobby')).toBe(room);
    await tick();
    expect(commands).toEqual([{ type: 'room', room: 'lobby', command: { kind: 'open' } }]);
    owner.post({ type: 'me', me });
    await tick();
    expect(chat.room('lobby@rooms.example')).toBe(room);
    chat.room('other');
    await tick();
    expect(commands.at(-1)).toMatchObject({ room: 'other@rooms.example' });
  });

  test('asks for the sharing of the status, and answers with its id', async () => {
    const { owner, commands, chat } = setUp();
    const asked = [chat.shareStatus(true), chat.shareStatus(), chat.shareStatus(false)];
    await tick();
    expect(commands).toMatchObject([
      { type: 'share-status', on: true, reply: 1 },
      { type: 'share-status', reply: 2 },
      { type: 'share-status', on: false, reply: 3 },
    ]);
    owner.post({ type: 'reply', reply: 3, result: { ok: true } });
    for (const reply of [1, 2]) owner.post({ type: 'reply', reply, result: { ok: true, value: 'k7Qw' } });
    expect(await Promise.all(asked)).toEqual(['k7Qw', 'k7Qw', undefined]);
  });

  test('gives each question its own answer, in whatever order they come', async () => {
    const { owner, commands, chat } = setUp();
    const room = chat.room('lobby');
    const [first, second] = [room.kick('a'), room.kick('b')];
    await tick();
    const replies = commands.flatMap((command) =>
      command.type === 'room' && 'reply' in command.command ? [command.command.reply] : [],
    );
    owner.post({ type: 'reply', reply: replies[1] ?? 0, result: { ok: true } });
    owner.post({
      type: 'reply',
      reply: replies[0] ?? 0,
      result: { ok: false, error: stanzaError('forbidden') },
    });
    owner.post({ type: 'reply', reply: 999, result: { ok: true } });
    await expect(second).resolves.toBeUndefined();
    await expect(first).rejects.toMatchObject({ name: 'RequestError', error: { condition: 'forbidden' } });
  });

  test('has 200 questions waiting, not 201', async () => {
    const { chat } = setUp();
    const room = chat.room('lobby');
    const waiting = Array.from({ length: 200 }, () => room.kick('bob'));
    const settled = Promise.allSettled(waiting);
    await expect(room.kick('bob')).rejects.toThrow('too many');
    chat.close();
    expect((await settled).every(({ status }) => status === 'rejected')).toBe(true);
  });

  test('updates of rooms that nobody opened are passed over', async () => {
    const { owner, chat } = setUp();
    owner.post({
      type: 'room',
      room: '__proto__',
      changes: [{ kind: 'changed', parts: { subject: 'x' }, news: [] }],
    });
    await tick();
    expect(chat.room('__proto__').subject.value).toBe('');
  });

  test('closing is its last word', async () => {
    const { owner, commands, chat, onClose } = setUp();
    const heard = vi.fn();
    chat.on('status', heard);
    chat.close();
    chat.close();
    chat.on('status', heard);
    owner.post({ type: 'status', status: { state: 'closed' } });
    await tick();
    expect(commands).toEqual([{ type: 'close' }]);
    expect(onClose).toHaveBeenCalledOnce();
    expect(heard).not.toHaveBeenCalled();
    await expect(chat.signOut()).rejects.toThrow('closed');
  });
});
