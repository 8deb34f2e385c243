import { css } from 'lit';

/** The header: name, subject, number of people. */
export const headerStyles = css`
  .header {
    flex: none;
    display: flex;
    align-items: center;
    gap: 8px;
    block-size: 48px;
    padding-inline: 16px 8px;
    border-block-end: 1px solid var(--_line);
  }
  [data-density='live'] .header {
    block-size: 44px;
    padding-inline: 12px 4px;
  }
  .title {
    flex: 1;
    min-inline-size: 0;
    display: grid;
    /* The second line has its place before there is one. */
    grid-template-rows: 20px 16px;
    justify-items: start;
  }
  .room-name,
  .subject {
    max-inline-size: 100%;
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
  }
  .room-name {
    font-weight: 600;
  }
  .room-name:last-child {
    transform: translateY(8px);
  }
  .subject {
    font-size: 12px;
    line-height: 16px;
    color: var(--_muted);
  }
  .subject[data-lost] {
    color: var(--_warn);
    opacity: 0;
    animation: appear 160ms ease-out 400ms forwards;
  }
  .people-button {
    display: flex;
    align-items: center;
    gap: 4px;
    min-block-size: 32px;
    padding-inline: 8px;
    color: var(--_muted);
    font-size: 13px;
    font-variant-numeric: tabular-nums;
    transition: background-color var(--_quick);
  }
  .people-button svg {
    inline-size: 18px;
    block-size: 18px;
  }
  /* Digits stand in the middle of the icon, whatever font the page has. */
  .people-button span {
    text-box: trim-both cap alphabetic;
  }
  .people-button[aria-expanded='true'] {
    background: var(--_surface);
    color: var(--_text);
  }
  @media (hover: hover) {
    .people-button:hover {
      background: var(--_surface);
      color: var(--_text);
    }
  }
  @media (pointer: coarse) {
    .people-button {
      min-block-size: 44px;
      min-inline-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .people-button {
      border: 1px solid ButtonBorder;
    }
  }
`;
