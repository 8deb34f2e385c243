import { expect, test } from 'vitest';
import { judgeReader } from './metrics-reader.js';

const TOKEN = 'a-secret-of-some-length';

function judged(
  address: string | undefined,
  headers: Readonly<Record<string, string>>,
  token?: string,
): string {
  const problem = judgeReader({ headers, socket: { remoteAddress: address } }, token);
  if (problem === undefined) return 'may';
  expect(problem).toContain('metrics.token');
  expect(problem).not.toContain('\n');
  return problem.split(' ').slice(0, 2).join(' ');
}

test.each(['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'])('%s is this machine', (address) => {
  expect(judged(address, {})).toBe('may');
  expect(judged(address, {}, TOKEN)).toBe('may');
});

test.each(['192.0.2.1', '10.0.0.1', '::ffff:192.0.2.1', '2001:db8::1', '1.2.7.127', '', undefined])(
  '%s is elsewhere',
  (address) => {
    expect(judged(address, {})).toBe('Metrics are');
    expect(judged(address, {}, TOKEN)).toBe('Metrics are');
    // Whatever it says of itself.
    expect(judged(address, { 'x-forwarded-for': '127.0.0.1' })).toBe('Metrics are');
    expect(judged(address, { authorization: `Bearer ${TOKEN}` })).toBe('Metrics are');
    expect(judged(address, { authorization: `Bearer ${TOKEN}` }, TOKEN)).toBe('may');
    expect(judged(address, { authorization: `bearer  ${TOKEN}` }, TOKEN)).toBe('may');
  },
);

test.each([
  { 'x-forwarded-for': '192.0.2.1' },
  { 'x-forwarded-for': '' },
  { 'x-forwarded-host': 'chat.example' },
  { 'x-forwarded-proto': 'https' },
  { forwarded: 'for=192.0.2.1' },
  { 'x-real-ip': '127.0.0.1' },
  { via: '1.1 proxy' },
])('what a proxy on this machine passes on, %j, needs the token', (headers) => {
  expect(judged('127.0.0.1', headers)).toBe('This came');
  expect(judged('127.0.0.1', { ...headers, authorization: 'Bearer wrong' }, TOKEN)).toBe('This is');
  expect(judged('127.0.0.1', { ...headers, authorization: `Bearer ${TOKEN}` }, TOKEN)).toBe('may');
});

test.each([`Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, 'Bearer x'])(
  '%s is not the token',
  (authorization) => {
    expect(judged('192.0.2.1', { authorization }, TOKEN)).toBe('This is');
  },
);

test.each([TOKEN, `Basic ${TOKEN}`, 'Bearer', `Bearer ${TOKEN} more`])(
  '%s is no bearer token',
  (authorization) => {
    expect(judged('192.0.2.1', { authorization }, TOKEN)).toBe('Metrics are');
  },
);
