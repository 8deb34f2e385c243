import { expect, test } from 'vitest';
import { WriteRound } from './write-round.js';

/** A loop that turns when told. */
function bench(most: number) {
  let turns: (() => void)[] = [];
  const log: string[] = [];
  const round = new WriteRound((run) => turns.push(run), most);
  return {
    log,
    round,
    gatherer: (name: string) => ({ flush: () => void log.push(name) }),
    /** @returns how many things ran */
    turn(): number {
      const due = turns;
      turns = [];
      for (const run of due) run();
      return due.length;
    },
  };
}

test('what gathers in one turn is let go at its end, by one callback', () => {
  const { gatherer, log, round, turn } = bench(10);
  round.add(gatherer('a'));
  round.add(gatherer('b'));
  expect(log).toEqual([]);
  expect(turn()).toBe(1);
  expect(log).toEqual(['a', 'b']);
  expect(turn()).toBe(0);
  round.add(gatherer('a'));
  expect(turn()).toBe(1);
  expect(log).toEqual(['a', 'b', 'a']);
});

test('the loop has its turn after as many as may flush in one', () => {
  const { gatherer, log, round, turn } = bench(2);
  for (const name of ['a', 'b', 'c', 'd', 'e']) round.add(gatherer(name));
  turn();
  expect(log).toEqual(['a', 'b']);
  round.add(gatherer('f'));
  turn();
  expect(log).toEqual(['a', 'b', 'c', 'd']);
  turn();
  expect(log).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  expect(turn()).toBe(0);
});

test('one that gathers again while others flush waits for the next turn', () => {
  const { gatherer, log, round, turn } = bench(2);
  round.add({
    flush() {
      log.push('again');
      if (log.length === 1) round.add(this);
    },
  });
  round.add(gatherer('b'));
  expect(turn()).toBe(1);
  expect(log).toEqual(['again', 'b']);
  expect(turn()).toBe(1);
  expect(log).toEqual(['again', 'b', 'again']);
  expect(turn()).toBe(0);
});
