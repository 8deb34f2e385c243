import { describe, expect, test } from 'vitest';
import type { Oklch } from './oklch.js';
import { DARK, LIGHT, TEXT_PAIRS } from './tokens.js';

/** OKLCH to linear sRGB (Björn Ottosson's matrices), clipped to the gamut as a screen does. */
function linearRgb({ l, c, h }: Oklch): readonly [number, number, number] {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const x = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const y = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const z = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  return [
    clip(4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z),
    clip(-1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z),
    clip(-0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z),
  ];
}

/** WCAG 2 contrast of two colours, 1 to 21. */
function contrast(one: Oklch, other: Oklch): number {
  const luminance = (colour: Oklch) => {
    const [r, g, b] = linearRgb(colour);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

test('the measure itself is right at its known points', () => {
  expect(contrast({ l: 0, c: 0, h: 0 }, { l: 1, c: 0, h: 0 })).toBeCloseTo(21, 1);
  // #767676 on white, the well-known grey of 4.54.
  expect(contrast({ l: 0.5658, c: 0, h: 0 }, { l: 1, c: 0, h: 0 })).toBeCloseTo(4.54, 1);
});

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
])('%s', (_, scheme) => {
  test.each(TEXT_PAIRS)('%s on %s can be read', (text, ground) => {
    expect(contrast(scheme[text], scheme[ground])).toBeGreaterThanOrEqual(4.5);
  });

  test('a name can be read in every hue', () => {
    for (let h = 0; h < 360; h++) {
      const worst = Math.min(
        contrast({ ...scheme.name, h }, scheme.bg),
        contrast({ ...scheme.name, h }, scheme.surface),
      );
      expect(worst, `hue ${h}`).toBeGreaterThanOrEqual(4.5);
    }
  });
});
