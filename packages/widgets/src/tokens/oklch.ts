/** A colour as OKLCH: lightness 0..1, chroma, hue in degrees. */
export interface Oklch {
  readonly l: number;
  readonly c: number;
  readonly h: number;
}

/** The colour as CSS writes it. */
export function toCss({ l, c, h }: Oklch): string {
  return `oklch(${l} ${c} ${h})`;
}
