import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import { Lazy } from '../lazy.js';
import type { Strings } from '../locales/en.js';
import { icons } from './icons.js';
import type { Suggestions } from './suggestions.js';

/**
 * The longest text that can be written, in UTF-16 units: at three bytes each it stays below a room's 16 KiB.
 */
export const MAX_TEXT = 5000;
/** The longest name, in UTF-16 units. */
export const MAX_NICK = 64;

/** What a composer needs of the element around it. */
export interface ComposerHooks {
  /** Where it is rendered; undefined before that. */
  readonly root: () => ParentNode | undefined;
  readonly strings: () => Strings;
  readonly room: () => string;
  /** True while the person must choose a name before anything is sent. */
  readonly needsName: () => boolean;
  /** The reason why nothing can be written, if there is one. */
  readonly muted: () => string | undefined;
  /** Takes the name; false when it cannot be one. */
  readonly useName: (nick: string) => boolean;
  /** Sends; false keeps the text. */
  readonly send: (text: string) => boolean;
  /** The person has changed what is written, or it was sent. */
  readonly drafted: (text: string) => void;
  /** Who can be named, most likely first. */
  readonly names: () => Iterable<string>;
  /** Says a sentence aloud. */
  readonly say: (text: string) => void;
}

/**
 * The field that is written in: it grows to five lines, and asks a guest for a name once, before the first sending.
 * There is no `<form>` in it: a frame that is sandboxed without `allow-forms` would never send.
 */
