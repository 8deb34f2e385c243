import type { RoomStatus } from '@meerkat-chat/sdk';
import { expect, test } from 'vitest';
import { en } from '../locales/en.js';
import { explanations } from '../locales/en-explanations.js';
import { explain } from './explain.js';

const room = (status: Omit<Extract<RoomStatus, { state: 'refused' }>, 'state'>) =>
  explain({ by: 'room', status: { state: 'refused', ...status } }, en, explanations);

test('a refused connection says what to do', () => {
  const cause = { by: 'chat', status: { state: 'refused', reason: 'replaced' } } as const;
  expect(explain(cause, en, explanations)).toMatchObject({ remedy: 'retry', action: en.useHere });
});

test('a name that is taken asks for another one', () => {
  expect(room({ reason: 'nick-conflict' })).toMatchObject({ remedy: 'name' });
});

test('a kick says who and why, and a ban offers no way back by itself', () => {
  const kick = room({ reason: 'kicked', by: 'Mira', text: 'spam' });
  expect(kick).toMatchObject({ title: 'Mira removed you from the room.', words: 'spam', remedy: 'join' });
  expect(room({ reason: 'banned' })).not.toHaveProperty('remedy');
});

test('what the server says in the same words is not said twice', () => {
  const plain = room({ reason: 'not-found' });
  expect(room({ reason: 'not-found', text: plain.title })).toEqual(plain);
  expect(room({ reason: 'not-found', text: plain.advice })).toEqual(plain);
  expect(room({ reason: 'not-found', text: 'It moved.' })).toEqual({ ...plain, words: 'It moved.' });
});

test('a page that names no room is told so, and who signed out may come back', () => {
  expect(explain({ by: 'page' }, en, explanations)).toBe(explanations.noRoom);
  expect(explain({ by: 'person' }, en, explanations)).toMatchObject({ remedy: 'retry' });
});
