import type { Oklch } from './oklch.js';

/** Every colour that an element has, once per scheme. */
export interface Scheme {
  /** What everything lies on. */
  readonly bg: Oklch;
  /** A field, a hovered row, a raised panel. */
  readonly surface: Oklch;
  readonly text: Oklch;
  /** Times, counts, hints: quieter, still readable. */
  readonly muted: Oklch;
  readonly accent: Oklch;
  /** Text on the accent. */
  readonly onAccent: Oklch;
  readonly good: Oklch;
  readonly warn: Oklch;
  readonly bad: Oklch;
  /** A person's name; its hue comes from the person (`nameHue`). */
  readonly name: Omit<Oklch, 'h'>;
}

// Neutrals lean a little to the accent's hue, which keeps them from looking grey beside it.
const NEUTRAL = 210;
const ACCENT = 205;

export const LIGHT: Scheme = {
  bg: { l: 1, c: 0, h: 0 },
  surface: { l: 0.966, c: 0.004, h: NEUTRAL },
  text: { l: 0.24, c: 0.014, h: NEUTRAL },
  muted: { l: 0.5, c: 0.016, h: NEUTRAL },
  accent: { l: 0.5, c: 0.095, h: ACCENT },
  onAccent: { l: 0.995, c: 0, h: 0 },
  good: { l: 0.5, c: 0.12, h: 150 },
  warn: { l: 0.5, c: 0.105, h: 70 },
  bad: { l: 0.51, c: 0.18, h: 25 },
  name: { l: 0.49, c: 0.12 },
};

export const DARK: Scheme = {
  bg: { l: 0.2, c: 0.012, h: NEUTRAL },
  surface: { l: 0.255, c: 0.013, h: NEUTRAL },
  text: { l: 0.93, c: 0.006, h: NEUTRAL },
  muted: { l: 0.71, c: 0.014, h: NEUTRAL },
  accent: { l: 0.78, c: 0.088, h: ACCENT },
  onAccent: { l: 0.18, c: 0, h: 0 },
  good: { l: 0.78, c: 0.13, h: 150 },
  warn: { l: 0.81, c: 0.12, h: 75 },
  bad: { l: 0.75, c: 0.13, h: 25 },
  name: { l: 0.8, c: 0.095 },
};

/** A pair of roles whose first is written on the second. */
export type TextPair = readonly [text: Exclude<keyof Scheme, 'name'>, ground: Exclude<keyof Scheme, 'name'>];

/** What is written on what: each pair must reach a contrast of 4.5 (WCAG 1.4.3). */
export const TEXT_PAIRS: readonly TextPair[] = [
  ['text', 'bg'],
  ['text', 'surface'],
  ['muted', 'bg'],
  ['muted', 'surface'],
  ['accent', 'bg'],
  ['accent', 'surface'],
  ['onAccent', 'accent'],
  ['good', 'bg'],
  ['warn', 'bg'],
  ['bad', 'bg'],
  ['bad', 'surface'],
];
