/** One thing that a menu does. */
export interface MenuItem {
  readonly label: string;
  /** Done to somebody for good: in the colour of what fails. */
  readonly grave?: boolean;
  readonly run: () => void;
}

/** What a menu opens at, in px of the window. */
export type MenuAnchor = Pick<DOMRect, 'bottom' | 'left' | 'right' | 'top'>;

/** A menu that is about to open. */
export interface MenuView {
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly at: MenuAnchor;
  /** It closed: by a choice or the keyboard (`true`), or because the person went elsewhere. */
  readonly closed: (back: boolean) => void;
}

const GAP = 4;
const MARGIN = 8;

/**
 * Opens a menu in the top layer (popover), with the focus on its first item; the answer closes it. Arrows, Home and End
 * move, Escape and Tab close it, and so does a press elsewhere: but not the end of the press that opened it, for which
 * a popover that closes by itself would take it.
 */
export function openMenu(root: Node, { label, items, at, closed }: MenuView): () => void {
  const menu = document.createElement('div');
  menu.className = 'menu';
  menu.popover = 'manual';
  menu.setAttribute('part', 'menu');
  menu.setAttribute('role', 'menu');
  menu.setAttribute('aria-label', label);
  const stop = new AbortController();
  const close = (back: boolean): void => {
    if (stop.signal.aborted) return;
    stop.abort();
    menu.remove();
    closed(back);
  };
  const buttons = items.map(({ label: text, grave = false, run }) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.tabIndex = -1;
    button.setAttribute('part', 'menu-item');
    button.setAttribute('role', 'menuitem');
    button.toggleAttribute('data-grave', grave);
    button.textContent = text;
    button.addEventListener('click', () => {
      close(true);
      run();
    });
    return button;
  });
  menu.append(...buttons);
  menu.addEventListener('keydown', (event) => {
    const now = buttons.findIndex((button) => button.matches(':focus'));
    const to = step(event.key, now, buttons.length);
    if (event.key === 'Escape' || event.key === 'Tab') close(true);
    else if (to === undefined) return;
    else buttons.at(to)?.focus();
    event.preventDefault();
    event.stopPropagation();
  });
  // Where the browser would open its own beside it: the Menu key tells it so when it is let go.
  menu.addEventListener('contextmenu', (event) => event.preventDefault());
  const options = { capture: true, signal: stop.signal };
  const elsewhere = (event: Event): void => {
    if (!event.composedPath().includes(menu)) close(false);
  };
  window.addEventListener('pointerdown', elsewhere, options);
  // A press beside the frame that we may be in is not heard of otherwise.
  window.addEventListener('blur', () => close(false), options);
  root.appendChild(menu);
  menu.showPopover();
  place(menu, at);
  buttons[0]?.focus();
  return () => close(false);
}

/** Where a key leads from an item; undefined where it means nothing. */
export function step(key: string, from: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return (from + 1) % count;
    case 'ArrowUp':
      return (from - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

/** Puts it below what it belongs to, above where there is no room, and always into the window. */
function place(menu: HTMLElement, at: MenuAnchor): void {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const { innerWidth, innerHeight } = window;
  const rtl = getComputedStyle(menu).direction === 'rtl';
  const left = rtl ? at.left : at.right - width;
  const below = at.bottom + GAP;
  const top = below + height > innerHeight - MARGIN ? at.top - GAP - height : below;
  menu.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN))}px`;
  menu.style.top = `${Math.max(MARGIN, top)}px`;
}
