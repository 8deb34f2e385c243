import { expect, test } from 'vitest';
import { type ColourContext, contrast, over, readColour } from './css-colour.js';

const light: ColourContext = { scheme: 'light', properties: new Map([['--a', '#336699']]) };
const read = (css: string, context = light) => readColour(css, context);

test('the measure is right at its known points', () => {
  expect(contrast(read('black'), read('white'))).toBeCloseTo(21, 5);
  // The well-known greys of 4.54 and 3.03 on white.
  expect(contrast(read('#767676'), read('#ffffff'))).toBeCloseTo(4.54, 2);
  expect(contrast(read('#949494'), read('#ffffff'))).toBeCloseTo(3.03, 2);
});

test('OKLCH of the primaries is what the specification has', () => {
  expect(contrast(read('oklch(0.62796 0.25768 29.234)'), read('#ff0000'))).toBeCloseTo(1, 3);
  expect(contrast(read('oklch(0.86644 0.29483 142.5)'), read('#00ff00'))).toBeCloseTo(1, 3);
});

test.each([
  ['var(--a)', '#336699'],
  ['var(--none, var(--a))', '#336699'],
  ['light-dark(#336699, #000000)', '#336699'],
  ['color-mix(in oklab, #336699 100%, white)', '#336699'],
  ['oklch(from #336699 l c h)', '#336699'],
  ['oklab(from var(--a) min(l, 0.9 + 0.1 * a) a b)', '#336699'],
  ['oklch(from transparent l c h / 1)', 'black'],
  ['oklch(from white clamp(0, (0.57 - l) * 1000, 1) 0 0)', 'black'],
  ['oklch(from black clamp(0, (0.57 - l) * 1000, 1) 0 0)', 'white'],
])('%s is %s', (css, same) => {
  const [one, other] = [read(css), read(same)];
  for (const part of ['l', 'a', 'b', 'alpha'] as const) expect(one[part]).toBeCloseTo(other[part], 3);
});

test('what lies over something lets it through by its share', () => {
  expect(contrast(over(read('black'), read('white'), 0.5), read('#808080'))).toBeCloseTo(1, 1);
});

test.each(['banana', 'var(--none)', 'oklch(from white x 0 0)'])('%s is told apart from a colour', (css) => {
  expect(() => read(css)).toThrow(RangeError);
});
