import { html, nothing, type TemplateResult } from 'lit';
import type { Strings } from '../locales/en.js';
import { downIcon } from './icons.js';
import { newMessages } from './new-messages.js';
import type { ScrollState } from './scroll.js';
import type { Times } from './times.js';

/** The button that leads to the newest message, and says what is new there. Loaded when somebody reads further up. */
export function pill(
  { unseen, mentions }: Extract<ScrollState, { mode: 'reading' }>,
  strings: Strings,
  times: Times,
  toNewest: () => void,
): TemplateResult {
  const text = unseen > 0 ? newMessages(strings, times, unseen, mentions) : undefined;
  return html`<button class="pill" part="pill" type="button" ?data-mention=${mentions > 0} aria-label=${text ?? strings.toNewest} @click=${toNewest}>
    ${downIcon}${text ? html`<span>${text}</span>` : nothing}
  </button>`;
}
