import { css } from 'lit';

/** Rows as bubbles: mine at the end in the accent, theirs at the start. Loaded with that density. */
export const bubbleStyles = css`
  [data-density='bubbles'] .rows {
    visibility: visible;
    padding-inline: 12px;
  }
  [data-density='bubbles'] .row {
    --_corner: 6px;
    display: grid;
    justify-items: start;
    padding: 1px 0;
    overflow: visible;
  }
  [data-density='bubbles'] .row[data-own]:not([data-notice]) {
    justify-items: end;
  }
  [data-density='bubbles'] .row[data-head]:not(:first-child) {
    padding-block-start: 10px;
  }
  [data-density='bubbles'] .row::before {
    justify-self: stretch;
  }
  [data-density='bubbles'] .row:is(:hover, [data-mention]) {
    background: none;
  }
  [data-density='bubbles'] .row[data-mention]::after {
    content: none;
  }
  [data-density='bubbles'] .avatar,
  [data-density='bubbles'] .row:is([data-own], :not([data-head])) > .name {
    display: none;
  }
  [data-density='bubbles'] .name {
    padding-inline: 12px;
    font-size: 12px;
    line-height: 16px;
  }
  [data-density='bubbles'] .row:not([data-notice]) > .text {
    max-inline-size: min(80%, 46ch);
    padding: 7px 12px;
    border-radius: 18px;
    background: var(--_surface);
  }
  [data-density='bubbles'] .row[data-own]:not([data-notice]) > .text {
    background: var(--_accent);
    color: var(--_on-accent);
    opacity: 1;
  }
  /* Within a group the corners on the speaker's side are tight, where two bubbles meet. */
  [data-density='bubbles'] .row:not([data-own], [data-head]) > .text {
    border-start-start-radius: var(--_corner);
  }
  [data-density='bubbles'] .row:not([data-own]):has(+ .row:not([data-own], [data-head])) > .text {
    border-end-start-radius: var(--_corner);
  }
  [data-density='bubbles'] .row[data-own]:not([data-head]) > .text {
    border-start-end-radius: var(--_corner);
  }
  [data-density='bubbles'] .row[data-own]:has(+ .row[data-own]:not([data-head])) > .text {
    border-end-end-radius: var(--_corner);
  }
  [data-density='bubbles'] .row[data-own] .link {
    color: inherit;
    outline-color: currentColor;
  }
  [data-density='bubbles'] .row[data-delivery='failed'] > .text {
    background: none;
    color: var(--_muted);
    box-shadow: inset 0 0 0 1px var(--_bad);
  }
  [data-density='bubbles'] .row[data-delivery='pending'] > .text {
    background: color-mix(in oklab, var(--_accent) 24%, var(--_bg));
    color: var(--_text);
  }
  /* When it was said stands beside the bubble, for who looks. */
  [data-density='bubbles'] .time {
    position: absolute;
    inset-block-end: 9px;
    opacity: 0;
    pointer-events: none;
  }
  [data-density='bubbles'] .row:not([data-own]) > .time {
    inset-inline-end: 40px;
  }
  [data-density='bubbles'] .row[data-own] > .time {
    inset-inline-start: 40px;
  }
  [data-density='bubbles'] .row:focus-visible > .time {
    opacity: 1;
  }
  [data-density='bubbles'] .more-button {
    inset-block-end: 5px;
    inset-inline-end: 4px;
    background: none;
  }
  [data-density='bubbles'] .row[data-own] > .more-button {
    inset-inline: 4px auto;
  }
  /* How far the last of mine has come. What waits or failed says so itself. */
  [data-density='bubbles'] .row[data-own][data-delivery='delivered']:not([data-notice]):last-child::after {
    content: var(--_sent);
    position: static;
    inline-size: auto;
    padding-inline: 12px;
    background: none;
    font-size: 12px;
    line-height: 16px;
    color: var(--_muted);
  }
  [data-density='bubbles'] .row[data-own][data-delivery='delivered'][data-received]:not([data-notice]):last-child::after {
    content: var(--_delivered);
  }
  [data-density='bubbles'] .trouble {
    padding-inline: 12px;
  }

  @media (forced-colors: active) {
    [data-density='bubbles'] .row:not([data-notice]) > .text {
      border: 1px solid CanvasText;
    }
    [data-density='bubbles'] .row[data-own]:not([data-notice]) > .text {
      forced-color-adjust: none;
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
