import { FakeClock } from '@meerkat-chat/sdk/testing';
import { expect, test } from 'vitest';
import { askPage } from './ask-page.js';
import { PATIENCE } from './token-from.js';

test('what a page gives is read, and nothing waits any more', async () => {
  const clock = new FakeClock();
  expect(await askPage(async () => 'x.y.z', clock)).toEqual({ kind: 'token', token: 'x.y.z' });
  expect(await askPage(async () => undefined, clock)).toEqual({ kind: 'out' });
  const failing = () => Promise.reject(new Error('no network'));
  expect(await askPage(failing, clock)).toEqual({ kind: 'down', why: 'no network' });
  const throwing = () => {
    throw new TypeError('not today');
  };
  expect(await askPage(throwing, clock)).toEqual({ kind: 'down', why: 'not today' });
  expect(clock.pending).toBe(0);
});

test('a page that never says anything is a site that does not answer, and may answer late', async () => {
  const clock = new FakeClock();
  let give: (token: string) => void = () => {};
  const asking = askPage(
    () =>
      new Promise<string>((resolve) => {
        give = resolve;
      }),
    clock,
  );
  let asked: unknown;
  void asking.then((answer) => {
    asked = answer;
  });
  clock.advance(PATIENCE - 1);
  await Promise.resolve();
  expect(asked).toBeUndefined();
  clock.advance(1);
  const down = await asking;
  if (down.kind !== 'down') return expect.unreachable();
  expect(down.why).toBe('it has given nothing for 15 s');
  give('x.y.z');
  expect(await down.late).toEqual({ kind: 'token', token: 'x.y.z' });
});
