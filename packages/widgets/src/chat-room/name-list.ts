import { html, type TemplateResult } from 'lit';

export { nameListStyles } from './name-list.styles.js';

/** How many names are offered at once. */
export const OFFERED_AT_MOST = 6;

/**
 * The names that begin with what is asked for, or have a word that does; in any case, marks ignored. In the order in
 * which they came, those that begin with it before the others; each once.
 */
export function namesFor(query: string, names: Iterable<string>, language: string): readonly string[] {
  const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase(language);
  const wanted = plain(query);
  const first: string[] = [];
  const later: string[] = [];
  for (const name of new Set(names)) {
    const words = plain(name);
    if (words.startsWith(wanted)) first.push(name);
    else if (words.split(/[\s_.-]+/).some((word) => word.startsWith(wanted))) later.push(name);
    if (first.length === OFFERED_AT_MOST) break;
  }
  return [...first, ...later].slice(0, OFFERED_AT_MOST);
}

/** What the list shows and does. */
export interface NameListView {
  readonly label: string;
  readonly names: readonly string[];
  /** Which one Enter would take. */
  readonly at: number;
  readonly onTake: (at: number) => void;
}

/** The names themselves. The focus stays in the field: a press must not take it away. */
export function nameList({ label, names, at, onTake }: NameListView): TemplateResult {
  return html`
    <ul class="names" id="names" part="names" role="listbox" aria-label=${label}
      @pointerdown=${(event: Event) => event.preventDefault()}>
      ${names.map(
        (name, index) =>
          html`<li id=${`name-${index}`} role="option" aria-selected=${index === at} @click=${() => onTake(index)}><bdi>${name}</bdi></li>`,
      )}
    </ul>
  `;
}
