import { fakeChat } from '@meerkat-chat/sdk/testing';
import { expect, test } from 'vitest';
import { en } from '../locales/en.js';
import { factsOf, newsOf, type RoomFacts } from './news.js';

const facts = (parts: Partial<RoomFacts> = {}): RoomFacts => ({
  status: { state: 'joined', nick: 'Mira' },
  subject: 'Tools',
  muted: false,
  ...parts,
});

test('what is the same is no news', () => {
  const room = fakeChat({ room: { subject: 'Tools' } }).room('lobby');
  expect(newsOf(factsOf(room), factsOf(room), en)).toEqual([]);
});

test('a name that the room did not grant is told once, and that one goes by the old one', () => {
  const refused = facts({
    status: {
      state: 'joined',
      nick: 'Mira',
      nickRefused: { nick: 'Ana', reason: 'nick-conflict' },
    },
  });
  expect(newsOf(facts(), refused, en)).toEqual([{ text: en.nameRefused('Ana', 'Mira'), shown: true }]);
  expect(newsOf(refused, { ...refused }, en)).toEqual([]);
});

test('a voice that is taken or given is told; the first that is known of it is not', () => {
  expect(newsOf(facts(), facts({ muted: true }), en)).toEqual([{ text: en.noVoice, shown: false }]);
  expect(newsOf(facts({ muted: true }), facts(), en)).toEqual([{ text: en.voice, shown: true }]);
  expect(newsOf(facts({ muted: undefined }), facts({ muted: true }), en)).toEqual([]);
});

test('a new subject is said, since the header only shows it', () => {
  expect(newsOf(facts(), facts({ subject: 'Glue' }), en)).toEqual([
    { text: en.subjectIs('Glue'), shown: false },
  ]);
  expect(newsOf(facts(), facts({ subject: '' }), en)).toEqual([]);
});
