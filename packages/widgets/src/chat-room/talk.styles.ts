import { css } from 'lit';

/** Who is typing, who was removed, the menus of rows and people. Loaded with them. */
export const talkStyles = css`
  /* The rows end above it: nothing is covered, and nothing moves when it comes. */
  .typing {
    position: absolute;
    inset-block-end: 0;
    inset-inline: 0;
    display: flex;
    align-items: center;
    gap: 8px;
    block-size: 20px;
    padding-inline: 16px;
    background: var(--_bg);
    color: var(--_muted);
    font-size: 12px;
    line-height: 16px;
    pointer-events: none;
    animation: fade var(--_quick);
  }
  [data-density='live'] .typing {
    padding-inline: 12px;
  }
  .typing span:last-child {
    min-inline-size: 0;
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
  }
  @keyframes fade {
    from {
      opacity: 0;
    }
  }
  .dots {
    flex: none;
    display: flex;
    gap: 3px;
  }
  .dots i {
    inline-size: 4px;
    block-size: 4px;
    border-radius: 50%;
    background: currentColor;
    animation: breathe 1.2s ease-in-out infinite alternate;
  }
  .dots i:nth-child(2) {
    animation-delay: 0.2s;
  }
  .dots i:nth-child(3) {
    animation-delay: 0.4s;
  }
  @keyframes breathe {
    from {
      opacity: 0.3;
    }
  }

  /* What the room tells stands apart from what people say: no name, no face, in the middle. */
  .frame .row[data-notice] {
    display: block;
    padding: 4px 40px;
    text-align: center;
    text-wrap: balance;
    font-size: 12px;
    line-height: 16px;
    color: var(--_muted);
  }
  .frame .row[data-notice] > :is(.avatar, .name, .time) {
    display: none;
  }

  .more-button {
    position: absolute;
    inset-block-end: 0;
    inset-inline-end: 8px;
    display: grid;
    place-items: center;
    inline-size: 28px;
    block-size: 24px;
    /* The ring around a focused row shows on both sides of it. */
    padding: 3px;
    border-radius: 6px;
    background: var(--_row);
    background-clip: content-box;
    color: var(--_muted);
    opacity: 0;
  }
  .row:focus-visible > .more-button,
  .more-button:focus-visible,
  .more-button[aria-expanded='true'] {
    opacity: 1;
  }
  .more-button[aria-expanded='true'] {
    color: var(--_text);
  }
  [data-density='live'] .row > .more-button {
    inset-block-end: -1px;
    inset-inline-end: 4px;
  }
  /* Beside the time. */
  [data-density='live'] .row:not([data-day]) > .more-button {
    inset-block: -1px auto;
  }
  [data-density='live'] .row:has(> .more-button) .time {
    padding-inline-end: 36px;
  }

  .menu {
    position: fixed;
    inset: auto;
    margin: 0;
    box-sizing: border-box;
    min-inline-size: 160px;
    max-inline-size: min(280px, calc(100vw - 16px));
    max-block-size: calc(100vh - 16px);
    overflow-y: auto;
    padding: 4px;
    background: var(--_bg);
    color: var(--_text);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    box-shadow: var(--_float);
  }
  .menu:popover-open {
    display: grid;
    animation: fade var(--_quick);
  }
  .menu button {
    min-block-size: 32px;
    padding-inline: 10px;
    text-align: start;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .menu button:focus-visible {
    background: var(--_surface);
  }
  .menu [data-grave] {
    color: var(--_bad);
  }

  .question {
    box-sizing: border-box;
    inline-size: min(340px, calc(100vw - 32px));
    padding: 16px;
    background: var(--_bg);
    color: var(--_text);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    box-shadow: var(--_float);
    overflow-wrap: anywhere;
  }
  .question[open] {
    display: grid;
    gap: 4px;
    animation: fade var(--_quick);
  }
  .question::backdrop {
    background: oklch(0 0 0 / 32%);
  }
  .question-title {
    font-weight: 600;
  }
  .question-hint,
  .question label {
    font-size: 13px;
    line-height: 18px;
    color: var(--_muted);
  }
  .question label {
    margin-block-start: 8px;
  }
  .question-end {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
    margin-block-start: 12px;
  }
  .question-end [data-grave] {
    background: var(--_bad);
    color: var(--_bg);
  }
  .secondary {
    min-block-size: 36px;
    padding-inline: 14px;
    font-weight: 550;
  }
  .copied {
    position: fixed;
    inset-block-start: 0;
    inset-inline-start: 0;
    inline-size: 1px;
    block-size: 1px;
    opacity: 0;
  }

  @media (hover: hover) {
    .row:hover > .more-button {
      opacity: 1;
    }
    .more-button:hover {
      color: var(--_text);
    }
    .menu button:hover,
    .secondary:hover {
      background: var(--_surface);
    }
    .question-end [data-grave]:hover {
      background: color-mix(in oklab, var(--_bad) 90%, var(--_text));
    }
  }
  /* A finger that rests on a row opens its menu, which copies; it does not select. */
  @media (hover: none) {
    .row {
      user-select: none;
      -webkit-touch-callout: none;
    }
  }
  @media (pointer: coarse) {
    .menu button,
    .secondary {
      min-block-size: 44px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .dots i,
    .typing,
    .menu:popover-open,
    .question[open] {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .dots i {
      forced-color-adjust: none;
      background: CanvasText;
    }
    .more-button,
    .secondary {
      border: 1px solid ButtonBorder;
    }
    .menu button:focus-visible {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
