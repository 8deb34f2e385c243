import { html, nothing, type TemplateResult } from 'lit';
import type { Notice } from './explain.js';
import { NameForm } from './name-form.js';
import type { ChatSignInEvent } from './sign-in.events.js';
import { wayOut } from './way-out.js';

export { explain } from './explain.js';
export { refusalStyles } from './refusal.styles.js';

/** What stands where the composer would. */
export interface RefusalView {
  readonly notice: Notice;
  /** There is nothing to read above it. */
  readonly alone: boolean;
  /** Where one signs in to the site, if the page says it. */
  readonly signIn: string | undefined;
  readonly tryAgain: string;
  readonly nameForm: (form: typeof NameForm) => TemplateResult;
  /** Somebody goes to sign in: false keeps them here. */
  readonly onSignIn: (event: ChatSignInEvent) => boolean;
  readonly onRemedy: (remedy: 'join' | 'retry') => void;
}

/** Why one is not in the room, and what to do. Loaded when something is refused. */
export function refusal(view: RefusalView): TemplateResult {
  const { notice, alone, nameForm } = view;
  const { title, advice, words, remedy } = notice;
  return html`
    <div class="notice" part="notice" ?data-alone=${alone}>
      <p class="notice-title">${title}</p>
      ${words ? html`<p class="notice-words" dir="auto">${words}</p>` : nothing}
      <p>${advice}</p>
      ${remedy === 'name' ? nameForm(NameForm) : nothing}
      ${remedy === 'proof' ? html`<slot name="proof"></slot>` : nothing}
      ${wayOut(view)}
    </div>
  `;
}
