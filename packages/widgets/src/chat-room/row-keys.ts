import type { ListHooks, MessageList } from './message-list.js';
import type { Rows } from './rows.js';

/** The list, as the keyboard moves in it. */
export type KeyedList = Pick<MessageList, 'atNewest' | 'atOldest' | 'bring' | 'hold' | 'toNewest'>;

/** What the reader may ask for there. */
export type KeyedHooks = Pick<ListHooks, 'onEscape' | 'onMenu' | 'onWantOlder'>;

/** Does what a key means on a row, or on a control in it. @param target what it was pressed on */
export function onRowKey(
  event: KeyboardEvent,
  target: HTMLElement,
  list: KeyedList,
  rows: Rows,
  hooks: KeyedHooks,
): void {
  const key = target.closest<HTMLElement>('[data-key]')?.dataset.key;
  if (key === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  if (!does(event.key, rows.keys.indexOf(key), target, list, rows, hooks)) return;
  event.preventDefault();
  event.stopPropagation();
}

/** Whether the key meant something there. */
function does(
  key: string,
  at: number,
  target: HTMLElement,
  list: KeyedList,
  rows: Rows,
  hooks: KeyedHooks,
): boolean {
  const onRow = target.matches('[data-key]');
  switch (key) {
    case 'ArrowUp':
      return step(at, -1, list, rows, hooks);
    case 'ArrowDown':
      return step(at, 1, list, rows, hooks);
    case 'PageUp':
      return rows.focus(pageFrom(at, -1, rows));
    case 'PageDown':
      return rows.focus(pageFrom(at, 1, rows));
    case 'Home':
      list.hold();
      list.bring('oldest');
      return rows.focus(0);
    case 'End':
      list.toNewest();
      return rows.focus(rows.keys.length - 1);
    case 'ArrowLeft':
    case 'ArrowRight':
      return stepInside(target, key === 'ArrowRight');
    case 'ContextMenu':
    case 'Enter':
    case ' ':
      if (onRow && key !== ' ') hooks.onMenu(target);
      if (onRow) return key !== ' ';
      // What is a button by its role alone does not press itself.
      if (target.getAttribute('role') !== 'button') return false;
      target.click();
      return true;
    case 'Escape':
      if (onRow) hooks.onEscape();
      else rows.focus(at);
      return true;
    default:
      return false;
  }
}

/** One row on. Beyond an end of the rows, more of the model comes in first. */
function step(at: number, by: 1 | -1, list: KeyedList, rows: Rows, hooks: KeyedHooks): boolean {
  const key = rows.keys[at];
  const to = at + by;
  if (to < 0 && list.atOldest) hooks.onWantOlder();
  const toward = to < 0 ? 'older' : to >= rows.keys.length && !list.atNewest ? 'newer' : undefined;
  if (!toward || key === undefined) return rows.focus(to);
  list.bring(toward);
  return rows.focus(rows.keys.indexOf(key) + by);
}

/** The row that is a page on from another one. */
function pageFrom(at: number, by: 1 | -1, rows: Rows): number {
  const top = (index: number) => rows.at(index)?.el.offsetTop ?? 0;
  const page = rows.at(at)?.el.closest('.view')?.clientHeight ?? 0;
  let to = at;
  while (rows.at(to + by)) {
    to += by;
    if (Math.abs(top(to) - top(at)) >= page) break;
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
