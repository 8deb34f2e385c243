/** Whether the list follows the newest message, or stands still because somebody reads. Pure: no DOM. */
export type ScrollState =
  | { readonly mode: 'pinned' }
  | {
      readonly mode: 'reading';
      /** Messages that came since. */
      readonly unseen: number;
      /** Those of them that name the reader. */
      readonly mentions: number;
    };

export type ScrollEvent =
  /** The list was scrolled: how far the view's end is from the content's, and whether it went up. */
  | { readonly type: 'scrolled'; readonly gap: number; readonly up: boolean; readonly atNewest: boolean }
  /** Messages came at the end. */
  | { readonly type: 'arrived'; readonly count: number; readonly mentions: number }
  /** A row is being read by keyboard: stand still. */
  | { readonly type: 'held' }
  /** Back to the newest: the pill, the End key, one's own message. */
  | { readonly type: 'to-newest' };

/** How near the end (px) counts as being there. */
export const NEAR = 24;

export const PINNED: ScrollState = { mode: 'pinned' };

const READING: ScrollState = { mode: 'reading', unseen: 0, mentions: 0 };

/** The state after an event. The same object is returned where nothing changes. */
export function nextScroll(state: ScrollState, event: ScrollEvent): ScrollState {
  switch (event.type) {
    case 'scrolled':
      if (event.gap <= NEAR) return event.atNewest ? PINNED : state;
      // Growing content and a shrinking view make a gap too; only going up is a wish to read.
      return state.mode === 'pinned' && event.up ? READING : state;
    case 'arrived':
      if (state.mode === 'pinned' || event.count === 0) return state;
      return {
        mode: 'reading',
        unseen: state.unseen + event.count,
        mentions: state.mentions + event.mentions,
      };
    case 'held':
      return state.mode === 'pinned' ? READING : state;
    case 'to-newest':
      return PINNED;
  }
}
