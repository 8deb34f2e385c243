import { expect, test } from 'vitest';
import { parseAddress } from './dial.js';

test('an address is a host and a port', () => {
  expect(parseAddress('127.0.0.1:5290')).toEqual({ host: '127.0.0.1', port: 5290 });
  expect(parseAddress('load-1.example:65535')).toEqual({ host: 'load-1.example', port: 65_535 });
  expect(parseAddress('[::1]:80')).toEqual({ host: '::1', port: 80 });
  for (const text of ['', '5290', 'host', 'host:', ':1', 'host:65536', '::1:80', 'host:1:2', 'host:x'])
    expect(() => parseAddress(text), text).toThrow(RangeError);
});
