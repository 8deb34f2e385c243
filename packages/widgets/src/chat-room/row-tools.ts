import { render } from 'lit';
import type { Surroundings } from '../runtime.js';
import { dots } from './dots.js';
import { LongPress } from './long-press.js';
import type { MenuAnchor } from './popup-menu.js';

/** What the tools of rows need of what is around them. */
export interface RowToolsHooks {
  /** What scrolls. */
  readonly list: HTMLElement;
  readonly clock: Surroundings['clock'];
  readonly label: () => string;
  /** Opens the menu of a row. `from` has the focus back afterwards. */
  readonly open: (key: string, at: MenuAnchor, from: HTMLElement) => void;
}

/** What leads to the menu of a row: one button, which goes along with pointer and focus, and a long press. */
export class RowTools {
  readonly #hooks: RowToolsHooks;
  readonly #button = document.createElement('button');
  readonly #press: LongPress;
  readonly #stop = new AbortController();
  #pressed: HTMLElement | undefined;

  constructor(hooks: RowToolsHooks) {
    this.#hooks = hooks;
    const { list, clock, label } = hooks;
    const button = this.#button;
    button.className = 'more-button';
    button.type = 'button';
    button.tabIndex = -1;
    button.setAttribute('part', 'row-menu');
    button.setAttribute('aria-haspopup', 'menu');
    button.setAttribute('aria-label', label());
    button.title = label();
    render(dots, button);
    button.addEventListener('click', () => this.#openAt(button.closest<HTMLElement>('[data-key]'), button));
    const { signal } = this.#stop;
    this.#press = new LongPress(clock, ({ clientX, clientY }) => {
      const at = { left: clientX, right: clientX, top: clientY, bottom: clientY };
      if (!this.#pressed?.isConnected) return;
      // Lifted, the finger would press what it rests on, or take the focus there.
      list.addEventListener('touchend', (event) => event.preventDefault(), { once: true, signal });
      this.#open(this.#pressed, at, this.#pressed);
    });
    const options = { signal, passive: true };
    list.addEventListener('pointermove', (event) => this.#press.move(event), options);
    // Where the browser scrolls it cancels the pointer. What scrolls by itself, as messages arrive, ends nothing.
    for (const type of ['pointerup', 'pointercancel']) {
      list.addEventListener(type, () => this.#press.end(), options);
    }
  }

  /** A pointer or the focus has come to a row; the event may be over already. */
  touched(event: Event, row: HTMLElement): void {
    if (event.type === 'focusin') {
      if (row.matches(':focus-visible, :has(:focus-visible)')) this.#goTo(row);
      return;
    }
    const pointer = event as PointerEvent;
    if (pointer.pointerType !== 'touch') {
      // A mouse has its own menu, which stays what it is.
      if (event.type === 'pointerover') this.#goTo(row);
    } else if (event.type === 'contextmenu') {
      // What the browser makes of a long press.
      event.preventDefault();
    } else if (event.type === 'pointerdown') {
      this.#pressed = row;
      this.#press.down(pointer);
    }
  }

  /** The person asks for the menu of a row by a key. */
  openFor(row: HTMLElement): void {
    this.#goTo(row);
    this.#openAt(row, row);
  }

  /** The menu is open, or closed again. */
  expand(open: boolean): void {
    this.#button.setAttribute('aria-expanded', String(open));
  }

  relabel(): void {
    this.#button.setAttribute('aria-label', this.#hooks.label());
    this.#button.title = this.#hooks.label();
  }

  close(): void {
    this.#stop.abort();
    this.#press.end();
    this.#button.remove();
  }

  #goTo(row: HTMLElement): void {
    if (this.#button.parentElement !== row) row.append(this.#button);
  }

  #openAt(row: HTMLElement | null, from: HTMLElement): void {
    if (row) this.#open(row, this.#button.getBoundingClientRect(), from);
  }

  #open(row: HTMLElement, at: MenuAnchor, from: HTMLElement): void {
    const { key } = row.dataset;
    if (key !== undefined) this.#hooks.open(key, at, from);
  }
}
