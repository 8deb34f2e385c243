import {
  type ChatState,
  chatStateOf,
  child,
  el,
  encodeChatState,
  messageEl,
  NS,
  occupantIdOf,
  presenceEl,
  stanzaIdOf,
} from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import type { FakeSession } from '../../testing/fake-session.js';
import { at, createRoomScene, heard, type RoomScene } from '../../testing/room-scene.js';

const types = (scene: RoomScene, who: FakeSession, state: ChatState = 'composing') =>
  who.sends(messageEl({ to: scene.room, type: 'groupchat', id: 't' }, encodeChatState(state)));

const states = (who: FakeSession) => who.takes().map(chatStateOf);

describe('who is writing', () => {
  test('is told to the room under the nick, with hints that nobody is to keep it', async () => {
    const scene = await createRoomScene();
    const [romeo, juliet] = [await scene.enter('romeo'), await scene.enter('juliet')];
    await types(scene, romeo);
    const [told, ...more] = juliet.takes();
    expect(more).toEqual([]);
    expect(told?.attrs.from).toBe(at('romeo'));
    expect(told && chatStateOf(told)).toBe('composing');
    expect(told && child(told, 'no-store', NS.hints)).toBeDefined();
    expect(told && occupantIdOf(told)).toBeDefined();
    expect(told && stanzaIdOf(told, scene.room)).toBeUndefined();
  });

  test('is in no archive and no history', async () => {
    const scene = await createRoomScene();
    const romeo = await scene.enter('romeo');
    await types(scene, romeo);
    const archived = await scene.kernel.storage.archive.query({
      archive: 'lobby@rooms.localhost' as never,
      max: 5,
    });
    expect(archived).toMatchObject({ entries: [] });
    const juliet = await scene.enter('juliet', { keep: true });
    expect(heard(juliet)).toEqual(['+romeo', '+juliet 110', 'subject ""']);
  });

  test('is not having spoken: who shows only the active is not told of the writer', async () => {
    const scene = await createRoomScene({ presence: { policy: 'active' } });
    const owner = await scene.enter('owner');
    const [romeo, juliet] = [await scene.enter('romeo'), await scene.enter('juliet')];
    for (const session of [owner, juliet]) session.takes();
    await types(scene, romeo);
    expect(juliet.takes().map(({ name }) => name)).toEqual(['message']);
    await scene.says(romeo, 'hi');
    expect(juliet.takes().map(({ name }) => name)).toEqual(['presence', 'message']);
  });

  test('is judged by no filter, and a message that tells a state is', async () => {
    const scene = await createRoomScene();
    const romeo = await scene.enter('romeo');
    const seen: string[] = [];
    scene.kernel.registry.hooks.on('filter', 'room:message', ({ message }) => {
      seen.push(message.id ?? '');
      return undefined;
    });
    await types(scene, romeo);
    await scene.says(romeo, 'hi', [encodeChatState('active')]);
    await romeo.sends(
      messageEl(
        { to: scene.room, type: 'groupchat', id: 'marked' },
        encodeChatState('active'),
        el('displayed', 'urn:xmpp:chat-markers:0', { id: '1' }),
      ),
    );
    expect(seen).toEqual(['m-hi', 'marked']);
  });

  test('is refused to visitors, and to who is not in the room', async () => {
    const scene = await createRoomScene();
    const [owner, romeo] = [await scene.enter('owner'), await scene.enter('romeo')];
    await scene.rules(owner, { nick: 'romeo', role: 'visitor' });
    romeo.takes();
    await types(scene, romeo);
    expect(heard(romeo)).toEqual(['!forbidden']);
    const outside = scene.kernel.bind('nobody@localhost/a');
    await types(scene, outside);
    expect(heard(outside)).toEqual(['!not-acceptable']);
  });

  test('comes behind a message that is on its way to the disk', async () => {
    const scene = await createRoomScene();
    const [romeo, juliet] = [await scene.enter('romeo'), await scene.enter('juliet')];
    await Promise.all([scene.says(romeo, 'hi'), types(scene, romeo)]);
    expect(heard(juliet)[0]).toBe('romeo: hi');
  });
});

describe('bounds', () => {
  test('changes of one occupant: a burst, and then so many in a minute; nobody is told of an error', async () => {
    const scene = await createRoomScene({ typing: { perMinute: 30 } });
    const [romeo, juliet] = [await scene.enter('romeo'), await scene.enter('juliet')];
    romeo.takes();
    for (let i = 0; i < 11; i++) await types(scene, romeo, i % 2 === 0 ? 'composing' : 'paused');
    expect(states(juliet)).toHaveLength(10);
    expect(states(romeo)).toHaveLength(10);
    await types(scene, juliet);
    expect(states(juliet)).toEqual(['composing']);
    scene.kernel.clock.advance(1_999);
    await types(scene, romeo);
    expect(states(juliet)).toEqual([]);
    scene.kernel.clock.advance(1);
    await types(scene, romeo);
    expect(states(juliet)).toEqual(['composing']);
  });

  test('coming in again gives no new burst', async () => {
    const scene = await createRoomScene({ typing: { perMinute: 1 } });
    const [romeo, juliet] = [await scene.enter('romeo'), await scene.enter('juliet')];
    await types(scene, romeo);
    await romeo.sends(presenceEl({ to: at('romeo'), type: 'unavailable' }));
    await scene.join(romeo, 'romeo');
    juliet.takes();
    await types(scene, romeo);
    expect(states(juliet)).toEqual([]);
  });

  test('messages are not counted with them', async () => {
    const scene = await createRoomScene({ typing: { perMinute: 1 } });
    const [romeo, juliet] = [await scene.enter('romeo'), await scene.enter('juliet')];
    for (let i = 0; i < 3; i++) await types(scene, romeo);
    juliet.takes();
    await scene.says(romeo, 'hi');
    expect(heard(juliet)).toEqual(['romeo: hi']);
  });

  test('occupants: at the bound all are told, one beyond nobody is', async () => {
    const scene = await createRoomScene({ typing: { occupants: 2 } });
    const [romeo, juliet] = [await scene.enter('romeo'), await scene.enter('juliet')];
    await types(scene, romeo);
    expect(states(juliet)).toEqual(['composing']);
    await scene.enter('nurse');
    for (const session of [romeo, juliet]) session.takes();
    await types(scene, romeo);
    expect([states(juliet), states(romeo)]).toEqual([[], []]);
  });

  test('rates can be lifted for load tests', async () => {
    const scene = await createRoomScene({ typing: { perMinute: 1 }, rateLimits: false });
    const romeo = await scene.enter('romeo');
    for (let i = 0; i < 12; i++) await types(scene, romeo);
    expect(states(romeo)).toHaveLength(12);
  });
});
