import { css } from 'lit';

/** The launcher and where a box stands. Logical directions only, so that it mirrors in right-to-left pages. */
export const chatBoxStyles = css`
  :host {
    --_edge: var(--chat-box-edge, 16px);
    position: fixed;
    inset-block-end: calc(max(var(--_edge), env(safe-area-inset-bottom)) + var(--_block, 0px));
    inset-inline-end: calc(max(var(--_edge), env(safe-area-inset-right)) + var(--_inline, 0px));
    z-index: var(--chat-box-layer, 1000);
    font-family: var(--chat-font, inherit);
    font-size: 14px;
    line-height: 20px;
  }
  :host(:dir(rtl)) {
    inset-inline-end: calc(max(var(--_edge), env(safe-area-inset-left)) + var(--_inline, 0px));
  }
  :host([hidden]) {
    display: none;
  }
  * {
    box-sizing: border-box;
  }
  .box {
    color: var(--_text);
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
    /* The tokens are system colours then; the browser's own would put a ground of its own under the words. */
    forced-color-adjust: none;
  }
  .launcher[data-state='minimised'] {
    color: var(--_text);
    background: var(--_bg);
    border-color: var(--_line);
  }
  .launcher[data-state='minimised'] svg {
    color: var(--_accent);
  }
  .launcher[data-state='open'] {
    visibility: hidden;
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
    text-align: center;
    color: var(--_on-accent);
    background: var(--_accent);
  }

  @media (hover: hover) {
    .launcher:hover {
      filter: brightness(1.08);
    }
  }
  @media print {
    :host {
      display: none;
    }
  }
`;
