import { describe, expect, test } from 'vitest';
import { Ledger } from './ledger.js';

/** Messages fall due every 100 ms; two senders take turns. */
function ledgerOf(count: number): Ledger {
  return new Ledger({ count: () => count, due: (_, sequence) => sequence * 100, step: () => 2 });
}

describe('a ledger', () => {
  test('everything once and in order', () => {
    const ledger = ledgerOf(4);
    ledger.enter(7, 0);
    for (let sequence = 0; sequence < 4; sequence++) expect(ledger.received(7, sequence)).toBe(true);
    expect(ledger.complete(1000)).toBe(true);
    expect(ledger.result(1000)).toEqual({ expected: 4, delivered: 4, doubled: 0, outOfOrder: 0 });
  });

  test('lost, doubled and out of order are told apart', () => {
    const ledger = ledgerOf(4);
    ledger.enter(1, 0);
    ledger.enter(2, 0);
    // One sender sent 0 and 2, the other 1 and 3: 1 before 0 is no disorder, 2 before 0 is.
    ledger.received(1, 1);
    ledger.received(1, 2);
    ledger.received(1, 0);
    expect(ledger.received(1, 0)).toBe(false);
    expect(ledger.received(1, 99)).toBe(false);
    expect(ledger.received(3, 0)).toBe(false);
    expect(ledger.complete(1000)).toBe(false);
    expect(ledger.result(1000)).toEqual({ expected: 8, delivered: 3, doubled: 1, outOfOrder: 1 });
  });

  test('what is not due yet is not owed', () => {
    const ledger = ledgerOf(4);
    ledger.enter(1, 0);
    ledger.received(1, 0);
    expect(ledger.complete(99)).toBe(true);
    expect(ledger.complete(100)).toBe(false);
    expect(ledger.result(100).expected).toBe(2);
  });

  test('somebody is owed what falls due while there, from the moment of entering until that of leaving', () => {
    const ledger = ledgerOf(10);
    ledger.enter(1, 100);
    ledger.leave(1, 300);
    ledger.enter(1, 800);
    expect(ledger.result(10_000).expected).toBe(4);
    // What comes beyond that is welcome, and counted.
    ledger.received(1, 5);
    expect(ledger.result(10_000)).toMatchObject({ expected: 5, delivered: 1 });
  });

  test('what falls due shortly before leaving may miss who leaves', () => {
    const dues = { count: () => 10, due: (_: number, sequence: number) => sequence * 100, step: () => 1 };
    const ledger = new Ledger({ ...dues, onTheWay: () => 150 });
    ledger.enter(1, 0);
    ledger.leave(1, 550);
    // 0, 100, 200 and 300; what fell due at 400 might have been on its way.
    expect(ledger.result(10_000).expected).toBe(4);
  });

  test('more than a gigabyte of messages is refused, a gigabyte is not', () => {
    const half = 2 ** 29;
    const ledger = new Ledger({ count: () => half, due: () => undefined, step: () => 1 });
    ledger.enter(1, 0);
    ledger.enter(2, 0);
    expect(() => ledger.enter(3, 0)).toThrow(RangeError);
  });
});
