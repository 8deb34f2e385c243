import { expect, test } from 'vitest';
import { en } from './en.js';
import { explanations } from './en-explanations.js';

test('is what English loads when something is refused', async () => {
  expect(await en.explanations()).toBe(explanations);
});

test('every refusal has a reason and a way on, in whole sentences', () => {
  const { refusals, roomRefusals, noRoom, closed } = explanations;
  for (const { title, advice } of [
    ...Object.values(refusals),
    ...Object.values(roomRefusals),
    noRoom,
    closed,
  ]) {
    expect(title).toMatch(/^[A-Z].*\.$/);
    expect(advice).toMatch(/^[A-Z].*[."]$/);
  }
});
