import { html, nothing, type TemplateResult } from 'lit';
import type { RefusalView } from './refusal.js';
import { ChatSignInEvent } from './sign-in.events.js';

/** What somebody can press who was refused: the link to where one signs in, where the page names it, or trying again. */
export function wayOut(view: RefusalView): TemplateResult | typeof nothing {
  const { notice, signIn, tryAgain, onSignIn, onRemedy } = view;
  const { remedy, action } = notice;
  if (remedy === undefined || remedy === 'name' || remedy === 'proof') return nothing;
  if (remedy === 'sign-in' && signIn) {
    const onClick = (event: Event): void => {
      if (!onSignIn(new ChatSignInEvent())) event.preventDefault();
    };
    return html`<a class="primary" part="sign-in" href=${signIn} target="_top" @click=${onClick}>${action}</a>`;
  }
  const [wish, says] = remedy === 'sign-in' ? (['retry', tryAgain] as const) : ([remedy, action] as const);
  return html`<button class="primary" type="button" @click=${() => onRemedy(wish)}>${says}</button>`;
}
