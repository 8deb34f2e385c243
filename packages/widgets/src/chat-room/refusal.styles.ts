import { css } from 'lit';

/** Why one is not in the room. Loaded with what explains it. */
export const refusalStyles = css`
  .notice {
    flex: none;
    display: grid;
    justify-items: start;
    gap: 4px;
    padding: 16px;
    border-block-start: 1px solid var(--_line);
    color: var(--_muted);
    max-block-size: 60%;
    overflow-y: auto;
  }
  /* A sentence keeps its own direction on a page of the other. */
  .notice p {
    unicode-bidi: plaintext;
    text-align: match-parent;
  }
  .notice-title {
    color: var(--_text);
    font-weight: 600;
  }
  .notice-words {
    padding-inline-start: 10px;
    border-inline-start: 2px solid var(--_line);
  }
  /* The page's own, such as a captcha. */
  .notice slot {
    display: block;
    max-inline-size: 100%;
    margin-block-start: 8px;
  }
  /* Nothing to read above it: it takes the middle. */
  .body:has(+ .notice[data-alone]) {
    display: none;
  }
  .notice[data-alone] {
    flex: 1;
    align-content: center;
    justify-items: center;
    max-block-size: none;
    border-block-start: 0;
    text-align: center;
    text-wrap: balance;
  }
  .notice[data-alone] .notice-words {
    padding: 0;
    border: 0;
  }
  a.primary {
    display: inline-grid;
    place-items: center;
    border-radius: var(--_control-radius);
    text-decoration: none;
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .quiet {
    min-block-size: 36px;
    padding-inline: 14px;
    color: var(--_text);
    font-weight: 550;
  }
  .notice > .primary,
  .notice > .ways,
  .notice > .name-form {
    margin-block-start: 8px;
  }
  .notice > .name-form {
    padding: 0;
    border: 0;
    justify-self: stretch;
  }
  .notice > .name-form label {
    position: absolute;
    clip-path: inset(50%);
  }

  @media (hover: hover) {
    .quiet:hover {
      background: var(--_surface);
    }
  }
  @media (pointer: coarse) {
    .quiet {
      min-block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .quiet {
      border: 1px solid ButtonBorder;
    }
  }
`;
