import { expect, test } from 'vitest';
import { en } from './en.js';
import { explanations } from './en-explanations.js';
import { talk } from './en-talk.js';

/** Every sentence, those made of parts included. */
function sentences(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return [String(value('Mira', '1', 'text'))];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(sentences) : [];
}

test('words are plain: none is missing, none shouts', () => {
  const { explanations: _, talk: __, ...words } = en;
  for (const sentence of sentences([words, explanations, talk])) {
    expect(sentence).not.toBe('');
    expect(sentence).not.toMatch(/!|oops|undefined/i);
  }
});

test('one message is one message', () => {
  expect(en.newMessages(1, '1')).toBe('1 new message');
  expect(en.newMessages(1200, '1,200')).toBe('1,200 new messages');
});
