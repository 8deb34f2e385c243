import type { RoomRefusal } from '@meerkat-chat/sdk';
import { html, nothing, type TemplateResult } from 'lit';
import type { Explanations } from '../locales/en.js';
import type { ChatRoom } from './chat-room-element.js';
import { chooseName } from './choose-name.js';
import { isEnter } from './enter-key.js';
import { addStyles } from './late-styles.js';
import { nameFormStyles } from './name-form.styles.js';
import type { Naming } from './naming.js';

/** The longest name, in UTF-16 units. */
export const MAX_NICK = 64;

/** What a question for a name needs beside the element around it. */
export interface NameFormHooks {
  /** What the name is for. */
  readonly naming: Naming;
  /** The words for that; rejects where they cannot be had. */
  readonly explanations: () => Promise<Explanations>;
}

/** One inline field for a name. Loaded when somebody is asked for one. */
export class NameForm {
  readonly #host: ChatRoom;
  readonly #hooks: NameFormHooks;
  #problem: string | undefined;
  #asking = false;

  constructor(host: ChatRoom, hooks: NameFormHooks) {
    this.#host = host;
    this.#hooks = hooks;
    addStyles(host.renderRoot, nameFormStyles);
  }

  /** @param then called when a name was taken. @param cancel called when the person asks for none, where one may */
  render(then: () => void, cancel?: () => void): TemplateResult {
    const { strings } = this.#host;
    const problem = this.#problem;
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
          aria-invalid=${problem !== undefined}
          aria-describedby=${problem ? 'nick-problem' : nothing}
          @keydown=${(event: KeyboardEvent) => this.#onKey(event, then, cancel)}
        />
        <button class="primary" type="button" ?disabled=${this.#asking} @click=${() => void this.#use(then)}>${strings.useName}</button>
        ${problem ? html`<p class="problem" id="nick-problem" role="alert">${problem}</p>` : nothing}
      </div>
    `;
  }

  focus(): void {
    this.#field?.focus();
  }

  get #field(): HTMLInputElement | null {
    return this.#host.renderRoot.querySelector<HTMLInputElement>('#nick');
  }

  #onKey(event: KeyboardEvent, then: () => void, cancel: (() => void) | undefined): void {
    if (isEnter(event)) {
      event.preventDefault();
      void this.#use(then);
    } else if (event.key === 'Escape' && cancel) {
      event.stopPropagation();
      this.#problem = undefined;
      cancel();
    }
  }

  async #use(then: () => void): Promise<void> {
    const field = this.#field;
    const nick = field?.value.trim() ?? '';
    if (this.#asking || !field) return;
    this.#asking = true;
    this.#problem = undefined;
    this.#host.requestUpdate();
    const refusal = nick === '' ? 'nick-refused' : await chooseName(this.#hooks.naming, nick);
    if (refusal) this.#problem = await this.#wordsFor(refusal);
    this.#asking = false;
    // A name that somebody has leads to another one that nobody may have.
    if (refusal === 'nick-conflict' && field.value.trim() === nick) {
      field.value = nextName(nick);
      field.select();
    }
    this.#host.requestUpdate();
    if (!refusal) then();
  }

  async #wordsFor(refusal: RoomRefusal): Promise<string> {
    const { badName } = this.#host.strings;
    if (refusal === 'nick-refused') return badName;
    const words = await this.#hooks.explanations().catch(() => undefined);
    return words?.roomRefusals[refusal].title ?? badName;
  }
}

/** What to be called where somebody has the name already: `Mira 2`, `Mira 3`. */
export function nextName(nick: string): string {
  const [, name = nick, number = '1'] = /^(.*?) (\d{1,2})$/.exec(nick) ?? [];
  return `${name.slice(0, MAX_NICK - 3)} ${Number(number) + 1}`;
}
