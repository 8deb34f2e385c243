import { html, nothing, type TemplateResult } from 'lit';
import type { Strings } from '../locales/en.js';
import { peopleIcon } from './icons.js';

/** What stands in the header. */
export interface HeaderView {
  readonly strings: Strings;
  readonly name: string;
  /** The subject, or that the connection is lost. */
  readonly line: string | undefined;
  readonly lost: boolean;
  /** How many people are here, as it is written; undefined while nobody is. */
  readonly count: string | undefined;
  /** Whether the panel of people is open. */
  readonly open: boolean;
  readonly onPeople: () => void;
}

/** The room's name, one line under it, and the number of people, which opens the panel of who they are. */
export function roomHeader({ strings, name, line, lost, count, open, onPeople }: HeaderView): TemplateResult {
  return html`
    <header class="header" part="header">
      <div class="title">
        <bdi class="room-name">${name}</bdi>
        ${line ? html`<span class="subject" dir="auto" title=${line} ?data-lost=${lost}>${line}</span>` : nothing}
      </div>
      <slot name="header"></slot>
      ${
        count
          ? html`<button class="people-button" type="button" aria-expanded=${open} aria-controls="people"
              aria-label=${strings.people(count)} title=${strings.whoIsHere} @click=${onPeople}>
              ${peopleIcon}<span>${count}</span>
            </button>`
          : nothing
      }
    </header>
  `;
}
