import { SeededRandom } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { isStatusId, newStatusId } from './status-id.js';

test('an id has at least 128 bits, in characters that a URL keeps as they are', () => {
  const random = new SeededRandom();
  const ids = Array.from({ length: 100 }, () => newStatusId(random));
  expect(new Set(ids).size).toBe(100);
  for (const id of ids) {
    expect(id).toMatch(/^[A-Za-z0-9_-]{24}$/);
    expect(Buffer.from(id, 'base64url')).toHaveLength(18);
    expect(isStatusId(id)).toBe(true);
  }
});

test.each([
  ['a'.repeat(21), false],
  ['a'.repeat(22), true],
  ['a'.repeat(64), true],
  ['a'.repeat(65), false],
  [`${'a'.repeat(22)}\n`, false],
  [`${'a'.repeat(22)}.`, false],
  ['romeo@localhost-and-some-more', false],
])('%j may be one: %s', (text, may) => {
  expect(isStatusId(text)).toBe(may);
});
