import type { Strings } from '../locales/en.js';
import { addStyles } from './late-styles.js';
import type { RowAction } from './message-row.js';
import { troubleStyles } from './trouble.styles.js';

/**
 * Shows in a row that its message was not sent, and what can be done: to try again, or to let it go. Loaded with the first
 * such message. A row whose message is on its way again by now stays as it is.
 * @param reason for who points at it
 */
export function showTrouble(row: HTMLElement, reason: string, strings: Strings): void {
  if (row.dataset.delivery !== 'failed') return;
  addStyles(row.getRootNode(), troubleStyles);
  const trouble = make('span', 'trouble');
  const mark = make('span', 'trouble-mark', strings.notSent);
  mark.title = reason;
  trouble.append(mark, button('retry', strings.retry), button('discard', strings.discard));
  row.querySelector('.trouble')?.remove();
  row.append(trouble);
}

function button(action: RowAction, label: string): HTMLElement {
  const node = make('button', 'row-action', label);
  node.setAttribute('type', 'button');
  node.dataset.action = action;
  return node;
}

function make(tag: string, name: string, text = ''): HTMLElement {
  const node = document.createElement(tag);
  node.className = name;
  node.setAttribute('part', name);
  node.textContent = text;
  return node;
}
