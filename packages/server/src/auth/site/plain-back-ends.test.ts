import { expect, test } from 'vitest';
import { plainBackEnds } from './plain-back-ends.js';

const settings = (url: string) => ({
  auth: { siteSession: { url }, sitePassword: { url }, token: { jwks: url } },
  guests: { proof: { url } },
  registration: { hook: url },
});

test.each([
  'https://shop.example/user',
  'http://localhost:8080/user',
  'http://127.0.0.1/user',
  'http://[::1]:8080/user',
])('%s is read by nobody on the way', (url) => {
  expect(plainBackEnds(settings(url))).toEqual([]);
});

test.each(['http://shop.example/user', 'http://10.0.0.7/user', 'http://127.0.0.1.example/user'])(
  '%s is, whatever it is asked about',
  (url) => {
    expect(plainBackEnds(settings(url))).toEqual([
      'auth.siteSession.url',
      'auth.sitePassword.url',
      'auth.token.jwks',
      'guests.proof.url',
      'registration.hook',
    ]);
  },
);

test('nothing that is not set', () => {
  const auth = { siteSession: {}, sitePassword: {}, token: {} };
  expect(plainBackEnds({ auth, guests: { proof: {} }, registration: {} })).toEqual([]);
});
