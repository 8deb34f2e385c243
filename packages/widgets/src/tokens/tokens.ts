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

const ACCENT = 205;
const neutral = (l: number): Oklch => ({ l, c: 0, h: 0 });

// Neutrals have no hue of their own: they stand beside whatever accent a page has.
export const LIGHT: Scheme = {
  bg: neutral(1),
  surface: neutral(0.966),
  text: neutral(0.24),
  muted: neutral(0.5),
  accent: { l: 0.49, c: 0.095, h: ACCENT },
  onAccent: neutral(0.995),
  good: { l: 0.5, c: 0.12, h: 150 },
  warn: { l: 0.5, c: 0.105, h: 70 },
  bad: { l: 0.51, c: 0.18, h: 25 },
  name: { l: 0.49, c: 0.12 },
};

export const DARK: Scheme = {
  bg: neutral(0.2),
  surface: neutral(0.255),
  text: neutral(0.93),
  muted: neutral(0.71),
  accent: { l: 0.78, c: 0.088, h: ACCENT },
  onAccent: neutral(0.18),
  good: { l: 0.78, c: 0.13, h: 150 },
  warn: { l: 0.81, c: 0.12, h: 75 },
  bad: { l: 0.75, c: 0.13, h: 25 },
  name: { l: 0.8, c: 0.095 },
};
