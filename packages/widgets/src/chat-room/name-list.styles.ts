import { css } from 'lit';

/** The names that `@` offers. Loaded with them. */
export const nameListStyles = css`
  .names {
    position: absolute;
    inset-block-end: calc(100% + 4px);
    inset-inline: 8px;
    max-inline-size: 280px;
    max-block-size: 208px;
    overflow-y: auto;
    padding: 4px;
    list-style: none;
    background: var(--_bg);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    box-shadow: var(--_float);
    z-index: 3;
  }
  .names li {
    padding: 6px 8px;
    border-radius: var(--_control-radius);
    font-weight: 550;
    cursor: pointer;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .names li[aria-selected='true'] {
    background: var(--_accent);
    color: var(--_on-accent);
  }
  @media (hover: hover) {
    .names li:hover {
      background: var(--_surface);
    }
  }
  @media (pointer: coarse) {
    .names {
      max-block-size: 232px;
    }
    .names li {
      padding-block: 12px;
    }
  }
  @media (forced-colors: active) {
    .names li[aria-selected='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
