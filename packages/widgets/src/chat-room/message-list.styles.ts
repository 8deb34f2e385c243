import { css } from 'lit';

/** The list and its rows, in both densities. */
export const messageListStyles = css`
  .view {
    flex: 1;
    min-block-size: 0;
    display: flex;
    flex-direction: column;
    overflow-y: auto;
    overflow-x: clip;
    overscroll-behavior: contain;
    /* The list keeps the row in view itself, the same way in every browser. */
    overflow-anchor: none;
    scrollbar-width: thin;
    scrollbar-color: color-mix(in oklab, var(--_text) 25%, transparent) transparent;
  }
  .rows {
    margin-block-start: auto;
    padding-block: 8px;
  }
  /* Until its styles are there. */
  [data-density='bubbles'] .rows {
    visibility: hidden;
  }
  /* Kept free for who is typing. */
  :host(:not([typing='off'])) .rows {
    padding-block-end: 20px;
  }
  .older {
    flex: none;
    align-self: center;
    min-block-size: 28px;
    margin-block-start: 8px;
    padding-inline: 12px;
    border-radius: 999px;
    font-size: 12px;
    line-height: 16px;
    color: var(--_accent);
  }

  .row {
    --_row: var(--_surface);
    position: relative;
    padding: 1px 16px;
    line-height: 20px;
    /* Marks piled on a letter stay near their row. */
    overflow: clip;
    overflow-clip-margin: 4px;
  }
  .row:focus-visible {
    outline-offset: -2px;
  }
  .row[data-day]::before {
    content: attr(data-day);
    display: block;
    margin-block: 12px 8px;
    font-size: 12px;
    line-height: 16px;
    font-weight: 550;
    text-align: center;
    color: var(--_muted);
  }
  .name {
    font-weight: 600;
  }
  .name[role='button'] {
    cursor: pointer;
    border-radius: 4px;
  }
  .text {
    white-space: pre-wrap;
  }
  .link {
    color: color-mix(in oklab, var(--_accent) 75%, var(--_text));
    text-decoration-thickness: 1px;
    text-underline-offset: 3px;
    border-radius: 4px;
  }
  /* Who is named sees it by a bar and by weight; the tint only helps. */
  .row[data-mention] {
    --_row: color-mix(in oklab, var(--_accent) 9%, var(--_bg));
    background: var(--_row);
  }
  .row[data-mention]::after {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    inline-size: 3px;
    background: var(--_accent);
  }
  .mention {
    font-weight: 650;
    color: var(--_text);
  }
  .time {
    font-size: 12px;
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
    /* Its own direction for what it says, not for where it stands, as an attribute would. */
    unicode-bidi: plaintext;
  }
  .row[data-delivery='pending'] .text {
    opacity: 0.72;
  }
  .row[data-delivery='failed'] .text {
    color: var(--_muted);
  }

  /* live: one line, name and text; the time comes with the pointer or the focus */
  [data-density='live'] {
    .row {
      font-size: 13px;
      line-height: 18px;
      padding: 2px 12px;
    }
    .avatar {
      display: none;
    }
    /* By the direction of the page: a name's own direction may be the other one. */
    &:dir(ltr) .name {
      margin-right: 4px;
    }
    &:dir(rtl) .name {
      margin-left: 4px;
    }
    .time {
      position: absolute;
      inset-block-start: 2px;
      inset-inline-end: 0;
      padding-inline: 16px 12px;
      background: linear-gradient(to right, transparent, var(--_row) 14px);
      opacity: 0;
      pointer-events: none;
    }
    &:dir(rtl) .time {
      background: linear-gradient(to left, transparent, var(--_row) 14px);
    }
    .row[data-day] .time {
      inset-block: auto 2px;
    }
    .row:focus-visible {
      background: var(--_surface);
    }
    .row:focus-visible .time {
      opacity: 1;
    }
  }

  /* cosy: face, name and time once per group, text beneath */
  [data-density='cosy'] {
    .row {
      display: grid;
      grid-template-columns: 36px auto 1fr;
      column-gap: 8px;
      align-items: baseline;
      padding: 1px 16px;
    }
    .row::before {
      grid-column: 1 / -1;
    }
    .row[data-head] {
      margin-block-start: 10px;
    }
    .row:first-child {
      margin-block-start: 0;
    }
    .text {
      grid-column: 2 / -1;
      /* A text of the other direction stays beside its name, and reads its own way within its width. */
      justify-self: start;
    }
    .avatar {
      grid-row: span 2;
      align-self: start;
      margin-block-start: 2px;
      display: grid;
      place-items: center;
      inline-size: 36px;
      block-size: 36px;
      border-radius: 50%;
      font-size: 14px;
      font-weight: 600;
      line-height: 1;
      overflow: clip;
      color: light-dark(oklch(0.42 0.1 var(--hue)), oklch(0.88 0.07 var(--hue)));
      background: light-dark(oklch(0.93 0.035 var(--hue)), oklch(0.34 0.05 var(--hue)));
    }
    .name {
      grid-column: 2;
      min-inline-size: 0;
    }
    .time {
      grid-column: 3;
      grid-row: 1;
      justify-self: start;
      line-height: 20px;
    }
    .row[data-day] .time {
      grid-row: 2;
    }
    .row:not([data-head]) > :is(.avatar, .name) {
      display: none;
    }
    .row:not([data-head]) .time {
      grid-column: 1;
      grid-row: auto;
      justify-self: end;
      order: -1;
      opacity: 0;
    }
    .row:not([data-head]):focus-visible .time {
      opacity: 1;
    }
  }

  @media (hover: hover) {
    .row:not([data-mention]):hover {
      background: var(--_surface);
    }
    .name[role='button']:hover {
      text-decoration: underline;
      text-decoration-thickness: 1px;
      text-underline-offset: 3px;
    }
    [data-density] .row:hover .time {
      opacity: 1;
    }
    .older:hover {
      background: var(--_surface);
    }
  }
  @media (pointer: coarse) {
    .older {
      min-block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    [data-density='cosy'] .avatar {
      color: CanvasText;
      background: Canvas;
      border: 1px solid CanvasText;
    }
    [data-density='live'] .time {
      background: Canvas;
    }
    .row[data-mention]::after {
      forced-color-adjust: none;
      background: Highlight;
    }
  }
`;
