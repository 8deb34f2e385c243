import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { Lazy } from '../lazy.js';
import type { Explanations } from '../locales/en.js';
import type { ChatRoom } from './chat-room-element.js';
import { isEnter } from './enter-key.js';
import { sendIcon } from './icons.js';
import type { NameForm } from './name-form.js';
import type { Naming } from './naming.js';
import type { Suggestions } from './suggestions.js';
import type { Touched } from './touched.js';

/**
 * The longest text that can be written, in UTF-16 units: at three bytes each it stays below a room's 16 KiB.
 */
export const MAX_TEXT = 5000;

/** What a composer needs beside the element around it. */
export interface ComposerHooks {
  /** What is loaded when somebody begins to write. */
  readonly touched: Lazy<Touched>;
  readonly room: () => string;
  /** True while the person must choose a name before anything is sent. */
  readonly needsName: () => boolean;
  /** The reason why nothing can be written, if there is one. */
  readonly muted: () => string | undefined;
  /** What a name is asked for. */
  readonly naming: Naming;
  /** The words for why it cannot be had. */
  readonly explanations: () => Promise<Explanations>;
  /** Sends; false keeps the text. */
  readonly send: (text: string) => boolean;
  /** The person has changed what is written, or it was sent. */
  readonly drafted: (text: string) => void;
  /** Who can be named, most likely first. */
  readonly names: () => Iterable<string>;
  /** Says a sentence aloud. */
  readonly say: (text: string) => void;
  /** Something that was asked for could not be loaded. */
  readonly missing: () => void;
}

/**
 * The field that is written in: it grows to five lines, and asks a guest for a name once, before the first sending.
 * There is no `<form>` in it: a frame that is sandboxed without `allow-forms` would never send.
 */
export class Composer implements ReactiveController {
  readonly #host: ChatRoom;
  readonly #hooks: ComposerHooks;
  #suggestions: Suggestions | undefined;
  #nameForm: NameForm | undefined;
  #asking = false;
  #draft = '';

  constructor(host: ChatRoom, hooks: ComposerHooks) {
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
    (this.#asking ? this.#nameForm : this.#field)?.focus();
  }

  render(): TemplateResult {
    const { strings } = this.#host;
    const muted = this.#hooks.muted();
    return html`
      ${this.#asking ? this.#nameForm?.render(this.#onNamed, this.#stopAsking) : nothing}
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
          ${sendIcon}
        </button>
      </div>
    `;
  }

  /** The field for a name alone, where the room was refused for want of one. */
  nameForm(Form: typeof NameForm): TemplateResult {
    return this.#formOf(Form).render(this.#stopAsking);
  }

  get #field(): HTMLTextAreaElement | null | undefined {
    // Before the element was in a page there is nothing to look in.
    return this.#host.renderRoot?.querySelector('textarea');
  }

  #onInput = (): void => {
    const field = this.#field;
    if (!field) return;
    grow(field);
    const had = this.#hasText;
    this.#draft = field.value;
    if (had !== this.#hasText) this.#host.requestUpdate();
    this.#hooks.drafted(this.#draft);
    if (this.#suggestions || this.#draft.includes('@'))
      this.#hooks.touched.use((part) => this.#offerNames(part));
  };

  #offerNames(part: Touched | undefined): void {
    this.#suggestions ??=
      part &&
      new part.Suggestions(this.#host, {
        ...this.#hooks,
        field: () => this.#field,
        take: (nick, from, to) => this.#put(nick, from, to),
      });
    this.#suggestions?.look();
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
    if (this.#hooks.needsName()) this.#hooks.touched.use((part) => void this.#ask(part));
    else this.#sendDraft();
  }

  async #ask(part: Touched | undefined): Promise<void> {
    if (!part) {
      this.#hooks.missing();
      return;
    }
    this.#formOf(part.NameForm);
    this.#asking = true;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.focus();
  }

  #formOf(Form: typeof NameForm): NameForm {
    this.#nameForm ??= new Form(this.#host, this.#hooks);
    return this.#nameForm;
  }

  #onNamed = (): void => {
    this.#stopAsking();
    this.#sendDraft();
  };

  #stopAsking = (): void => {
    this.#asking = false;
    this.#host.requestUpdate();
    this.#field?.focus();
  };

  #sendDraft(): void {
    if (!this.#hasText || !this.#hooks.send(this.#draft)) return;
    this.draft = '';
    this.#hooks.drafted('');
  }
}

/** Lets a text area be as high as its text where the browser does not do so by itself (`field-sizing`). */
function grow(field: HTMLTextAreaElement): void {
  if (CSS.supports('field-sizing', 'content')) return;
  field.style.blockSize = 'auto';
  field.style.blockSize = `${field.scrollHeight}px`;
}
