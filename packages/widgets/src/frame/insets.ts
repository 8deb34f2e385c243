import type { Insets } from './protocol.js';

/** Less than that, in px, is no keyboard, but a bar of the browser that comes and goes. */
const KEYBOARD = 80;
/** What stays of a frame however much lies over it, in px. */
const LEAST = 120;

/** What of `visualViewport` counts. */
export type ShownPart = Pick<VisualViewport, 'height' | 'offsetTop' | 'scale'>;

/**
 * How much of a frame a soft keyboard covers, which the frame itself cannot know: the page around it owns the viewport.
 * A frame that is just scrolled away has no insets, nor has one on a page that somebody has zoomed into.
 * @param frame its edges in the layout viewport
 * @param layoutHeight the height of that viewport
 */
export function insetsOf(
  frame: { readonly top: number; readonly bottom: number },
  shown: ShownPart,
  layoutHeight: number,
): Insets {
  if (shown.scale > 1.01 || layoutHeight - shown.height < KEYBOARD) return { top: 0, bottom: 0 };
  const most = Math.max(0, frame.bottom - frame.top - LEAST);
  const bottom = between(0, frame.bottom - shown.offsetTop - shown.height, most);
  return { top: between(0, shown.offsetTop - frame.top, most - bottom), bottom };
}

function between(least: number, value: number, most: number): number {
  return Math.round(Math.min(most, Math.max(least, value)));
}
