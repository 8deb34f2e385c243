/** Rows, as the keyboard moves among them. */
export interface KeyedRows {
  /** What scrolls: a page is as high as this. */
  readonly view: HTMLElement;
  /** How many rows there are. */
  readonly count: () => number;
  readonly elementAt: (at: number) => HTMLElement | undefined;
  /** Puts the focus on a row, the nearest there is; false when there is none. */
  readonly focusRow: (at: number) => boolean;
  /** One row on; beyond an end of the rows, more of them come in first. */
  readonly step: (at: number, by: 1 | -1) => boolean;
  readonly toOldest: () => void;
  readonly toNewest: () => void;
  /** Opens the menu of a row. */
  readonly openMenu: (row: HTMLElement) => void;
  /** The reader wants to write. */
  readonly leave: () => void;
}

/** Does what a key means on a row, or on a control in it; false when it means nothing there. */
export function onRowKey(key: string, at: number, target: HTMLElement, rows: KeyedRows): boolean {
  const onRow = target.matches('[data-key]');
  switch (key) {
    case 'ArrowUp':
      return rows.step(at, -1);
    case 'ArrowDown':
      return rows.step(at, 1);
    case 'PageUp':
      return rows.focusRow(pageFrom(at, -1, rows));
    case 'PageDown':
      return rows.focusRow(pageFrom(at, 1, rows));
    case 'Home':
      rows.toOldest();
      return rows.focusRow(0);
    case 'End':
      rows.toNewest();
      return rows.focusRow(rows.count() - 1);
    case 'ArrowLeft':
    case 'ArrowRight':
      return stepInside(target, key === 'ArrowRight');
    case 'ContextMenu':
    case 'Enter':
    case ' ':
      if (onRow && key !== ' ') rows.openMenu(target);
      if (onRow) return key !== ' ';
      // What is a button by its role alone does not press itself.
      if (target.getAttribute('role') !== 'button') return false;
      target.click();
      return true;
    case 'Escape':
      if (onRow) rows.leave();
      else rows.focusRow(at);
      return true;
    default:
      return false;
  }
}

function pageFrom(at: number, by: 1 | -1, { view, elementAt }: KeyedRows): number {
  const page = view.clientHeight;
  const from = elementAt(at)?.offsetTop ?? 0;
  let to = at;
  while (elementAt(to + by)) {
    to += by;
    if (Math.abs((elementAt(to)?.offsetTop ?? 0) - from) >= page) break;
  }
  return to;
}

/** From the row to its first control and from one to the next, by the direction of the page. */
function stepInside(target: HTMLElement, right: boolean): boolean {
  const row = target.closest<HTMLElement>('[data-key]');
  if (row === null) return false;
  const controls = controlsOf(row);
  const on = right === (getComputedStyle(row).direction === 'ltr') ? 1 : -1;
  const from = controls.indexOf(target);
  controls.at((from + (from < 0 ? 1 : on)) % controls.length)?.focus();
  return true;
}

/** What in a row can be pressed, and is seen. */
function controlsOf(row: HTMLElement): readonly HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>('[role="button"], a, button')].filter(
    (control) => control.getClientRects().length > 0,
  );
}
