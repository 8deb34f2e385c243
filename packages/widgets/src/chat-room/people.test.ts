import type { Occupant } from '@meerkat-chat/sdk';
import { expect, test } from 'vitest';
import { LISTED_AT_MOST, listed } from './people.js';

const person = (nick: string, more: Partial<Occupant> = {}): Occupant => ({
  nick,
  role: 'participant',
  affiliation: 'none',
  self: false,
  ...more,
});

test('oneself first, then moderators, then names as people sort them', () => {
  const people = [
    person('Guest 10'),
    person('Guest 9'),
    person('Zoe', { role: 'moderator' }),
    person('Yuki', { self: true }),
    person('Äpfel'),
  ];
  expect(listed(people, 'en').map(({ nick }) => nick)).toEqual([
    'Yuki',
    'Zoe',
    'Äpfel',
    'Guest 9',
    'Guest 10',
  ]);
});

test('lists so many and no more', () => {
  const people = (count: number) => Array.from({ length: count }, (_, index) => person(`P${index}`));
  expect(listed(people(LISTED_AT_MOST), 'en')).toHaveLength(LISTED_AT_MOST);
  expect(listed(people(LISTED_AT_MOST + 1), 'en')).toHaveLength(LISTED_AT_MOST);
});
