import { css } from 'lit';

/** What follows a message that was not sent. Loaded with it. */
export const troubleStyles = css`
  .trouble {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 8px;
    font-size: 12px;
    line-height: 16px;
  }
  .trouble-mark {
    color: var(--_bad);
    font-weight: 550;
  }
  .trouble-mark::before {
    content: '!';
    display: inline-grid;
    place-content: center;
    inline-size: 14px;
    block-size: 14px;
    margin-inline-end: 5px;
    border-radius: 50%;
    background: var(--_bad);
    color: var(--_bg);
    font-size: 11px;
    line-height: 14px;
    font-weight: 700;
  }
  .row-action {
    min-block-size: 24px;
    padding-inline: 6px;
    font-weight: 550;
    text-decoration: underline;
    text-decoration-color: var(--_line);
    text-underline-offset: 3px;
  }
  [data-density='cosy'] .trouble {
    grid-column: 2 / -1;
  }

  @media (pointer: coarse) {
    .row-action {
      min-block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .trouble-mark::before {
      forced-color-adjust: none;
      background: CanvasText;
      color: Canvas;
    }
  }
`;
