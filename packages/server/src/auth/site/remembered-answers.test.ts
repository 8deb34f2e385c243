import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { RememberedAnswers } from './remembered-answers.js';

function remember(most = 10) {
  const clock = new FakeClock();
  const answers = new RememberedAnswers<string>(clock, most, (answer) => (answer === 'no' ? 100 : 1000));
  let asked = 0;
  const get = (credential: string, answer = credential) =>
    answers.get(credential, async () => {
      asked++;
      return answer;
    });
  return { answers, clock, get, asked: () => asked };
}

test('an answer is good for a while, by what it says', async () => {
  const { asked, clock, get } = remember();
  expect(await get('a')).toBe('a');
  expect(await get('no')).toBe('no');
  clock.advance(99);
  expect(await get('a', 'changed')).toBe('a');
  expect(await get('no', 'yes')).toBe('no');
  expect(asked()).toBe(2);
  clock.advance(1);
  expect(await get('no', 'yes')).toBe('yes');
  clock.advance(900);
  expect(await get('a', 'changed')).toBe('changed');
});

test('an answer that does not do is asked for again, and the new one is remembered', async () => {
  const { answers, asked, get } = remember();
  await get('a', 'old');
  const isNew = (answer: string) => answer === 'new';
  expect(await answers.get('a', async () => 'new', isNew)).toBe('new');
  expect(await answers.get('a', async () => 'newer', isNew)).toBe('new');
  expect(await get('a')).toBe('new');
  expect(asked()).toBe(1);
});

test('who asks while somebody asks gets the same answer', async () => {
  const { answers, asked, get } = remember();
  const both = Promise.all([get('a'), get('a')]);
  expect(answers.asking).toBe(1);
  expect(await both).toEqual(['a', 'a']);
  expect(asked()).toBe(1);
  expect(answers.asking).toBe(0);
});

test('a failure is no answer, and the next one asks again', async () => {
  const { answers, get } = remember();
  await expect(answers.get('a', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
  expect(await get('a')).toBe('a');
});

test('memory is bounded, and the oldest goes first', async () => {
  const { answers, asked, get } = remember(2);
  for (const credential of ['a', 'b', 'c']) await get(credential);
  expect(answers.size).toBe(2);
  await get('b');
  await get('c');
  expect(asked()).toBe(3);
  await get('a');
  expect(asked()).toBe(4);
});
