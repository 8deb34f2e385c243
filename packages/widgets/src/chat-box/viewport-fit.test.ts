import { expect, test } from 'vitest';
import { type VisiblePart, watchVisible } from './viewport-fit.js';

function phone() {
  const viewport = Object.assign(new EventTarget(), { offsetTop: 0, height: 700, scale: 1 });
  const told: (VisiblePart | undefined)[] = [];
  const stop = new AbortController();
  watchVisible(
    viewport,
    () => 700,
    (part) => told.push(part),
    stop.signal,
  );
  const become = (change: Partial<typeof viewport>, event = 'resize') => {
    Object.assign(viewport, change);
    viewport.dispatchEvent(new Event(event));
    return told.at(-1);
  };
  return { told, become, stop };
}

test('tells what is visible at once, and what a keyboard leaves', () => {
  const { told, become } = phone();
  expect(told).toEqual([{ top: 0, height: 700, keyboard: false }]);
  expect(become({ height: 400 })).toEqual({ top: 0, height: 400, keyboard: true });
  expect(become({ offsetTop: 60 }, 'scroll')).toEqual({ top: 60, height: 400, keyboard: true });
});

test('a bar of the browser is no keyboard', () => {
  const { become } = phone();
  expect(become({ height: 580 })?.keyboard).toBe(false);
  expect(become({ height: 579 })?.keyboard).toBe(true);
});

test('a person who zooms in moves the visible part, and the sheet stays', () => {
  const { become } = phone();
  expect(become({ height: 300, scale: 2 })).toBeUndefined();
});

test('hears nothing after the end', () => {
  const { told, become, stop } = phone();
  stop.abort();
  become({ height: 400 });
  expect(told).toHaveLength(1);
});
