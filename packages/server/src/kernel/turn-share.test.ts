import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { TurnShare } from './turn-share.js';

/** A share of 10 ms, tasks that take a while, and turns that end when the test says so. */
function shared() {
  const clock = new FakeClock();
  const ends: (() => void)[] = [];
  const done: string[] = [];
  const share = new TurnShare({ clock, later: (run) => void ends.push(run), most: 10 });
  const task = (name: string, takes: number) => () => {
    clock.advance(takes);
    done.push(name);
  };
  return {
    done,
    ends,
    share,
    task,
    endTurn: () => {
      for (const run of ends.splice(0)) run();
    },
  };
}

test('tasks run at once until the share is spent, and then in order, turn by turn', () => {
  const { done, endTurn, share, task } = shared();
  share.run(task('a', 9));
  share.run(task('b', 1));
  for (const name of ['c', 'd', 'e']) share.run(task(name, 6));
  expect(done).toEqual(['a', 'b']);
  expect(share.waiting).toBe(3);
  endTurn();
  expect(done).toEqual(['a', 'b', 'c', 'd']);
  share.run(task('f', 0));
  endTurn();
  expect(done).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});

test('what a task asks for comes behind those who wait', () => {
  const { done, endTurn, share, task } = shared();
  share.run(task('a', 10));
  share.run(() => share.run(task('d', 0)));
  share.run(task('b', 1));
  share.run(task('c', 1));
  endTurn();
  expect(done).toEqual(['a', 'b', 'c', 'd']);
});

test('a turn without tasks asks for no other', () => {
  const { endTurn, ends, share, task } = shared();
  share.run(task('a', 5));
  endTurn();
  expect(ends).toEqual([]);
  share.run(task('b', 5));
  share.run(task('c', 5));
  expect(ends).toHaveLength(1);
});
