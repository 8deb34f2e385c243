import { css } from 'lit';

/** A conversation with one person: whether they are there, by shape and colour. Loaded with the first of them. */
export const personStyles = css`
  [data-here] .subject::before {
    content: '';
    display: inline-block;
    box-sizing: border-box;
    inline-size: 8px;
    block-size: 8px;
    margin-inline-end: 6px;
    border: 2px solid var(--_muted);
    border-radius: 50%;
  }
  [data-here='true'] .subject:not([data-lost])::before {
    border-color: var(--_good);
    background: var(--_good);
  }
  .subject[data-lost]::before {
    display: none;
  }
  /* There are two, and the side tells who speaks. */
  [data-density='bubbles'][data-person] .row > .name {
    display: none;
  }
  @media (forced-colors: active) {
    [data-here] .subject::before {
      border-color: CanvasText;
    }
    [data-here='true'] .subject:not([data-lost])::before {
      background: CanvasText;
    }
  }
`;
