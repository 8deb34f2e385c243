import { describe, expect, test } from 'vitest';
import {
  decodeSaslName,
  encodeSaslName,
  formatClientFinalWithoutProof,
  formatClientFirst,
  formatServerFinal,
  formatServerFirst,
  parseClientFinal,
  parseClientFirst,
  parseServerFinal,
  parseServerFirst,
  scramAuthMessage,
} from './scram-messages.js';

// The exchange of RFC 7677 section 3.
const CLIENT_FIRST = 'n,,n=user,r=rOprNGfwEbeRWgbNEkqO';
const SERVER_FIRST = 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096';
const CLIENT_FINAL =
  'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=';

describe('the exchange of RFC 7677', () => {
  test('is written', () => {
    const first = formatClientFirst({ username: 'user', nonce: 'rOprNGfwEbeRWgbNEkqO' });
    expect(first.text).toBe(CLIENT_FIRST);
    const read = parseServerFirst(SERVER_FIRST);
    expect(read && formatServerFirst(read)).toBe(SERVER_FIRST);
    const final = formatClientFinalWithoutProof('biws', read?.nonce ?? '');
    expect(CLIENT_FINAL.startsWith(`${final},p=`)).toBe(true);
    expect(parseServerFinal(formatServerFinal('6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4='))).toBe(
      '6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
    );
  });

  test('is read', () => {
    expect(parseClientFirst(CLIENT_FIRST)).toEqual({
      binding: 'n',
      authzid: undefined,
      username: 'user',
      nonce: 'rOprNGfwEbeRWgbNEkqO',
      gs2Header: 'n,,',
      bare: 'n=user,r=rOprNGfwEbeRWgbNEkqO',
    });
    const final = parseClientFinal(CLIENT_FINAL);
    expect(final?.proof).toBe('dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=');
    expect(`${final?.withoutProof},p=${final?.proof}`).toBe(CLIENT_FINAL);
  });

  test('is signed over its three parts', () => {
    expect(scramAuthMessage('a', 'b', 'c')).toBe('a,b,c');
  });
});

test('names are escaped', () => {
  expect(encodeSaslName('a=b,c')).toBe('a=3Db=2Cc');
  expect(decodeSaslName('a=3Db=2Cc')).toBe('a=b,c');
  expect(decodeSaslName('a=2D')).toBeUndefined();
  expect(decodeSaslName('')).toBeUndefined();
});

test('a first message keeps its header and the authorization identity', () => {
  expect(parseClientFirst('y,a=u@d=2Ce,n=u,r=x,ext=1')).toMatchObject({
    binding: 'y',
    authzid: 'u@d,e',
    gs2Header: 'y,a=u@d=2Ce,',
    bare: 'n=u,r=x,ext=1',
  });
  expect(parseClientFirst('p=tls-exporter,,n=u,r=x')?.binding).toBe('p=tls-exporter');
});

test.each([
  '',
  'n,,m=ext,n=u,r=x',
  'n,,n=u',
  'n,,n=,r=x',
  'n,,n=u,r=',
  'n,,n=u=,r=x',
  'n,a=,n=u,r=x',
  'n,,n=u,r=a b',
  `n,,n=u,r=${'x'.repeat(257)}`,
  'z,,n=u,r=x',
  'n=u,r=x',
])('refuses the first message %j', (message) => {
  expect(parseClientFirst(message)).toBeUndefined();
});

test.each([
  '',
  'c=biws,r=x',
  'c=,r=x,p=YQ==',
  'r=x,c=biws,p=YQ==',
  'c=biws,r=x,p=*',
  'c=biws,r=x,p=YQ==,e=1',
])('refuses the final message %j', (message) => {
  expect(parseClientFinal(message)).toBeUndefined();
});

test.each(['r=x,s=YQ==', 'r=x,s=,i=1', 'r=x,s=YQ==,i=0', 'r=x,s=YQ==,i=1x', 'm=1,r=x,s=YQ==,i=1'])(
  "refuses the server's first message %j",
  (message) => {
    expect(parseServerFirst(message)).toBeUndefined();
  },
);

test('an error is no signature', () => {
  expect(parseServerFinal('e=invalid-proof')).toBeUndefined();
});
