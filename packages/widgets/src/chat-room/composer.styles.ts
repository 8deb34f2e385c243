import { css } from 'lit';

/** Where one writes. */
export const composerStyles = css`
  .composer {
    --_send: 44px;
    flex: none;
    position: relative;
    padding: 8px;
    border-block-start: 1px solid var(--_line);
  }
  textarea,
  input {
    display: block;
    inline-size: 100%;
    min-block-size: 36px;
    border: 1px solid var(--_border);
    border-radius: var(--_control-radius);
    background: none;
    padding: 7px 12px;
    outline: none;
    transition: border-color var(--_quick);
  }
  textarea {
    resize: none;
    field-sizing: content;
    max-block-size: calc(5lh + 16px);
    overflow-y: auto;
  }
  /* Where the button stands goes by the page; the text's own direction may be the other one. */
  .composer:dir(ltr) textarea {
    padding-right: var(--_send);
  }
  .composer:dir(rtl) textarea {
    padding-left: var(--_send);
  }
  textarea::placeholder,
  input::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  textarea:focus-visible,
  input:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -1px;
  }
  .send {
    position: absolute;
    inset-block-end: 10px;
    inset-inline-end: 10px;
    display: grid;
    place-items: center;
    inline-size: 32px;
    block-size: 32px;
    border-radius: calc(var(--_control-radius) - 2px);
    background: var(--_accent);
    color: var(--_on-accent);
    transition:
      opacity var(--_quick),
      transform var(--_quick),
      visibility var(--_quick);
  }
  .send[data-idle] {
    opacity: 0;
    visibility: hidden;
    transform: scale(0.85);
  }
  .send:focus-visible {
    outline-offset: 2px;
  }

  @media (hover: hover) {
    .send:hover {
      background: color-mix(in oklab, var(--_accent) 90%, var(--_text));
    }
  }
  @media (pointer: coarse) {
    textarea,
    input {
      min-block-size: 44px;
      font-size: 16px;
      padding-block: 11px;
    }
    .send {
      inset-block-end: 12px;
      inset-inline-end: 12px;
      inline-size: 36px;
      block-size: 36px;
    }
    .send::after {
      content: '';
      position: absolute;
      inset: -4px;
    }
    .composer {
      --_send: 52px;
      padding-block-end: max(8px, env(safe-area-inset-bottom));
    }
  }
  @media (forced-colors: active) {
    textarea,
    input,
    .send {
      border: 1px solid ButtonBorder;
    }
  }
`;
