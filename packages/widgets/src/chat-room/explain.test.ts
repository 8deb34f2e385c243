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

test.each([
  [{ by: 'chat', status: { state: 'refused', reason: 'unsupported' } }],
  [{ by: 'chat', status: { state: 'refused', reason: 'not-authorized' } }],
  [{ by: 'room', status: { state: 'refused', reason: 'members-only' } }],
] as const)('whom the site does not know is asked to sign in where that helps: %j', (cause) => {
  const { site } = explanations;
  const asked = { ...site.signIn, remedy: 'sign-in', action: site.action };
  expect(explain(cause, en, explanations, 'nobody')).toEqual(asked);
  expect(explain(cause, en, explanations, 'guest').title).not.toBe(site.signIn.title);
});

test('who is banned is not told to sign in', () => {
  const cause = { by: 'room', status: { state: 'refused', reason: 'banned' } } as const;
  expect(explain(cause, en, explanations, 'nobody')).not.toHaveProperty('remedy');
});

test('a token that was refused is for the site to mend, a cookie for the person', () => {
  const cause = { by: 'chat', status: { state: 'refused', reason: 'not-authorized' } } as const;
  expect(explain(cause, en, explanations, 'token')).toMatchObject({
    title: explanations.site.refused.title,
    remedy: 'retry',
  });
  expect(explain(cause, en, explanations, 'cookie')).toMatchObject({ remedy: 'sign-in' });
});

test('a site that does not answer is told', () => {
  expect(explain({ by: 'site' }, en, explanations)).toMatchObject({
    title: explanations.site.down.title,
    remedy: 'retry',
  });
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
