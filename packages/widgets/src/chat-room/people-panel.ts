import { nothing, type TemplateResult } from 'lit';
import type { Shown } from '../connect.js';
import type { ChatRoom } from './chat-room-element.js';
import { addStyles } from './late-styles.js';
import { type PersonMenus, peoplePanel } from './people.js';
import { peopleStyles } from './people.styles.js';
import type { Times } from './times.js';

/** What the panel needs beside the element around it. */
export interface PanelHooks {
  readonly times: () => Times;
  readonly menus: () => PersonMenus | undefined;
}

/** The panel that the button with the number of people opens, and where the focus goes with it. Loaded at the first press. */
export class PeoplePanel {
  readonly #host: ChatRoom;
  readonly #hooks: PanelHooks;
  #open = false;

  constructor(host: ChatRoom, hooks: PanelHooks) {
    this.#host = host;
    this.#hooks = hooks;
    addStyles(host.renderRoot, peopleStyles);
  }

  get open(): boolean {
    return this.#open;
  }

  /** Closes it without a word: its room goes. */
  reset(): void {
    this.#open = false;
  }

  /** The button was pressed. */
  toggle(): void {
    this.#show(!this.#open);
  }

  render(room: Shown | undefined): TemplateResult | typeof nothing {
    if (!this.#open || !room) return nothing;
    return peoplePanel({
      strings: this.#host.strings,
      occupants: room.occupants.value,
      count: room.occupantCount.value,
      format: (count) => this.#hooks.times().count(count),
      onClose: () => this.#show(false),
      menus: this.#hooks.menus(),
    });
  }

  /** Escape closes it, wherever the focus is. */
  onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !this.#open) return;
    event.stopPropagation();
    this.#show(false);
  }

  /** So does a press beside it. */
  onPointer(event: Event): void {
    if (!this.#open) return;
    const inside = event
      .composedPath()
      .some((node) => node instanceof Element && node.matches('#people, .people-button'));
    if (inside) return;
    this.#open = false;
    this.#host.requestUpdate();
  }

  /** Moves the focus into the panel, or back to its button. */
  #show(open: boolean): void {
    this.#open = open;
    this.#host.requestUpdate();
    const target = open ? '#people' : '.people-button';
    void this.#host.updateComplete.then(() =>
      this.#host.renderRoot.querySelector<HTMLElement>(target)?.focus(),
    );
  }
}
