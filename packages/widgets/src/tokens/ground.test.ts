import { expect, test } from 'vitest';
import { isLight } from './ground.js';

test.each([
  ['rgb(255, 255, 255)', true],
  ['rgb(17, 17, 17)', false],
  // Yellow and blue differ in how light they look, not in how much of their channels they fill.
  ['rgb(255, 255, 0)', true],
  ['rgb(0, 0, 255)', false],
  ['rgba(0, 0, 0, 0.5)', false],
  ['rgba(255, 255, 255, 0.9)', true],
  ['oklch(0.2 0.01 250)', false],
  ['oklch(0.98 0.01 100)', true],
  ['oklch(0.98 none none)', true],
  ['oklab(0.3 -0.01 0.02 / 0.8)', false],
  ['lab(95 0 0)', true],
  ['lch(12.5 3 200)', false],
  ['color(srgb 0.9 0.9 0.9)', true],
  ['color(display-p3 0.05 0.06 1e-7)', false],
])('%s is light: %s', (colour, light) => {
  expect(isLight(colour)).toBe(light);
});

test.each(['rgba(0, 0, 0, 0)', 'rgba(0, 0, 0, 0.49)', 'oklch(1 0 0 / 0.2)', 'color(srgb 1 1 1 / 0)'])(
  '%s lets through what is behind it',
  (colour) => {
    expect(isLight(colour)).toBeUndefined();
  },
);

test('a component that is missing (none) counts as zero, whatever stands after it', () => {
  expect(isLight('color(srgb none none none)')).toBe(false);
  expect(isLight('oklch(0.9 none none / 0.1)')).toBeUndefined();
});
