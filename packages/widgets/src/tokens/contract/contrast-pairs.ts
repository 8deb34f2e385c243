/** Something that is to be told from what it lies on. All as the styles write it. */
export interface ContrastPair {
  readonly front: string;
  readonly grounds: readonly string[];
  /** Of the front, where it is not 1. */
  readonly opacity?: number;
  /** 4.5 for text (WCAG 1.4.3), 3 for rings and borders (1.4.11). */
  readonly least: 3 | 4.5;
}

const BG = 'var(--_bg)';
const SURFACE = 'var(--_surface)';
const ACCENT = 'var(--_accent)';
/** A row that names the person. */
const MENTION = 'color-mix(in oklab, var(--_accent) 9%, var(--_bg))';
const HOVERED = 'color-mix(in oklab, var(--_accent) 90%, var(--_text))';
const HOVERED_GRAVE = 'color-mix(in oklab, var(--_bad) 90%, var(--_text))';
/** A bubble of one's own that waits to be sent. */
const WAITING = 'color-mix(in oklab, var(--_accent) 24%, var(--_bg))';
/** What a row may lie on. */
export const ROWS: readonly string[] = [BG, SURFACE, MENTION];

/** What is written or drawn on what, in all elements. A test holds that the styles have no colour which is not here. */
export const CONTRAST_PAIRS: readonly ContrastPair[] = [
  { front: 'var(--_text)', grounds: [...ROWS, WAITING], least: 4.5 },
  // A message that waits to be sent.
  { front: 'var(--_text)', grounds: ROWS, opacity: 0.72, least: 4.5 },
  { front: 'var(--_muted)', grounds: ROWS, least: 4.5 },
  { front: 'color-mix(in oklab, var(--_accent) 75%, var(--_text))', grounds: ROWS, least: 4.5 },
  { front: ACCENT, grounds: [BG, SURFACE], least: 4.5 },
  { front: 'var(--_on-accent)', grounds: [ACCENT, HOVERED], least: 4.5 },
  { front: 'var(--_good)', grounds: [BG], least: 4.5 },
  { front: 'var(--_warn)', grounds: [BG], least: 4.5 },
  { front: 'var(--_bad)', grounds: ROWS, least: 4.5 },
  { front: BG, grounds: ['var(--_bad)', HOVERED_GRAVE], least: 4.5 },
  // A focus ring, and the bar of a row that names the person.
  { front: ACCENT, grounds: ROWS, least: 3 },
  { front: 'var(--_border)', grounds: [BG, SURFACE], least: 3 },
];
