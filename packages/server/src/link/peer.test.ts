import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { createPeerReader, mayConnect } from './peer.js';

function peer(remoteAddress: string, headers: IncomingMessage['headers'], ...trusted: string[]) {
  const request = { headers, socket: { remoteAddress } } as unknown as IncomingMessage;
  return createPeerReader(trusted)(request, 'websocket');
}

const forwarded = (value: string, proto?: string) => ({
  'x-forwarded-for': value,
  ...(proto === undefined ? {} : { 'x-forwarded-proto': proto }),
});

test.each([
  ['nobody is believed who is not trusted', '192.0.2.9', '198.51.100.1', [], '192.0.2.9'],
  ['a proxy says who is behind it', '10.0.0.1', '198.51.100.1', ['10.0.0.0/8'], '198.51.100.1'],
  [
    'what the client made up is left of it',
    '10.0.0.1',
    '1.1.1.1, 198.51.100.1',
    ['10.0.0.1'],
    '198.51.100.1',
  ],
  ['proxies of ours are passed over', '10.0.0.1', '198.51.100.1, 10.0.0.2', ['10.0.0.0/8'], '198.51.100.1'],
  ['what is no address ends the search', '10.0.0.1', '198.51.100.1, evil', ['10.0.0.0/8'], '10.0.0.1'],
  ['IPv4 in IPv6 is IPv4', '::ffff:10.0.0.1', '::ffff:198.51.100.1', ['10.0.0.1'], '198.51.100.1'],
  ['IPv6 blocks', '2001:db8::1', '2001:db8:1::2', ['2001:db8::/64'], '2001:db8:1::2'],
])('%s', (_, remote, header, trusted, address) => {
  expect(peer(remote, forwarded(header), ...trusted).address).toBe(address);
});

test.each([
  ['loopback', '127.0.0.1', {}, [], true],
  ['a plain connection from elsewhere', '192.0.2.1', {}, [], false],
  ['one that only claims TLS', '192.0.2.1', { 'x-forwarded-proto': 'https' }, [], false],
  ['TLS at a trusted proxy', '10.0.0.1', forwarded('192.0.2.1', 'https'), ['10.0.0.1'], true],
  [
    'no TLS at a trusted proxy on loopback',
    '127.0.0.1',
    forwarded('192.0.2.1', 'http'),
    ['127.0.0.1'],
    false,
  ],
  [
    'a client that put https before the proxy',
    '10.0.0.1',
    forwarded('192.0.2.1', 'https, http'),
    ['10.0.0.1'],
    false,
  ],
  ['a program on the same machine as the proxy', '127.0.0.1', {}, ['127.0.0.1'], true],
])('secure: %s', (_, remote, headers, trusted, secure) => {
  expect(peer(remote, headers, ...trusted).secure).toBe(secure);
});

test.each(['proxy.example', '10.0.0.0/33', '::/129', '10.0.0.0/', ''])('%j is refused at start', (entry) => {
  expect(() => createPeerReader([entry])).toThrow('trustedProxies');
});

/** The cookies that count of a request with these headers. */
function cookies(headers: IncomingMessage['headers'], transport: 'bosh' | 'websocket' = 'websocket') {
  const socket = { remoteAddress: '127.0.0.1' };
  const request = { headers: { cookie: 'a=1', host: 'localhost:5280', ...headers }, socket };
  const read = createPeerReader(['127.0.0.1'], ['https://shop.example']);
  return read(request as unknown as IncomingMessage, transport).cookies?.values('a');
}

test('cookies count from pages that may use them, and from nowhere else', () => {
  expect(cookies({ origin: 'https://shop.example' })).toEqual(['1']);
  expect(cookies({ origin: 'http://localhost:5280' })).toEqual(['1']);
  const behind = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.1', host: 'chat.example' };
  expect(cookies({ ...behind, origin: 'https://chat.example' })).toEqual(['1']);
  for (const origin of [
    undefined,
    'null',
    'https://evil.example',
    'https://shop.example.evil.example',
    'http://shop.example',
    'https://shop.example:8443',
    'http://localhost:5281',
    'https://localhost:5280',
    'http://chat.example',
  ]) {
    expect(cookies(origin === undefined ? {} : { origin })).toBeUndefined();
  }
  expect(cookies({ ...behind, origin: 'http://chat.example' })).toBeUndefined();
});

test('over BOSH they count only with what no foreign page can send unasked', () => {
  const origin = 'https://shop.example';
  expect(cookies({ origin, 'content-type': 'text/xml; charset=utf-8' }, 'bosh')).toEqual(['1']);
  expect(cookies({ origin, 'content-type': 'text/xml' }, 'bosh')).toEqual(['1']);
  for (const type of [undefined, 'text/plain', 'text/xmlx', 'text/plain; text/xml']) {
    expect(cookies({ origin, ...(type ? { 'content-type': type } : {}) }, 'bosh')).toBeUndefined();
  }
});

test.each([
  [undefined, true],
  ['https://shop.example', true],
  // Pages of this server: frames, the demo; also where a proxy has taken off TLS.
  ['http://chat.example:5280', true],
  ['https://chat.example:5280', true],
  ['https://chat.example', false],
  ['https://chat.example:5280.evil.example', false],
  ['http://shop.example', false],
  ['ftp://chat.example:5280', false],
  ['null', false],
  ['', false],
])('with a list of origins a page of %j may connect: %j', (origin, may) => {
  const headers = { host: 'chat.example:5280', ...(origin === undefined ? {} : { origin }) };
  const request = { headers } as IncomingMessage;
  expect(mayConnect(request, ['https://shop.example'])).toBe(may);
  expect(mayConnect(request, undefined)).toBe(true);
});

test('without a host no page is the server’s own', () => {
  expect(mayConnect({ headers: { origin: 'http://undefined' } } as IncomingMessage, [])).toBe(false);
});
