import { mkMessage } from '@meerkat-chat/sdk/testing';
import { expect, test } from 'vitest';
import { GROUP_SPAN, placeOf } from './grouping.js';

const at = new Date(2026, 0, 15, 12).getTime();
const first = mkMessage({ at, nick: 'Mira', occupantId: 'a' });

test('the first message of all begins a group and shows no day', () => {
  expect(placeOf(first, undefined)).toEqual({ head: true, newDay: false });
});

test('one person keeps one name for five minutes and not a moment longer', () => {
  expect(placeOf({ ...first, at: at + GROUP_SPAN }, first).head).toBe(false);
  expect(placeOf({ ...first, at: at + GROUP_SPAN + 1 }, first).head).toBe(true);
});

test('another person, or the same person under another name, begins a group', () => {
  expect(placeOf({ ...first, occupantId: 'b' }, first).head).toBe(true);
  expect(placeOf({ ...first, nick: 'Mira away' }, first).head).toBe(true);
});

test('a new day begins a group even a minute later', () => {
  const late = { ...first, at: new Date(2026, 0, 15, 23, 59, 30).getTime() };
  const early = { ...first, at: new Date(2026, 0, 16, 0, 0, 30).getTime() };
  expect(placeOf(early, late)).toEqual({ head: true, newDay: true });
});
