import { html, nothing, type TemplateResult } from 'lit';
import type { Notice, Remedy } from './explain.js';
import { NameForm } from './name-form.js';

export { explain } from './explain.js';
export { refusalStyles } from './refusal.styles.js';

/** What stands where the composer would. */
export interface RefusalView {
  readonly notice: Notice;
  /** There is nothing to read above it. */
  readonly alone: boolean;
  readonly nameForm: (form: typeof NameForm) => TemplateResult;
  readonly onRemedy: (remedy: Exclude<Remedy, 'name'>) => void;
}

/** Why one is not in the room, and what to do. Loaded when something is refused. */
export function refusal({ notice, alone, nameForm, onRemedy }: RefusalView): TemplateResult {
  const { title, advice, words, remedy, action } = notice;
  return html`
    <div class="notice" part="notice" ?data-alone=${alone}>
      <p class="notice-title">${title}</p>
      ${words ? html`<p class="notice-words" dir="auto">${words}</p>` : nothing}
      <p>${advice}</p>
      ${remedy === 'name' ? nameForm(NameForm) : nothing}
      ${
        remedy === 'join' || remedy === 'retry'
          ? html`<button class="primary" type="button" @click=${() => onRemedy(remedy)}>${action}</button>`
          : nothing
      }
    </div>
  `;
}
