import { html, nothing, type TemplateResult } from 'lit';
import type { RefusalView } from './refusal.js';
import { ChatSignInEvent } from './sign-in.events.js';

/**
 * What somebody can press who was refused: trying again or, where the page names where one signs in, the link to there
 * first, since they may have signed in elsewhere meanwhile.
 */
export function wayOut(view: RefusalView): TemplateResult | typeof nothing {
  const { notice, signIn, tryAgain, onSignIn, onRemedy } = view;
  const { remedy, action } = notice;
  if (remedy === undefined || remedy === 'name' || remedy === 'proof') return nothing;
  if (remedy === 'sign-in' && signIn) {
    const onClick = (event: Event): void => {
      if (!onSignIn(new ChatSignInEvent())) event.preventDefault();
    };
    return html`
      <div class="ways">
        <a class="primary" part="sign-in" href=${signIn} target="_top" @click=${onClick}>${action}</a>
        <button class="quiet" type="button" @click=${() => onRemedy('retry')}>${tryAgain}</button>
      </div>
    `;
  }
  const [wish, says] = remedy === 'sign-in' ? (['retry', tryAgain] as const) : ([remedy, action] as const);
  return html`<button class="primary" type="button" @click=${() => onRemedy(wish)}>${says}</button>`;
}
