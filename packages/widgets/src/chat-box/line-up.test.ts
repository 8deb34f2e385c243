import { expect, test } from 'vitest';
import { GAP, type InLine, lineUp } from './line-up.js';

const box = (width: number, opened = 0): InLine => ({ width, height: 48, open: opened > 0, opened });

test('boxes stand beside each other without overlap, and a hidden one takes no room', () => {
  const { spots } = lineUp([box(120), box(0), box(360, 1), box(80)], 2000, false);
  expect(spots.map(({ inline }) => inline)).toEqual([0, 120 + GAP, 120 + GAP, 480 + 2 * GAP]);
  expect(spots.every(({ block }) => block === 0)).toBe(true);
});

test('on a narrow screen they stand above each other', () => {
  const { spots, tooMany } = lineUp([box(120), box(360, 1), box(80)], 300, true);
  expect(spots).toEqual([
    { inline: 0, block: 0 },
    { inline: 0, block: 48 + GAP },
    { inline: 0, block: 2 * (48 + GAP) },
  ]);
  expect(tooMany).toEqual([]);
});

test('what does not fit goes, the one opened longest ago first', () => {
  const three = [box(360, 2), box(360, 1), box(360, 3)];
  const all = 3 * 360 + 2 * GAP;
  expect(lineUp(three, all, false).tooMany).toEqual([]);
  expect(lineUp(three, all - 1, false).tooMany).toEqual([1]);
  expect(lineUp(three, 400, false).tooMany).toEqual([1, 0]);
});

test('the newest stays however little room there is', () => {
  expect(lineUp([box(360, 1)], 100, false).tooMany).toEqual([]);
});
