/** The space between two boxes, in px. */
export const GAP = 12;

/** A box as it stands in the row. */
export interface InLine {
  /** In px; 0 for one that is hidden. */
  readonly width: number;
  /** In px. */
  readonly height: number;
  readonly open: boolean;
  /** Counts up with every opening: the higher, the later. */
  readonly opened: number;
}

/** How far a box is from the corner, in px. */
export interface Spot {
  readonly inline: number;
  readonly block: number;
}

/** Where each box stands, in the order given, and which of them have to be minimised to make room. */
export interface LineUp {
  readonly spots: readonly Spot[];
  readonly tooMany: readonly number[];
}

/**
 * Lines boxes up from the corner: beside each other, or above each other where only one fits (`stacked`). When open
 * ones do not fit into `space` (px), those go first that were opened longest ago; the newest always stays.
 */
export function lineUp(boxes: readonly InLine[], space: number, stacked: boolean): LineUp {
  let at = 0;
  const spots = boxes.map(({ width, height }) => {
    const spot = stacked ? { inline: 0, block: at } : { inline: at, block: 0 };
    if (width > 0) at += (stacked ? height : width) + GAP;
    return spot;
  });
  const tooMany: number[] = [];
  if (stacked) return { spots, tooMany };
  const open = [...boxes.keys()].filter((index) => boxes[index]?.open);
  open.sort((a, b) => (boxes[a]?.opened ?? 0) - (boxes[b]?.opened ?? 0));
  for (const index of open.slice(0, -1)) {
    if (at - GAP <= space) break;
    tooMany.push(index);
    at -= boxes[index]?.width ?? 0;
  }
  return { spots, tooMany };
}
