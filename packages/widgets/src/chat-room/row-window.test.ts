import { expect, test } from 'vitest';
import { nextWindow, WINDOW_STEP } from './row-window.js';

const keys = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `m${from + index}`);
const capacity = 200;

test('at the bottom the newest have rows, never more than the capacity', () => {
  expect(nextWindow({ keys: keys(0, 200), shown: [], reading: false, capacity })).toEqual(keys(0, 200));
  expect(nextWindow({ keys: keys(0, 500), shown: [], reading: false, capacity })).toEqual(keys(300, 500));
});

test('at the bottom the oldest rows go by a step, and in between none goes', () => {
  const input = { reading: false, capacity } as const;
  const first = 1 + WINDOW_STEP;
  expect(nextWindow({ ...input, keys: keys(0, 201), shown: keys(0, 200) })).toEqual(keys(first, 201));
  expect(nextWindow({ ...input, keys: keys(0, first + 200), shown: keys(first, 201) })).toEqual(
    keys(first, first + 200),
  );
  expect(nextWindow({ ...input, keys: keys(0, first + 201), shown: keys(first, first + 200) })).toEqual(
    keys(first + first, first + 201),
  );
});

test('at the bottom there are rows enough, whatever came in above or was taken out', () => {
  const input = { reading: false, capacity } as const;
  expect(nextWindow({ ...input, keys: keys(0, 180), shown: keys(150, 180) })).toEqual(keys(0, 180));
  expect(nextWindow({ ...input, keys: keys(0, 400), shown: keys(370, 400) })).toEqual(
    keys(200 + WINDOW_STEP, 400),
  );
  const without = (gone: string) => keys(0, 400).filter((key) => key !== gone);
  expect(nextWindow({ ...input, keys: without('m210'), shown: keys(210, 400) })).toEqual(keys(211, 400));
});

test('at the bottom the rows of somebody who comes back from far above are the newest', () => {
  const rows = nextWindow({ keys: keys(500, 1000), shown: keys(100, 300), reading: false, capacity });
  expect(rows).toEqual(keys(800 + WINDOW_STEP, 1000));
});

test('while somebody reads, arriving messages fill what is free and then wait', () => {
  const input = { reading: true, capacity } as const;
  expect(nextWindow({ ...input, keys: keys(0, 120), shown: keys(0, 100) })).toEqual(keys(0, 120));
  expect(nextWindow({ ...input, keys: keys(0, 300), shown: keys(0, 200) })).toEqual(keys(0, 200));
});

test('rows whose messages left the model stay while they are read', () => {
  const rows = nextWindow({ keys: keys(150, 650), shown: keys(100, 300), reading: true, capacity });
  expect(rows).toEqual(keys(100, 300));
  expect(nextWindow({ keys: keys(500, 1000), shown: keys(100, 300), reading: true, capacity })).toEqual(
    keys(100, 300),
  );
});

test('a reader who goes on gets a step at that end, and the other end is let go', () => {
  const shown = keys(100, 300);
  const input = { keys: keys(0, 500), shown, reading: true, capacity } as const;
  expect(nextWindow({ ...input, toward: 'newer' })).toEqual(keys(100 + WINDOW_STEP, 300 + WINDOW_STEP));
  expect(nextWindow({ ...input, toward: 'older' })).toEqual(keys(100 - WINDOW_STEP, 300 - WINDOW_STEP));
});

test('the ends of the model are the ends of the window', () => {
  const input = { keys: keys(0, 210), shown: keys(0, 200), reading: true, capacity } as const;
  expect(nextWindow({ ...input, toward: 'older' })).toEqual(keys(0, 200));
  expect(nextWindow({ ...input, toward: 'newer' })).toEqual(keys(10, 210));
});

test('a reader left far behind comes back into the model at its oldest', () => {
  const input = { keys: keys(500, 1000), shown: keys(100, 300), reading: true, capacity } as const;
  expect(nextWindow({ ...input, toward: 'newer' })).toEqual(keys(500, 700));
});

test('older messages that were loaded come in above what is read', () => {
  const input = {
    keys: [...keys(0, 50), ...keys(50, 80)],
    shown: keys(50, 80),
    reading: true,
    capacity,
  } as const;
  expect(nextWindow({ ...input, toward: 'older' })).toEqual(keys(0, 80));
});

test('a deleted message has no row', () => {
  const rows = nextWindow({ keys: ['a', 'c'], shown: ['a', 'b', 'c'], reading: true, capacity });
  expect(rows).toEqual(['a', 'c']);
});

test('the oldest at once', () => {
  const input = { keys: keys(0, 500), shown: keys(300, 500), reading: true, capacity } as const;
  expect(nextWindow({ ...input, toward: 'oldest' })).toEqual(keys(0, 200));
});
