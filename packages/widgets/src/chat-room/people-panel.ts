import type { Room } from '@meerkat-chat/sdk';
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { Lazy } from '../lazy.js';
import type { Strings } from '../locales/en.js';
import { icons } from './icons.js';
import { addStyles } from './late-styles.js';
import type { Times } from './times.js';

/** What the panel needs of the element around it. */
export interface PanelHooks {
  readonly root: () => ParentNode & Node;
  readonly strings: () => Strings;
  readonly times: () => Times;
}

/** The button with the number of people, and the panel that it opens, which is loaded then. */
export class PeoplePanel {
  readonly #host: ReactiveControllerHost;
  readonly #hooks: PanelHooks;
  readonly #part = new Lazy(
    () => import('./people.js'),
    () => this.#focus(),
  );
  #open = false;

  constructor(host: ReactiveControllerHost, hooks: PanelHooks) {
    this.#host = host;
    this.#hooks = hooks;
  }

  get open(): boolean {
    return this.#open;
  }

  /** Closes it without a word: its room goes. */
  reset(): void {
    this.#open = false;
  }

  button(room: Room | undefined): TemplateResult | typeof nothing {
    const count = room?.occupantCount.value ?? 0;
    if (count === 0) return nothing;
    const strings = this.#hooks.strings();
    const number = this.#hooks.times().count(count);
    return html`<button class="people-button" type="button" aria-expanded=${this.#open} aria-controls="people"
      aria-label=${strings.people(number)} title=${strings.whoIsHere} @click=${() => this.#show(!this.#open)}>
      ${icons.people}<span>${number}</span>
    </button>`;
  }

  render(room: Room | undefined): TemplateResult | typeof nothing {
    if (!this.#open || !room) return nothing;
    const strings = this.#hooks.strings();
    const part = this.#part.value;
    if (!part) {
      return this.#part.failed
        ? html`<p class="line" id="people" tabindex="-1">${strings.notLoaded}</p>`
        : nothing;
    }
    addStyles(this.#hooks.root(), part.peopleStyles);
    return part.peoplePanel({
      strings,
      occupants: room.occupants.value,
      count: room.occupantCount.value,
      format: (count) => this.#hooks.times().count(count),
      onClose: () => this.#show(false),
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

  #show(open: boolean): void {
    this.#open = open;
    if (open) this.#part.retry();
    this.#focus();
  }

  /** Moves the focus into the panel, or back to its button; again when the panel has been loaded. */
  #focus(): void {
    this.#host.requestUpdate();
    const target = this.#open ? '#people' : '.people-button';
    void this.#host.updateComplete.then(() => this.#hooks.root().querySelector<HTMLElement>(target)?.focus());
  }
}
