import { css } from 'lit';

/** The element itself, what all of its controls share, and where screen readers listen. Logical directions only, so that it mirrors in right-to-left pages. */
export const frameStyles = css`
  :host {
    display: block;
    block-size: 28rem;
    min-inline-size: 0;
    font: inherit;
    font-family: var(--chat-font, inherit);
    font-size: 14px;
    line-height: 20px;
    text-align: start;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  p,
  ul {
    margin: 0;
    padding: 0;
  }
  button,
  input,
  textarea {
    font: inherit;
    color: inherit;
    margin: 0;
  }
  button {
    border: 0;
    background: none;
    padding: 0;
    cursor: pointer;
    border-radius: var(--_control-radius);
    touch-action: manipulation;
  }
  button:disabled {
    cursor: default;
  }
  svg {
    display: block;
    inline-size: 20px;
    block-size: 20px;
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
    outline-offset: -2px;
  }

  .frame {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
    overflow: clip;
    position: relative;
    isolation: isolate;
    color: var(--_text);
    background: var(--_bg);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    overflow-wrap: anywhere;
  }

  .frame[data-unstyled] {
    font-family: system-ui, sans-serif;
  }
  .primary {
    min-block-size: 36px;
    padding-inline: 14px;
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 550;
    white-space: nowrap;
  }
  .primary:focus-visible {
    outline-offset: 2px;
  }

  .announcer {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (hover: hover) {
    .primary:hover {
      background: color-mix(in oklab, var(--_accent) 90%, var(--_text));
    }
  }
  @media (pointer: coarse) {
    .primary {
      min-block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .primary {
      border: 1px solid ButtonBorder;
    }
  }
`;
