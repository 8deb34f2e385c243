import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { CallGroups, type CallGroupsOptions } from './call-groups.js';

/** Groups whose runs end when the test says so. */
function grouped(most: number, pace?: NonNullable<CallGroupsOptions['pace']>) {
  const runs: { readonly inputs: readonly number[]; readonly end: (error?: Error) => void }[] = [];
  const groups = new CallGroups<number, number>(
    (inputs) =>
      new Promise((fulfil, reject) => {
        const end = (error?: Error) => (error ? reject(error) : fulfil(inputs.map((input) => input * 10)));
        runs.push({ inputs, end });
      }),
    { most, ...(pace ? { pace } : {}) },
  );
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { groups, runs, turn };
}

test('calls of one turn are one run, and each gets its own answer', async () => {
  const { groups, runs, turn } = grouped(10);
  const answers = Promise.all([1, 2, 3].map((input) => groups.call(input)));
  await turn();
  expect(runs.map(({ inputs }) => inputs)).toEqual([[1, 2, 3]]);
  runs[0]?.end();
  expect(await answers).toEqual([10, 20, 30]);
});

test('what comes during a run is the next one, as many as may be and in order', async () => {
  const { groups, runs, turn } = grouped(2);
  const answers = [1, 2, 3].map((input) => groups.call(input));
  await turn();
  answers.push(groups.call(4), groups.call(5));
  runs[0]?.end();
  await turn();
  runs[1]?.end();
  await turn();
  runs[2]?.end();
  expect(await Promise.all(answers)).toEqual([10, 20, 30, 40, 50]);
  expect(runs.map(({ inputs }) => inputs)).toEqual([[1, 2], [3, 4], [5]]);
});

test('a run that fails fails for its own calls only', async () => {
  const { groups, runs, turn } = grouped(2);
  const answers = Promise.allSettled([1, 2, 3].map((input) => groups.call(input)));
  await turn();
  runs[0]?.end(new Error('the disk is full'));
  await turn();
  runs[1]?.end();
  expect(await answers).toMatchObject([
    { status: 'rejected', reason: { message: 'the disk is full' } },
    { status: 'rejected' },
    { status: 'fulfilled', value: 30 },
  ]);
  const later = groups.call(4);
  await turn();
  runs[2]?.end();
  expect(await later).toBe(40);
});

test('with a pace, what comes soon after a run waits for company, and what comes after a pause does not', async () => {
  const clock = new FakeClock();
  const { groups, runs, turn } = grouped(10, { clock, interval: 20 });
  const inputs = () => runs.map((run) => run.inputs);
  groups.call(1);
  await turn();
  runs[0]?.end();
  await turn();
  groups.call(2);
  clock.advance(19);
  groups.call(3);
  await turn();
  expect(inputs()).toEqual([[1]]);
  clock.advance(1);
  await turn();
  expect(inputs()).toEqual([[1], [2, 3]]);
  runs[1]?.end();
  clock.advance(20);
  await turn();
  groups.call(4);
  await turn();
  expect(inputs()).toEqual([[1], [2, 3], [4]]);
  // A pause is over while a run goes on: the next one follows it.
  clock.advance(20);
  groups.call(5);
  await turn();
  expect(runs).toHaveLength(3);
  runs[2]?.end();
  await turn();
  expect(inputs()).toEqual([[1], [2, 3], [4], [5]]);
});

test('a whole group waits for no pace, and one less than that does', async () => {
  const clock = new FakeClock();
  const { groups, runs, turn } = grouped(3, { clock, interval: 20 });
  groups.call(0);
  await turn();
  runs[0]?.end();
  await turn();
  groups.call(1);
  groups.call(2);
  await turn();
  expect(runs).toHaveLength(1);
  groups.call(3);
  await turn();
  expect(runs.map((run) => run.inputs)).toEqual([[0], [1, 2, 3]]);
  // What a whole group did not have room for waits for the first pause, which is still under way.
  groups.call(4);
  runs[1]?.end();
  await turn();
  expect(runs).toHaveLength(2);
  clock.advance(20);
  await turn();
  expect(runs.map((run) => run.inputs)).toEqual([[0], [1, 2, 3], [4]]);
});

test('who closes waits for all answers, and nobody for the pace', async () => {
  const clock = new FakeClock();
  const { groups, runs, turn } = grouped(3, { clock, interval: 20 });
  groups.call(0);
  await turn();
  runs[0]?.end();
  await turn();
  const answer = groups.call(1);
  let closed = false;
  const closing = groups.close().then(() => {
    closed = true;
  });
  await turn();
  expect(runs.map((run) => run.inputs)).toEqual([[0], [1]]);
  expect(closed).toBe(false);
  runs[1]?.end();
  expect(await answer).toBe(10);
  await closing;
  expect(clock.pending).toBe(0);
});
