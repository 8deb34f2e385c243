import { expect, test } from 'vitest';
import { formatGrant, parseGrant, rightIn } from './grant.js';

test('a grant says what may be done in a room', () => {
  const rooms = { 'stream-42': 'moderate', hall: 'read' } as const;
  expect(rightIn(undefined, 'hall')).toBeUndefined();
  expect(rightIn({ name: 'Mira' }, 'hall')).toBeUndefined();
  expect(rightIn({ rooms }, 'stream-42')).toBe('moderate');
  expect(rightIn({ rooms }, 'hall')).toBe('read');
  expect(rightIn({ rooms }, 'elsewhere')).toBe('none');
  expect(rightIn({ rooms: { ...rooms, '*': 'write' } }, 'elsewhere')).toBe('write');
  expect(rightIn({ rooms: { ...rooms, '*': 'write' } }, 'hall')).toBe('read');
  expect(rightIn({ rooms: {} }, 'constructor')).toBe('none');
});

test('a grant is kept whole, and what is none is not taken for one', () => {
  const grant = {
    name: 'Mira',
    avatar: 'https://shop.example/mira.png',
    rooms: { hall: 'read' },
    until: 1_700_000_000_000,
    signIn: 'a1',
  } as const;
  expect(parseGrant(formatGrant(grant))).toEqual(grant);
  expect(parseGrant(formatGrant({}))).toEqual({});
  for (const text of ['', 'null', '[]', '{"rooms":{"hall":"own"}}']) expect(() => parseGrant(text)).toThrow();
});
