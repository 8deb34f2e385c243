import type { Oklch } from '../oklch.js';

/** A colour as OKLab, and how opaque it is. */
export interface Oklab {
  readonly l: number;
  readonly a: number;
  readonly b: number;
  readonly alpha: number;
}

/** In what a CSS colour is read: the custom properties with their values, and the scheme that `light-dark()` goes by. */
export interface ColourContext {
  readonly scheme: 'dark' | 'light';
  readonly properties: ReadonlyMap<string, string>;
  /** What has been read of it, for who asks often. */
  readonly known?: Map<string, Oklab>;
}

const NAMED: Readonly<Record<string, string>> = {
  white: '#ffffff',
  black: '#000000',
  yellow: '#ffff00',
  lime: '#00ff00',
  aqua: '#00ffff',
  fuchsia: '#ff00ff',
  red: '#ff0000',
  blue: '#0000ff',
  gray: '#808080',
  rebeccapurple: '#663399',
};

/** Reads a colour as a browser does (CSS Color 5), as far as our styles need it. RangeError for anything else. */
export function readColour(text: string, context: ColourContext): Oklab {
  const css = text.trim();
  const colour = context.known?.get(css) ?? parse(css, context);
  context.known?.set(css, colour);
  return colour;
}

function parse(css: string, context: ColourContext): Oklab {
  const read = (inner: string) => readColour(inner, context);
  if (css === 'transparent') return { l: 0, a: 0, b: 0, alpha: 0 };
  const hex = NAMED[css] ?? css;
  if (/^#[0-9a-f]{6}$/i.test(hex)) {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
    return fromLinear([toLinear(r), toLinear(g), toLinear(b)]);
  }
  const [, name = '', inside = ''] = /^([a-z-]+)\((.*)\)$/s.exec(css) ?? [];
  const parts = split(inside, ',');
  switch (name) {
    case 'var': {
      const [property = '', ...fallback] = parts;
      const value = context.properties.get(property.trim());
      if (value === undefined && fallback.length === 0) throw new RangeError(`${property} is not set`);
      return read(value ?? fallback.join(','));
    }
    case 'light-dark':
      return read(parts[context.scheme === 'light' ? 0 : 1] ?? '');
    case 'color-mix': {
      const [, first = '', second = ''] = parts;
      const [, one = '', share = ''] = /^(.*?) (\d+)%$/s.exec(first.trim()) ?? [];
      return mix(read(one), Number(share) / 100, read(second));
    }
    case 'oklch':
    case 'oklab': {
      const from = /^from (.*)$/s.exec(inside);
      const [origin = '', ...channels] = from ? split(from[1] ?? '', ' ') : ['', ...split(inside, ' ')];
      const base = from ? read(origin) : { l: 0, a: 0, b: 0, alpha: 1 };
      const known = { ...base, c: Math.hypot(base.a, base.b), h: degrees(base) };
      const [l = 0, second = 0, third = 0, , alpha = base.alpha] = channels.map((channel) =>
        channel === '/' ? 0 : calculate(channel, known, context),
      );
      return name === 'oklab'
        ? { l, a: second, b: third, alpha }
        : fromOklch({ l, c: second, h: third }, alpha);
    }
    default:
      throw new RangeError(`"${css}" is no colour that is known here`);
  }
}

/** The first colour over the second, as a screen blends them. */
export function over(top: Oklab, ground: Oklab, opacity = 1): Oklab {
  const share = top.alpha * opacity;
  const [one, other] = [linearRgb(top).map(toGamma), linearRgb(ground).map(toGamma)];
  return fromLinear(one.map((value, at) => toLinear(value * share + (other[at] ?? 0) * (1 - share))));
}

/** WCAG 2 contrast of two opaque colours, 1 to 21. */
export function contrast(one: Oklab, other: Oklab): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

export function fromOklch({ l, c, h }: Oklch, alpha = 1): Oklab {
  const angle = (h * Math.PI) / 180;
  return { l, a: c * Math.cos(angle), b: c * Math.sin(angle), alpha };
}

function luminance(colour: Oklab): number {
  const [r = 0, g = 0, b = 0] = linearRgb(colour);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Linear sRGB (Björn Ottosson's matrices), clipped to the gamut as a screen does. */
function linearRgb({ l, a, b }: Oklab): readonly number[] {
  const x = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const y = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const z = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ].map((value) => Math.min(1, Math.max(0, value)));
}

function fromLinear([r = 0, g = 0, b = 0]: readonly number[]): Oklab {
  const x = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const y = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const z = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return {
    l: 0.2104542553 * x + 0.793617785 * y - 0.0040720468 * z,
    a: 1.9779984951 * x - 2.428592205 * y + 0.4505937099 * z,
    b: 0.0259040371 * x + 0.7827717662 * y - 0.808675766 * z,
    alpha: 1,
  };
}

const toLinear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const toGamma = (value: number) => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);
const degrees = ({ a, b }: Oklab) => ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360;

function mix(one: Oklab, share: number, other: Oklab): Oklab {
  const alpha = one.alpha * share + other.alpha * (1 - share);
  const part = (name: 'a' | 'b' | 'l') =>
    (one[name] * one.alpha * share + other[name] * other.alpha * (1 - share)) / (alpha || 1);
  return { l: part('l'), a: part('a'), b: part('b'), alpha };
}

/** Splits at a separator that stands in no brackets. */
function split(text: string, separator: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text.trim()) {
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (character === separator && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.filter((part) => part !== '');
}

/** A channel: a number, a keyword of the origin, a sum of products, or min, max and clamp of such. */
function calculate(text: string, known: Readonly<Record<string, number>>, context: ColourContext): number {
  const css = text.trim();
  const inner = (part: string) => calculate(part, known, context);
  for (const [operator, apply] of [
    [' + ', (a: number, b: number) => a + b],
    [' - ', (a: number, b: number) => a - b],
    [' * ', (a: number, b: number) => a * b],
  ] as const) {
    const [first = '', ...more] = splitAt(css, operator);
    if (more.length > 0) return more.reduce((sum, part) => apply(sum, inner(part)), inner(first));
  }
  const [, name = '', inside = ''] = /^([a-z]*)\((.*)\)$/s.exec(css) ?? [];
  if (name === 'var') return inner(context.properties.get(inside.trim()) ?? '');
  const values = () => split(inside, ',').map(inner);
  if (name === 'min') return Math.min(...values());
  if (name === 'max') return Math.max(...values());
  if (name === 'clamp') {
    const [least = 0, value = 0, most = 0] = values();
    return Math.max(least, Math.min(value, most));
  }
  if (inside !== '') return inner(inside);
  const number = known[css] ?? Number(css || Number.NaN);
  if (Number.isNaN(number)) throw new RangeError(`"${css}" is no number`);
  return number;
}

/** Splits at an operator with its spaces, outside of brackets. */
function splitAt(text: string, operator: string): string[] {
  const marked = [...text].reduce(
    ({ depth, out }, character) => ({
      depth: depth + (character === '(' ? 1 : character === ')' ? -1 : 0),
      out: out + (depth > 0 || character === '(' ? character.replace(' ', '\u0000') : character),
    }),
    { depth: 0, out: '' },
  ).out;
  return marked.split(operator).map((part) => part.replaceAll('\u0000', ' '));
}
