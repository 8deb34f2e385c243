/** From this lightness on a ground is a light one. */
const LIGHT_FROM = 0.55;

/**
 * Whether a colour, as `getComputedStyle` writes it, is a light one; undefined for one that is rather see-through. What
 * is between is judged roughly: grounds that text is read on are far from the middle.
 */
export function isLight(colour: string): boolean | undefined {
  const [first = 0, second = 0, third = 0, alpha = 1] = (colour.match(/(?<=[ (])(none|[-\d.e]+)/g) ?? []).map(
    (number) => Number.parseFloat(number) || 0,
  );
  if (alpha < 0.5) return undefined;
  // `oklab`, `oklch`, `lab` and `lch` begin with the lightness; `rgb` and `color` have red, green and blue.
  const lightness = /^(ok)?l/.test(colour) ? first : 0.3 * first + 0.59 * second + 0.11 * third;
  const whole = colour.startsWith('rgb') ? 255 : colour.startsWith('l') ? 100 : 1;
  return lightness / whole >= LIGHT_FROM;
}
