import { expect, test } from 'vitest';
import { formatGrant, isRenewed, parseGrant, rightIn } from './grant.js';

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

test('where a grant leaves it to the room, the room decides', () => {
  const rooms = { hall: 'moderate', yard: 'default', '*': 'default' } as const;
  expect(rightIn({ rooms }, 'hall')).toBe('moderate');
  expect(rightIn({ rooms }, 'elsewhere')).toBeUndefined();
  expect(rightIn({ rooms: { ...rooms, '*': 'read' } }, 'yard')).toBeUndefined();
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

test('a grant takes the place of one that says something else and lasts no longer', () => {
  const first = { rooms: { hall: 'read' }, until: 1000 } as const;
  expect(isRenewed(undefined, undefined)).toBe(false);
  expect(isRenewed(first, undefined)).toBe(false);
  expect(isRenewed(undefined, first)).toBe(true);
  expect(isRenewed(first, { ...first })).toBe(false);
  expect(isRenewed(first, { ...first, until: 1001 })).toBe(true);
  expect(isRenewed(first, { ...first, rooms: {} })).toBe(true);
  expect(isRenewed(first, { rooms: {}, until: 999 })).toBe(false);
  expect(isRenewed(first, { rooms: {} })).toBe(true);
  expect(isRenewed({}, first)).toBe(true);
});
