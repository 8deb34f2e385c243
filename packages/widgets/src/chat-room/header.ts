import { html, nothing, type TemplateResult } from 'lit';

/** What stands in the header. */
export interface HeaderView {
  readonly name: string;
  /** The subject, or that the connection is lost. */
  readonly line: string | undefined;
  readonly lost: boolean;
  /** The button that opens the panel of people. */
  readonly people: TemplateResult | typeof nothing;
}

/** The room's name, one line under it, and the number of people. */
export function roomHeader({ name, line, lost, people }: HeaderView): TemplateResult {
  return html`
    <header class="header" part="header">
      <div class="title">
        <bdi class="room-name">${name}</bdi>
        ${line ? html`<span class="subject" dir="auto" title=${line} ?data-lost=${lost}>${line}</span>` : nothing}
      </div>
      <slot name="header"></slot>
      ${people}
    </header>
  `;
}
