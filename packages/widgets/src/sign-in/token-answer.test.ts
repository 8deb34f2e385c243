import { expect, test } from 'vitest';
import { readAnswer, readToken } from './token-answer.js';

test.each([
  [200, 'aa.bb.cc'],
  [200, ' aa.bb.cc\n'],
  [201, '{"token":"aa.bb.cc","expiresIn":300}'],
  [200, '"aa.bb.cc"'],
])('%i %s is a token', (status, text) => {
  expect(readAnswer({ status, text })).toEqual({ kind: 'token', token: 'aa.bb.cc' });
});

test.each([
  [401, ''],
  [204, ''],
  [302, ''],
  [200, '{"token":null}'],
  [200, 'null'],
])('%i %s is nobody', (status, text) => {
  expect(readAnswer({ status, text })).toEqual({ kind: 'out' });
});

test('a refusal says to the owner what was said, and no more than a line of it', () => {
  const text = `{"code":"rest_cookie_invalid_nonce"}${'x'.repeat(500)}`;
  const asked = readAnswer({ status: 403, text });
  expect(asked).toEqual({ kind: 'out', why: `it answered 403: ${text.slice(0, 200)}` });
});

test.each([
  [500, 'aa.bb.cc'],
  [404, ''],
  [200, '<!doctype html><title>Sign in</title>'],
  [200, '{"error":"no"}'],
  [200, '{"token":7}'],
])('%i %s says nothing of anybody', (status, text) => {
  expect(readAnswer({ status, text })).toMatchObject({ kind: 'down' });
});

test('a token is no longer than servers take', () => {
  expect(readToken('x'.repeat(8192))).toMatchObject({ kind: 'token' });
  expect(readToken('x'.repeat(8193))).toMatchObject({ kind: 'down' });
});

test('nothing from a function is nobody', () => {
  expect([readToken(undefined), readToken(null), readToken('')]).toEqual(Array(3).fill({ kind: 'out' }));
  expect(readToken({})).toMatchObject({ kind: 'down' });
});
