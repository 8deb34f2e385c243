import { css } from 'lit';

/** Launcher, panel and sheet. Logical directions only, so that it mirrors in right-to-left pages. */
export const chatBoxStyles = css`
  :host {
    --_edge: var(--chat-box-edge, 16px);
    position: fixed;
    inset-block-end: calc(max(var(--_edge), env(safe-area-inset-bottom)) + var(--_block, 0px));
    inset-inline-end: calc(max(var(--_edge), env(safe-area-inset-right)) + var(--_inline, 0px));
    z-index: var(--chat-box-layer, 1000);
    color: var(--_text);
    font: inherit;
    font-family: var(--chat-font, inherit);
    font-size: 14px;
    line-height: 20px;
    text-align: start;
  }
  :host(:dir(rtl)) {
    inset-inline-end: calc(max(var(--_edge), env(safe-area-inset-left)) + var(--_inline, 0px));
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  .box[data-unstyled] {
    font-family: system-ui, sans-serif;
  }
  button {
    font: inherit;
    color: inherit;
    margin: 0;
    padding: 0;
    border: 0;
    background: none;
    cursor: pointer;
    touch-action: manipulation;
  }
  svg {
    display: block;
    inline-size: 20px;
    block-size: 20px;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  :focus {
    outline: none;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  .launcher {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 48px;
    max-inline-size: min(240px, calc(100vw - 2 * var(--_edge)));
    padding-inline: 16px 20px;
    border: 1px solid transparent;
    border-radius: 24px;
    font-weight: 600;
    color: var(--_on-accent);
    background: var(--_accent);
    box-shadow: var(--_float);
    transition:
      opacity var(--_quick),
      transform var(--_quick);
  }
  .launcher[data-state='minimised'] {
    color: var(--_text);
    background: var(--_bg);
    border-color: var(--_line);
    padding-inline-end: 16px;
  }
  .launcher[data-state='minimised'] svg {
    color: var(--_accent);
  }
  .launcher[data-state='open'] {
    visibility: hidden;
    opacity: 0;
  }
  .launcher:active {
    transform: scale(0.97);
  }
  .label {
    min-inline-size: 0;
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
  }
  .count {
    flex: none;
    min-inline-size: 20px;
    padding-inline: 6px;
    border-radius: 10px;
    font-size: 12px;
    font-variant-numeric: tabular-nums;
    text-align: center;
    color: var(--_on-accent);
    background: var(--_accent);
  }

  .panel {
    position: absolute;
    inset-block: auto 0;
    inset-inline: auto 0;
    display: flex;
    flex-direction: column;
    inline-size: min(var(--chat-box-width, 360px), calc(100vw - 2 * var(--_edge)));
    block-size: min(var(--chat-box-height, 560px), calc(100dvh - 2 * var(--_edge)));
    max-inline-size: none;
    max-block-size: none;
    margin: 0;
    padding: 0;
    overflow: clip;
    color: inherit;
    background: var(--_bg);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    box-shadow: var(--_float);
    transform-origin: 100% 100%;
    overscroll-behavior: contain;
    transition:
      opacity var(--_quick),
      transform var(--_quick);
  }
  .panel:dir(rtl) {
    transform-origin: 0 100%;
  }
  /* Not taken away: the room keeps its rows, its scroll position and its measures. */
  .panel:not([open]) {
    visibility: hidden;
    opacity: 0;
    transform: translateY(8px) scale(0.98);
    transition:
      opacity var(--_quick),
      transform var(--_quick),
      visibility var(--_quick);
  }
  .panel:focus-visible {
    outline-offset: -2px;
  }
  .panel::backdrop {
    background: var(--_bg);
  }

  chat-room {
    flex: 1;
    min-block-size: 0;
    block-size: auto;
  }
  chat-room::part(frame) {
    border: 0;
    border-radius: 0;
  }
  /* The room's own header makes room for our buttons. */
  chat-room::part(header),
  .bar {
    flex: none;
    block-size: 48px;
    padding-inline: 16px 92px;
  }
  .bar {
    display: flex;
    align-items: center;
    font-weight: 600;
    border-block-end: 1px solid var(--_line);
  }
  .controls {
    position: absolute;
    inset-block-start: 4px;
    inset-inline-end: 8px;
    display: flex;
    gap: 2px;
  }
  .controls button {
    display: grid;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    color: var(--_muted);
    border-radius: var(--_control-radius);
  }
  .controls button:focus-visible {
    outline-offset: -2px;
  }
  .wait {
    flex: 1;
    display: grid;
    gap: 12px;
    place-content: center;
    justify-items: center;
    padding: 24px;
    text-align: center;
    color: var(--_muted);
  }
  .wait p {
    margin: 0;
  }
  .again {
    min-block-size: 36px;
    padding-inline: 14px;
    font-weight: 600;
    color: var(--_on-accent);
    background: var(--_accent);
    border-radius: var(--_control-radius);
  }

  @media (hover: hover) {
    .controls button:hover {
      color: var(--_text);
      background: var(--_surface);
    }
    .launcher:hover {
      transform: translateY(-1px);
    }
  }
  @media (pointer: coarse) {
    .controls {
      inset-block-start: 2px;
      inset-inline-end: 4px;
    }
    .controls button {
      inline-size: 44px;
      block-size: 44px;
    }
    chat-room::part(header),
    .bar {
      padding-inline-end: 96px;
    }
    .again {
      min-block-size: 44px;
    }
  }
  @media (max-width: 480px) {
    .panel {
      position: fixed;
      inset: var(--_visible-top, 0px) 0 auto 0;
      inline-size: 100%;
      block-size: var(--_visible-height, 100dvh);
      border: 0;
      border-radius: 0;
      box-shadow: none;
      padding: env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom)
        env(safe-area-inset-left);
      transform-origin: 50% 100%;
    }
    .panel,
    .panel:not([open]) {
      transition: none;
    }
    .panel[data-keyboard] {
      padding-block-end: 0;
    }
    .controls {
      margin-block-start: env(safe-area-inset-top);
      margin-inline-end: env(safe-area-inset-right);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .panel:not([open]),
    .launcher:hover,
    .launcher:active {
      transform: none;
    }
  }
  @media (forced-colors: active) {
    .launcher,
    .panel {
      border-color: CanvasText;
    }
    .count {
      forced-color-adjust: none;
      color: Canvas;
      background: CanvasText;
    }
  }
  @media print {
    :host {
      display: none;
    }
  }
`;
