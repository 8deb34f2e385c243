import { expect, test } from 'vitest';
import { judge, missed, summarise } from './verdict.mjs';

const cell = (value) => ({ value, low: value, high: value });

test('a figure is the median of its rounds; one that a round did not give is of the others', () => {
  expect(summarise([{ fps: 50, rows: 200 }, { fps: 60 }, { fps: 10 }])).toEqual({
    fps: { value: 50, low: 10, high: 60 },
    rows: cell(200),
  });
});

test('a bar is met at the bar, and missed beyond it', () => {
  expect(judge({ most: 34 }, cell(34))).toBe(true);
  expect(judge({ most: 34 }, cell(34.1))).toBe(false);
  expect(judge({ least: 50 }, cell(50))).toBe(true);
  expect(judge({ least: 50 }, cell(49.9))).toBe(false);
  expect(judge({ most: 0 }, cell(0))).toBe(true);
});

test('what has no bar is not judged, what was not measured misses its bar', () => {
  expect(judge({}, cell(1))).toBeUndefined();
  expect(judge({ most: 1 }, undefined)).toBe(false);
});

test('only ours is judged', () => {
  const figures = [{ id: 'fps', name: 'frames a second', unit: '', least: 50 }];
  const row = { title: 'List', figures, cells: { Meerkat: { fps: cell(55) }, other: { fps: cell(1) } } };
  expect(missed(row)).toEqual([]);
  expect(missed({ ...row, cells: { other: { fps: cell(60) } } })).toEqual(['List: frames a second']);
});
