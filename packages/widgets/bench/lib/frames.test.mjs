import { expect, test } from 'vitest';
import { blockingTime, frameFigures } from './frames.mjs';

test('frames a second are those of the whole time, and a long gap counts as what it was', () => {
  const steady = Array.from({ length: 61 }, (_, at) => (at * 1000) / 60);
  expect(frameFigures(steady).fps).toBeCloseTo(60);
  expect(frameFigures(steady).p95).toBeCloseTo(16.67, 1);
  const { fps, worst } = frameFigures([...steady, 2000]);
  expect(fps).toBeCloseTo(30.5);
  expect(worst).toBeCloseTo(1000);
});

test('the p95 leaves one gap in twenty out', () => {
  const times = [0];
  for (let frame = 1; frame <= 100; frame++) times.push(times.at(-1) + (frame % 25 === 0 ? 100 : 10));
  expect(frameFigures(times)).toMatchObject({ p95: 10, worst: 100 });
});

test('a page without frames has no figures', () => {
  expect(() => frameFigures([])).toThrow('no frames');
  expect(() => frameFigures([5])).toThrow('no frames');
});

test('what a task takes beyond 50 ms blocks', () => {
  expect(blockingTime([])).toBe(0);
  expect(blockingTime([50, 51, 150])).toBe(101);
});