export class Composer implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #hooks: ComposerHooks;
  readonly #offering = new Lazy(
    () => import('./suggestions.js'),
    () => this.#offerNames(),
  );
  #suggestions: Suggestions | undefined;
  #asking = false;
  #badName = false;
  #draft = '';

  constructor(host: ReactiveControllerHost, hooks: ComposerHooks) {
    this.#host = host;
    this.#hooks = hooks;
    host.addController(this);
  }

  /** What is written and not sent. It outlives the field, which is not there while the room is refused. */
  get draft(): string {
    return this.#draft;
  }

  set draft(text: string) {
    if (text === this.#draft) return;
    this.#draft = text.slice(0, MAX_TEXT);
    this.#host.requestUpdate();
  }

  get #hasText(): boolean {
    return this.#draft.trim() !== '';
  }

  hostUpdated(): void {
    const field = this.#field;
    if (!field || field.value === this.#draft) return;
    field.value = this.#draft;
    grow(field);
  }

  /** Writes a name where the cursor is, and goes on from there. */
  mention(nick: string): void {
    const field = this.#field;
    if (!field) return;
    this.#put(nick, field.selectionStart, field.selectionEnd);
  }

  focus(): void {
    (this.#asking ? this.#name : this.#field)?.focus();
  }

  render(): TemplateResult {
    const strings = this.#hooks.strings();
    const muted = this.#hooks.muted();
    return html`
      ${this.#asking ? this.nameForm(() => this.#sendDraft()) : nothing}
      <div class="composer" part="composer">
        ${this.#suggestions?.render()}
        <textarea
          part="input"
          rows="1"
          dir=${this.#hasText ? 'auto' : nothing}
          enterkeyhint="send"
          maxlength=${MAX_TEXT}
          aria-label=${strings.composer(this.#hooks.room())}
          aria-autocomplete="list"
          aria-controls=${this.#suggestions?.open ? 'names' : nothing}
          aria-activedescendant=${this.#suggestions?.active ?? nothing}
          placeholder=${muted ?? strings.placeholder}
          ?disabled=${muted !== undefined}
          @input=${this.#onInput}
          @keydown=${this.#onKey}
          @click=${() => this.#suggestions?.look()}
          @blur=${() => this.#suggestions?.close()}
        ></textarea>
        <button class="send" part="send" type="button" aria-label=${strings.send} ?data-idle=${!this.#hasText}
          ?disabled=${!this.#hasText || muted !== undefined}
          @click=${() => this.#submit()}>
          ${icons.send}
        </button>
      </div>
    `;
  }

  /** One inline field for a name; `then` is called when it was taken. */
  nameForm(then: () => void): TemplateResult {
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
          aria-invalid=${this.#badName ? 'true' : 'false'}
          aria-describedby=${this.#badName ? 'nick-problem' : nothing}
          @keydown=${(event: KeyboardEvent) => this.#onNameKey(event, then)}
        />
        <button class="primary" type="button" @click=${() => this.#onName(then)}>${strings.useName}</button>
        ${this.#badName ? html`<p class="problem" id="nick-problem" role="alert">${strings.badName}</p>` : nothing}
      </div>
    `;
  }

  get #field(): HTMLTextAreaElement | null | undefined {
    return this.#hooks.root()?.querySelector('textarea');
  }

  get #name(): HTMLInputElement | null | undefined {
    return this.#hooks.root()?.querySelector<HTMLInputElement>('#nick');
  }

  #onInput = (): void => {
    const field = this.#field;
    if (!field) return;
    grow(field);
    const had = this.#hasText;
    this.#draft = field.value;
    if (had !== this.#hasText) this.#host.requestUpdate();
    this.#hooks.drafted(this.#draft);
    if (this.#draft.includes('@')) this.#offering.retry();
    this.#suggestions?.look();
  };

  /** What offers names has been loaded, or could not be: most people never write an `@`. */
  #offerNames(): void {
    const part = this.#offering.value;
    if (!part) return;
    this.#suggestions ??= new part.Suggestions(this.#host, {
      ...this.#hooks,
      field: () => this.#field,
      take: (nick, from, to) => this.#put(nick, from, to),
    });
    this.#suggestions.look();
  }

  #onKey = (event: KeyboardEvent): void => {
    if (!event.isComposing && this.#suggestions?.onKey(event)) return;
    if (!isEnter(event) || event.shiftKey) return;
    event.preventDefault();
    this.#submit();
  };

  #put(nick: string, from: number, to: number): void {
    const field = this.#field;
    if (!field || field.disabled) return;
    const before = field.value.slice(0, from);
    const name = `${before === '' || /[\s(]$/.test(before) ? '' : ' '}@${nick} `;
    if (field.value.length - (to - from) + name.length <= MAX_TEXT) field.setRangeText(name, from, to, 'end');
    field.focus();
    this.#onInput();
  }

  #submit(): void {
    if (!this.#hasText) return;
    if (this.#hooks.needsName()) void this.#ask();
    else this.#sendDraft();
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#name?.focus();
  }

  #onNameKey(event: KeyboardEvent, then: () => void): void {
    if (isEnter(event)) {
      event.preventDefault();
      this.#onName(then);
    } else if (event.key === 'Escape' && this.#asking) {
      event.stopPropagation();
      this.#stopAsking();
    }
  }

  #onName(then: () => void): void {
    const nick = this.#name?.value.trim() ?? '';
    this.#badName = nick === '' || !this.#hooks.useName(nick);
    this.#host.requestUpdate();
    if (this.#badName) return;
    this.#stopAsking();
    then();
  }

  #stopAsking(): void {
    this.#asking = false;
    this.#badName = false;
    this.#host.requestUpdate();
    this.#field?.focus();
  }

  #sendDraft(): void {
    if (!this.#hasText || !this.#hooks.send(this.#draft)) return;
    this.draft = '';
    this.#hooks.drafted('');
  }
}

/** While an input method composes a word, Enter chooses it; Safari tells so only by key code 229. */
function isEnter({ key, isComposing, keyCode }: KeyboardEvent): boolean {
  return key === 'Enter' && !isComposing && keyCode !== 229;
}

/** Lets a text area be as high as its text where the browser does not do so by itself (`field-sizing`). */
function grow(field: HTMLTextAreaElement): void {
  if (CSS.supports('field-sizing', 'content')) return;
  field.style.blockSize = 'auto';
  field.style.blockSize = `${field.scrollHeight}px`;
}
