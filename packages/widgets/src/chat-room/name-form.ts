import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Strings } from '../locales/en.js';
import { isEnter } from './enter-key.js';
import { addStyles } from './late-styles.js';
import { nameFormStyles } from './name-form.styles.js';

/** The longest name, in UTF-16 units. */
export const MAX_NICK = 64;

/** What a question for a name needs of the element around it. */
export interface NameFormHooks {
  readonly root: () => (ParentNode & Node) | undefined;
  readonly strings: () => Strings;
  /** Takes the name; false when it cannot be one. */
  readonly useName: (nick: string) => boolean;
}

/** One inline field for a name. Loaded when somebody is asked for one. */
export class NameForm {
  readonly #host: ReactiveControllerHost;
  readonly #hooks: NameFormHooks;
  #bad = false;

  constructor(host: ReactiveControllerHost, hooks: NameFormHooks) {
    this.#host = host;
    this.#hooks = hooks;
    const root = hooks.root();
    if (root) addStyles(root, nameFormStyles);
  }

  /** @param then called when a name was taken. @param cancel called when the person asks for none, where one may */
  render(then: () => void, cancel?: () => void): TemplateResult {
    const strings = this.#hooks.strings();
    return html`
      <div class="name-form" part="name-form">
        <label for="nick">${strings.nameHint}</label>
        <input
          id="nick"
          part="input"
          dir="auto"
          required
          autocomplete="nickname"
          enterkeyhint="done"
          maxlength=${MAX_NICK}
          placeholder=${strings.yourName}
          aria-invalid=${this.#bad}
          aria-describedby=${this.#bad ? 'nick-problem' : nothing}
          @keydown=${(event: KeyboardEvent) => this.#onKey(event, then, cancel)}
        />
        <button class="primary" type="button" @click=${() => this.#use(then)}>${strings.useName}</button>
        ${this.#bad ? html`<p class="problem" id="nick-problem" role="alert">${strings.badName}</p>` : nothing}
      </div>
    `;
  }

  focus(): void {
    this.#field?.focus();
  }

  get #field(): HTMLInputElement | null | undefined {
    return this.#hooks.root()?.querySelector<HTMLInputElement>('#nick');
  }

  #onKey(event: KeyboardEvent, then: () => void, cancel: (() => void) | undefined): void {
    if (isEnter(event)) {
      event.preventDefault();
      this.#use(then);
    } else if (event.key === 'Escape' && cancel) {
      event.stopPropagation();
      this.#bad = false;
      cancel();
    }
  }

  #use(then: () => void): void {
    const nick = this.#field?.value.trim() ?? '';
    this.#bad = nick === '' || !this.#hooks.useName(nick);
    this.#host.requestUpdate();
    if (!this.#bad) then();
  }
}
