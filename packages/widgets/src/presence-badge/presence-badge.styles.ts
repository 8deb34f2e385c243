// Without Lit: named as its template is, so that the build takes comments and line breaks out of both.
const css = String.raw;

/**
 * The colours come from the page's own text: light ones where it is light. Each state has a shape of its own as well.
 * The mark has its size, and the words the width of the longest, before anything is known.
 */
export const presenceBadgeStyles: string = css`
  :host {
    display: inline-block;
    --_size: var(--presence-size, max(0.75em, 10px));
    --_from: currentColor;
    --_good: var(--chat-good, oklch(from var(--_from) clamp(0.5, (l - 0.57) * 1000, 0.78) 0.12 150));
    --_warn: var(--chat-warn, oklch(from var(--_from) clamp(0.5, (l - 0.57) * 1000, 0.81) 0.105 72));
    --_bad: var(--chat-bad, oklch(from var(--_from) clamp(0.51, (l - 0.57) * 1000, 0.75) 0.15 25));
    --_muted: var(--chat-muted, oklch(from var(--_from) clamp(0.5, (l - 0.57) * 1000, 0.71) 0 0));
  }
  :host([hidden]) {
    display: none;
  }
  :host([theme='light']) {
    --_from: #000;
  }
  :host([theme='dark']) {
    --_from: #fff;
  }
  .badge {
    white-space: nowrap;
  }
  svg {
    inline-size: var(--_size);
    block-size: var(--_size);
    /* Of whatever size, it stands in the middle of the capitals beside it. */
    vertical-align: calc((0.75em - var(--_size)) / 2);
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    color: var(--_muted);
    transition: color 140ms ease-out;
  }
  path {
    display: none;
  }
  [data-state='online'] svg {
    color: var(--_good);
    fill: currentColor;
  }
  [data-state='away'] svg {
    color: var(--_warn);
    stroke-dasharray: 74 26;
  }
  [data-state='dnd'] svg {
    color: var(--_bad);
  }
  [data-state='dnd'] path {
    display: inline;
  }
  [data-state='unknown'] svg {
    stroke-dasharray: 7 5.5;
  }
  .label {
    display: inline-grid;
    margin-inline-start: 0.4em;
    white-space: normal;
  }
  .label:empty {
    display: none;
  }
  .label > * {
    grid-area: 1 / 1;
  }
  .label > :not([data-now]) {
    visibility: hidden;
  }
  @media (prefers-reduced-motion: reduce) {
    svg {
      transition: none;
    }
  }
  @media (forced-colors: active) {
    svg,
    .badge[data-state] svg {
      color: CanvasText;
    }
  }
`;
