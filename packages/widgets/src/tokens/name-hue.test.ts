import { expect, test } from 'vitest';
import { nameHue } from './name-hue.js';

test('is the same for the same id and within the circle', () => {
  for (const id of ['', 'Mira', 'ليلى', 'x'.repeat(1000)]) {
    expect(nameHue(id)).toBe(nameHue(id));
    expect(nameHue(id)).toBeGreaterThanOrEqual(0);
    expect(nameHue(id)).toBeLessThan(360);
  }
});

test('guests that differ in one digit get different hues, spread over the circle', () => {
  const hues = Array.from({ length: 240 }, (_, index) => nameHue(`Guest ${index}`));
  const counts = new Map<number, number>();
  for (const hue of hues) counts.set(hue, (counts.get(hue) ?? 0) + 1);
  expect(counts.size).toBe(24);
  expect(Math.max(...counts.values())).toBeLessThan(30);
});
