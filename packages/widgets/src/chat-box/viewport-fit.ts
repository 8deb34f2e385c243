/** The part of the window that is left above a soft keyboard, in px. */
export interface VisiblePart {
  readonly top: number;
  readonly height: number;
  readonly keyboard: boolean;
}

/** What is looked at of `window.visualViewport`. */
export interface Viewport extends Pick<EventTarget, 'addEventListener'> {
  readonly offsetTop: number;
  readonly height: number;
  readonly scale: number;
}

/** Browser bars come and go by less than this (px); a keyboard takes more. */
const KEYBOARD = 120;

/**
 * Tells what is visible, at once and with each change, until `signal` aborts. Undefined means all of it: also while
 * the person has zoomed in, when the visible part is theirs to move.
 */
export function watchVisible(
  viewport: Viewport,
  windowHeight: () => number,
  tell: (part: VisiblePart | undefined) => void,
  signal: AbortSignal,
): void {
  const look = (): void => {
    const { offsetTop, height, scale } = viewport;
    const keyboard = windowHeight() - height > KEYBOARD;
    tell(scale > 1.01 ? undefined : { top: offsetTop, height, keyboard });
  };
  viewport.addEventListener('resize', look, { signal });
  viewport.addEventListener('scroll', look, { signal });
  look();
}
