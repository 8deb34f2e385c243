import { mkMessage } from '@meerkat-chat/sdk/testing';
import { expect, test } from 'vitest';
import { talk } from '../locales/en-talk.js';
import { MAX_REMOVALS, Removals } from './removals.js';

const message = (key: string) => mkMessage({ key, text: key });
const kicked = (nick: string) => ({ kind: 'kicked', nick, by: 'Mira' }) as const;
const texts = (rows: readonly { readonly text: string }[]) => rows.map(({ text }) => text);

test('a removal stands behind what had arrived, and stays there', () => {
  const removals = new Removals(talk);
  const waiting = mkMessage({ key: 'w', text: 'w', own: true, delivery: { state: 'pending' } });
  const said = removals.add(kicked('Joe'), [message('a'), waiting], 5);
  expect(said).toBe('Mira removed Joe.');
  expect(texts(removals.among([message('a'), waiting]))).toEqual(['a', 'Mira removed Joe.', 'w']);
  expect(texts(removals.among([message('0'), message('a'), message('b'), waiting]))).toEqual([
    '0',
    'a',
    'Mira removed Joe.',
    'b',
    'w',
  ]);
});

test('a removal before the first message comes first, and goes when its message has gone', () => {
  const removals = new Removals(talk);
  removals.add(kicked('Joe'), [], 5);
  removals.add({ kind: 'banned', nick: 'Eve' }, [message('a')], 6);
  expect(texts(removals.among([message('a')]))).toEqual(['Mira removed Joe.', 'a', 'Eve was banned.']);
  expect(texts(removals.among([message('b')]))).toEqual(['Mira removed Joe.', 'b']);
});

test('nothing is made anew as long as nothing changes', () => {
  const removals = new Removals(talk);
  const messages = [message('a')];
  expect(removals.among(messages)).toBe(messages);
  removals.add(kicked('Joe'), messages, 5);
  const rows = removals.among(messages);
  expect(removals.among(messages)).toBe(rows);
  removals.reword({ ...talk, removed: (nick) => `${nick} est parti` });
  expect(texts(removals.among(messages))).toEqual(['a', 'Joe est parti']);
});

test('the oldest go at the bound', () => {
  const removals = new Removals(talk);
  const messages = [message('a')];
  for (let n = 0; n <= MAX_REMOVALS; n++) removals.add(kicked(`n${n}`), messages, n);
  const rows = removals.among(messages);
  expect(rows).toHaveLength(MAX_REMOVALS + 1);
  expect(rows[1]?.text).toBe('Mira removed n1.');
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
});
