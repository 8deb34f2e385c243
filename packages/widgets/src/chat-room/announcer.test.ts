import { FakeClock } from '@meerkat-chat/sdk/testing';
import { expect, test } from 'vitest';
import { ANNOUNCE_EVERY, ANNOUNCE_KEPT, Announcer } from './announcer.js';

function scene() {
  const clock = new FakeClock();
  const said: string[] = [];
  const present = new Set<string>();
  const announcer = new Announcer(
    clock,
    (text) => {
      said.push(text);
      present.add(text);
      return () => void present.delete(text);
    },
    (count, mentions) => (mentions > 0 ? `${count} new, ${mentions} for you` : `${count} new`),
  );
  return { clock, said, present, announcer };
}

test('says the first at once, then one digest per span however many come', () => {
  const { clock, said, announcer } = scene();
  for (let index = 0; index < 100; index++) announcer.message(`m${index}`);
  expect(said).toEqual(['m0']);
  clock.advance(ANNOUNCE_EVERY);
  expect(said).toEqual(['m0', '99 new']);
  clock.advance(ANNOUNCE_EVERY);
  expect(said).toHaveLength(2);
});

test('a single message in the span is said itself', () => {
  const { clock, said, announcer } = scene();
  announcer.message('one');
  announcer.message('two');
  clock.advance(ANNOUNCE_EVERY);
  expect(said).toEqual(['one', 'two']);
});

test('a sentence stays long enough to be read, and then goes', () => {
  const { clock, present, announcer } = scene();
  announcer.message('one');
  clock.advance(ANNOUNCE_KEPT - 1);
  expect(present.size).toBe(1);
  clock.advance(1);
  expect(present.size).toBe(0);
});

test('a notice is said at once, between messages and never merged with them', () => {
  const { said, announcer } = scene();
  announcer.message('one');
  announcer.message('two');
  announcer.notice('Not sent');
  expect(said).toEqual(['one', 'Not sent']);
});

test('who is named hears it at once, between messages', () => {
  const { clock, said, announcer } = scene();
  announcer.message('one');
  announcer.message('two');
  announcer.mention('Mira mentions you');
  expect(said).toEqual(['one', 'Mira mentions you']);
  clock.advance(ANNOUNCE_EVERY);
  announcer.mention('Mira mentions you again');
  expect(said.slice(2)).toEqual(['two', 'Mira mentions you again']);
});

test('who is named a hundred times hears of it once, and then the number', () => {
  const { clock, said, announcer } = scene();
  announcer.message('one');
  for (let index = 0; index < 100; index++) announcer.mention(`named ${index}`);
  clock.advance(ANNOUNCE_EVERY);
  expect(said).toEqual(['one', 'named 0', '99 new, 99 for you']);
});

test('stopping leaves no timer and no sentence', () => {
  const { clock, present, announcer } = scene();
  announcer.message('one');
  announcer.message('two');
  announcer.mention('named');
  announcer.notice('three');
  announcer.stop();
  expect(clock.pending).toBe(0);
  expect(present.size).toBe(0);
});
