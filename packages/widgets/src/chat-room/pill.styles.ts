import { css } from 'lit';

/** The button that leads to the newest message. Loaded with it. */
export const pillStyles = css`
  .pill {
    position: absolute;
    inset-block-end: 8px;
    inset-inline: 0;
    margin-inline: auto;
    inline-size: fit-content;
    display: flex;
    align-items: center;
    gap: 6px;
    min-block-size: 32px;
    padding-inline: 6px;
    border-radius: 999px;
    background: var(--_accent);
    color: var(--_on-accent);
    font-size: 13px;
    font-weight: 550;
    font-variant-numeric: tabular-nums;
    box-shadow: var(--_float);
    z-index: 1;
    animation: rise var(--_quick);
  }
  .pill:has(span) {
    padding-inline: 10px 14px;
  }
  /* A sentence keeps its own direction on a page of the other. */
  .pill span {
    unicode-bidi: plaintext;
  }
  .pill svg {
    inline-size: 18px;
    block-size: 18px;
  }
  .pill:not(:has(span)) {
    background: var(--_bg);
    color: var(--_text);
    border: 1px solid var(--_line);
  }
  .pill:focus-visible {
    outline-offset: 2px;
  }
  @media (hover: hover) {
    .pill:has(span):hover {
      background: color-mix(in oklab, var(--_accent) 90%, var(--_text));
    }
  }
  @media (pointer: coarse) {
    .pill {
      min-block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .pill {
      border: 1px solid ButtonBorder;
    }
  }
`;
