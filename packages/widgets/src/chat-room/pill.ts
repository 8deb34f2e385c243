import { html, nothing, type TemplateResult } from 'lit';
import type { Strings } from '../locales/en.js';
import { icons } from './icons.js';
import { newMessages } from './new-messages.js';
import type { ScrollState } from './scroll.js';
import type { Times } from './times.js';

/** The button that leads to the newest message; nothing while the list follows it anyway. */
export function pill(
  state: ScrollState | undefined,
  strings: Strings,
  times: Times,
  toNewest: () => void,
): TemplateResult | typeof nothing {
  if (state?.mode !== 'reading') return nothing;
  const { unseen, mentions } = state;
  const text = unseen > 0 ? newMessages(strings, times, unseen, mentions) : undefined;
  return html`<button class="pill" part="pill" type="button" ?data-mention=${mentions > 0} aria-label=${text ?? strings.toNewest} @click=${toNewest}>
    ${icons.down}${text ? html`<span>${text}</span>` : nothing}
  </button>`;
}
