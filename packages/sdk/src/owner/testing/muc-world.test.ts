import { childText, type Element, el, encodeMucJoin, messageEl, NS, presenceEl } from '@meerkat-chat/xmpp';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { MucWorld } from './muc-world.js';
import { full, ScriptedSession } from './scripted-session.js';

function setUp() {
  const session = new ScriptedSession();
  const heard: Element[] = [];
  session.onStanza((stanza) => heard.push(stanza));
  const world = new MucWorld(session, { clock: new FakeClock(), archive: true });
  const join = presenceEl({ to: full(`${world.room}/anna`) }, encodeMucJoin());
  const say = messageEl({ to: world.room, type: 'groupchat', id: '1' }, el('body', NS.client, {}, 'hi'));
  return { session, heard, world, join, say };
}

test('who joins hears the others, itself, the history and the subject, and then what is said', async () => {
  const { session, heard, world, join, say } = setUp();
  world.say('before');
  session.send(join);
  session.send(say);
  await world.settle();
  expect(heard.map(({ attrs }) => attrs.from?.slice(world.room.length + 1))).toEqual([
    'bob',
    'anna',
    'bob',
    '',
    'anna',
  ]);
  expect(heard.map((stanza) => childText(stanza, 'body')).filter(Boolean)).toEqual(['before', 'hi']);
});

test('who is not in the room cannot speak', async () => {
  const { session, heard, world, say } = setUp();
  session.send(say);
  await world.settle();
  expect([world.archive.length, heard[0]?.attrs.type]).toEqual([0, 'error']);
});

test('a lost session gives back what had not arrived', async () => {
  const { session, heard, world, join, say } = setUp();
  session.send(join);
  session.send(say);
  world.stepServer();
  expect(world.lose(1)).toEqual([say]);
  await world.settle();
  expect([heard, world.nick]).toEqual([[], undefined]);
});
