import { expect, test } from 'vitest';
import { CallGroups } from './call-groups.js';

/** Groups whose runs end when the test says so. */
function grouped(most: number) {
  const runs: { readonly inputs: readonly number[]; readonly end: (error?: Error) => void }[] = [];
  const groups = new CallGroups<number, number>(
    (inputs) =>
      new Promise((fulfil, reject) => {
        const end = (error?: Error) => (error ? reject(error) : fulfil(inputs.map((input) => input * 10)));
        runs.push({ inputs, end });
      }),
    most,
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
