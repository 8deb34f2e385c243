import {
  type ChatState,
  chatStateOf,
  type Element,
  encodeChatState,
  encodeDelay,
  messageEl,
} from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import { at, joined, line, presence, ROOM, tick, type World } from './testing/room-world.js';

describe('the others', () => {
  const state = (nick: string, name: ChatState, more?: Element) =>
    messageEl({ from: at(nick), type: 'groupchat' }, encodeChatState(name), more);
  const typing = ({ room }: World) => room.view().typing;

  test('are shown to write until they say so, say it, or go; the history tells nothing of it', async () => {
    const world = await joined();
    const { session } = world;
    session.hear(state('bob', 'composing'));
    session.hear(state('eve', 'composing'));
    session.hear(state('old', 'composing', encodeDelay({ at: 0, by: ROOM })));
    await tick();
    expect(typing(world)).toEqual(['bob', 'eve']);
    session.hear(state('bob', 'paused'));
    expect(typing(world)).toEqual(['eve']);
    session.hear(line('eve', 'Here I am', 'm1'));
    expect(typing(world)).toEqual([]);
    session.hear(state('bob', 'composing'));
    session.hear(presence('bob', {}, 'unavailable'));
    expect(typing(world)).toEqual([]);
    session.hear(state('eve', 'composing'));
    world.room.leave();
    expect(typing(world)).toEqual([]);
  });

  test('what they said before it was known who writes counts too', async () => {
    const world = await joined();
    world.session.hear(state('bob', 'composing'));
    world.session.hear(line('bob', 'fast', 'm1'));
    await tick();
    expect(typing(world)).toEqual([]);
  });

  test('hear that we write, and no more of it once we have said it', async () => {
    const { room, session, clock } = await joined();
    room.setTyping(true);
    await tick();
    room.write('k1', 'hi');
    room.setTyping(false);
    clock.advance(60_000);
    expect(session.takeSent().map((stanza) => chatStateOf(stanza) ?? stanza.attrs.id)).toEqual([
      'composing',
      'k1',
    ]);
  });

  test('hear nothing of a writing that was over before it could be told', async () => {
    const { room, session } = await joined();
    room.setTyping(true);
    room.write('k1', 'hi');
    room.setTyping(false);
    await tick();
    expect(session.takeSent().map((stanza) => chatStateOf(stanza) ?? stanza.attrs.id)).toEqual(['k1']);
  });

  test('who are put out are told of, once, with who did it; who leaves, or loses the connection, is not', async () => {
    const world = await joined();
    const { session, notices, clock } = world;
    const item = { affiliation: 'none', role: 'none', actor: { nick: 'eve' }, reason: 'spam' } as const;
    session.hear(presence('bob', { statuses: [307], item }, 'unavailable'));
    session.hear(presence('mal', { statuses: [301] }, 'unavailable'));
    session.hear(presence('tim', {}, 'unavailable'));
    session.hear(presence('lin', { statuses: [307, 333] }, 'unavailable'));
    clock.advance(50);
    await tick();
    expect(notices).toEqual([
      { kind: 'kicked', nick: 'bob', by: 'eve', reason: 'spam' },
      { kind: 'banned', nick: 'mal' },
    ]);
  });

  test('our own removal is the status, and no notice', async () => {
    const { session, notices, status } = await joined();
    session.hear(presence('anna', { statuses: [110, 307] }, 'unavailable'));
    await tick();
    expect(status()).toMatchObject({ state: 'refused', reason: 'kicked' });
    expect(notices).toEqual([]);
  });
});
