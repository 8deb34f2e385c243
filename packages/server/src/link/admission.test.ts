import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { Admission, REMEMBERED_ADDRESSES } from './admission.js';

const span = 60_000;
const any = Number.POSITIVE_INFINITY;

function admission(connectionsPerAddress: number, newConnectionsPerAddress: number) {
  const clock = new FakeClock();
  const limits = { connectionsPerAddress, newConnectionsPerAddress, newConnectionsSpan: span };
  return { clock, doors: new Admission(limits, clock) };
}

test('as many as allowed come in at a time, and one more when one has left', () => {
  const { doors } = admission(2, any);
  const first = doors.admit('192.0.2.1');
  expect(doors.admit('192.0.2.1')).toBeDefined();
  expect(doors.admit('192.0.2.1')).toBeUndefined();
  expect(doors.admit('192.0.2.2')).toBeDefined();
  first?.();
  // Leaving twice is leaving once.
  first?.();
  expect(doors.admit('192.0.2.1')).toBeDefined();
  expect(doors.admit('192.0.2.1')).toBeUndefined();
  expect(doors.open).toBe(3);
});

test('as many as allowed come in within the span, whether they stay or not', () => {
  const { clock, doors } = admission(any, 3);
  for (let i = 0; i < 3; i++) doors.admit('192.0.2.1')?.();
  expect(doors.admit('192.0.2.1')).toBeUndefined();
  clock.advance(span / 3 - 1);
  expect(doors.admit('192.0.2.1')).toBeUndefined();
  clock.advance(1);
  expect(doors.admit('192.0.2.1')).toBeDefined();
  expect(doors.admit('192.0.2.1')).toBeUndefined();
});

test('who is refused again and again gets in once the span has passed', () => {
  const { clock, doors } = admission(any, 1);
  doors.admit('192.0.2.1')?.();
  for (let i = 0; i < 10; i++) {
    clock.advance(span / 20);
    expect(doors.admit('192.0.2.1')).toBeUndefined();
  }
  clock.advance(span / 2);
  expect(doors.admit('192.0.2.1')).toBeDefined();
});

test('64 bits of IPv6 are one address', () => {
  const { doors } = admission(1, any);
  expect(doors.admit('2001:db8:0:1::1')).toBeDefined();
  expect(doors.admit('2001:db8:0:1:ffff::2')).toBeUndefined();
  expect(doors.admit('2001:0db8::1:0:0:0:3')).toBeUndefined();
  expect(doors.admit('2001:db8::1')).toBeDefined();
  expect(doors.admit('2001:db8:0:0:5::')).toBeUndefined();
  expect(doors.admit('::1')).toBeDefined();
});

test('nothing is remembered of who has been away for a span', () => {
  const { clock, doors } = admission(any, 10);
  for (let i = 0; i < 100; i++) doors.admit(`192.0.2.${i}`)?.();
  expect(doors.remembered).toBe(100);
  clock.advance(span);
  doors.admit('198.51.100.1')?.();
  expect(doors.remembered).toBe(1);
});

test('addresses that are remembered have a bound; who is connected is never forgotten', () => {
  const { doors } = admission(1, 10);
  doors.admit('192.0.2.1');
  for (let i = 0; i <= REMEMBERED_ADDRESSES; i++)
    doors.admit(`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`)?.();
  expect(doors.remembered).toBe(REMEMBERED_ADDRESSES + 1);
  expect(doors.admit('192.0.2.1')).toBeUndefined();
});

test('without limits everybody comes in', () => {
  const { doors } = admission(any, any);
  const leave = Array.from({ length: 5000 }, () => doors.admit('127.0.0.1'));
  expect(leave.every((off) => off)).toBe(true);
  for (const off of leave) off?.();
  expect(doors.open).toBe(0);
});

test('a network that many people share has twenty times as much', () => {
  const clock = new FakeClock();
  const limits = { connectionsPerAddress: 2, newConnectionsPerAddress: 3, newConnectionsSpan: 60_000 };
  const school = new Admission(limits, clock, (address) => address === '198.51.100.1');
  const admitted = (address: string, times: number) =>
    Array.from({ length: times }, () => school.admit(address)).filter(Boolean).length;
  expect(admitted('198.51.100.1', 41)).toBe(40);
  expect(admitted('203.0.113.7', 3)).toBe(2);
});
