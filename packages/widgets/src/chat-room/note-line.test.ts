import { FakeClock, fakeChat } from '@meerkat-chat/sdk/testing';
import { nothing } from 'lit';
import { expect, test } from 'vitest';
import { en } from '../locales/en.js';
import { browserSurroundings } from '../runtime.js';
import { NOTE_KEPT, NoteLine } from './note-line.js';

function scene() {
  const clock = new FakeClock();
  const said: string[] = [];
  let changes = 0;
  const host = {
    strings: en,
    surroundings: { ...browserSurroundings, clock },
    requestUpdate: () => void changes++,
  };
  const line = new NoteLine(host, (text) => said.push(text));
  const room = fakeChat().room('lobby');
  const refuse = () =>
    room.status.set({
      state: 'joined',
      nick: 'Sasha',
      nickRefused: { nick: 'Mira', reason: 'nick-conflict' },
    });
  return { clock, said, line, room, refuse, changes: () => changes };
}

test('news stands for a while, is said once, and goes', () => {
  const { clock, said, line, room, refuse, changes } = scene();
  line.look(room);
  refuse();
  line.look(room);
  line.look(room);
  expect(said).toEqual([en.nameRefused('Mira', 'Sasha')]);
  clock.advance(NOTE_KEPT - 1);
  expect(line.render()).not.toBe(nothing);
  clock.advance(1);
  expect(line.render()).toBe(nothing);
  expect(changes()).toBe(1);
});

test('another room has no news of the one before, and no timer stays', () => {
  const { clock, said, line, room, refuse } = scene();
  line.look(room);
  refuse();
  line.look(room);
  line.reset();
  expect(clock.pending).toBe(0);
  expect(line.render()).toBe(nothing);
  line.look(fakeChat({ room: { subject: 'Glue' } }).room('garden'));
  expect(said).toHaveLength(1);
});
