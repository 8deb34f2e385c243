import { expect, test } from 'vitest';
import { lockScroll } from './scroll-lock.js';

const page = (overflow: string) => ({ documentElement: { style: { overflow } } }) as unknown as Document;

test('the page scrolls as before when the last sheet is gone, in whatever order they go', () => {
  const document = page('clip');
  const { style } = document.documentElement;
  const [one, two] = [lockScroll(document), lockScroll(document)];
  one();
  one();
  expect(style.overflow).toBe('hidden');
  two();
  expect(style.overflow).toBe('clip');
});

test('what the page says meanwhile counts for the next sheet', () => {
  const document = page('');
  const { style } = document.documentElement;
  lockScroll(document)();
  style.overflow = 'scroll';
  const undo = lockScroll(document);
  expect(style.overflow).toBe('hidden');
  undo();
  expect(style.overflow).toBe('scroll');
});
