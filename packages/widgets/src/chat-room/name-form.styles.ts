import { css } from 'lit';

/** Where a guest says a name. Loaded with it. */
export const nameFormStyles = css`
  .name-form {
    flex: none;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding: 12px 8px 4px;
    border-block-start: 1px solid var(--_line);
    animation: rise var(--_quick);
  }
  .name-form label {
    flex: 1 0 100%;
    padding-inline: 4px;
    font-size: 12px;
    line-height: 16px;
    color: var(--_muted);
    unicode-bidi: plaintext;
    text-align: match-parent;
  }
  .name-form input {
    flex: 1;
    inline-size: 0;
    min-inline-size: 120px;
  }
  .name-form + .composer {
    border-block-start: 0;
  }
  .problem {
    flex: 1 0 100%;
    padding-inline: 4px;
    font-size: 12px;
    line-height: 16px;
    color: var(--_bad);
  }
`;
