import { expect, test } from 'vitest';
import { formatOAuthBearer, parseOAuthBearer } from './oauth-bearer.js';

test('the example of RFC 7628 section 4.1 is read', () => {
  const message =
    'n,a=user@example.com,\x01host=server.example.com\x01port=143\x01auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\x01\x01';
  expect(parseOAuthBearer(message)).toEqual({
    token: 'vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==',
    authzid: 'user@example.com',
  });
});

test.each([undefined, 'romeo@chat.example', 'a=b,c@chat.example'])(
  'what is written for %s is read',
  (authzid) => {
    const said = { token: 'eyJ.e30.x-_', authzid };
    expect(parseOAuthBearer(formatOAuthBearer(said))).toEqual(said);
  },
);

test('the scheme is of any case', () => {
  expect(parseOAuthBearer('y,,\x01auth=bearer abc\x01\x01')?.token).toBe('abc');
});

test.each([
  ['', 'nothing'],
  ['\x01', 'the last word after a refusal'],
  ['n,,\x01\x01', 'no token'],
  ['n,,auth=Bearer a\x01\x01', 'no separator after the header'],
  ['n,,\x01auth=Bearer a\x01', 'no end'],
  ['n,,\x01auth=Bearer \x01\x01', 'an empty token'],
  ['n,,\x01auth=Basic a\x01\x01', 'another scheme'],
  ['n,,\x01auth=Bearer a b\x01\x01', 'a space in the token'],
  ['n,,\x01auth=Bearer a\x01auth=Bearer b\x01\x01', 'two tokens'],
  ['n,,\x01auth=Bearer ä\x01\x01', 'what cannot stand in a token'],
  ['p=tls-exporter,,\x01auth=Bearer a\x01\x01', 'a bound channel'],
  ['n,a=x=2Dy,\x01auth=Bearer a\x01\x01', 'an escape that there is none of'],
])('%j is malformed: %s', (message) => {
  expect(parseOAuthBearer(message)).toBeUndefined();
});
