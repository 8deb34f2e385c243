import { el, encodeStanzaError, messageEl, NS, stanzaError } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { at, brief, createRoomScene, heard, jidOf } from './room-scene.js';

test('a scene has one room, into which people go and where they speak', async () => {
  const scene = await createRoomScene();
  const romeo = await scene.enter('romeo');
  const juliet = await scene.enter('juliet');
  await scene.says(juliet, 'hi');
  expect(heard(romeo)).toEqual(['+juliet', 'juliet: hi']);
});

test('stanzas in few words', () => {
  const error = encodeStanzaError(stanzaError('conflict'));
  expect(brief(messageEl({ from: at('a'), type: 'error' }, error))).toBe('!conflict');
  expect(brief(messageEl({ from: jidOf('a@b') }, el('subject', NS.client, {}, 'x')))).toBe('subject "x"');
  expect(() => at('')).toThrow(TypeError);
  expect(() => jidOf('@')).toThrow(TypeError);
});
