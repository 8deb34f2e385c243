import { html, nothing, type TemplateResult } from 'lit';
import type { Strings } from '../locales/en.js';
import type { Visit } from './visit.js';

/** The button above the rows that asks for earlier messages, where there may be some. */
export function older(
  { room, list }: Visit,
  strings: Strings,
  load: () => void,
): TemplateResult | typeof nothing {
  const { value: state } = room.older;
  if (state === 'none' || list?.atOldest === false) return nothing;
  const loading = state === 'loading';
  // Of a short list nobody knows yet whether there is more: it is asked for when somebody goes up, not offered.
  if (!loading && list?.short !== false) return nothing;
  return html`<button class="older" type="button" aria-disabled=${loading} @click=${load}>
    ${loading ? strings.loadingOlder : strings.loadOlder}
  </button>`;
}
