import { css } from 'lit';

/** What lies over the list or in its place: progress, an empty room, and the line of being offline. */
export const bodyStyles = css`
  .body {
    flex: 1;
    min-block-size: 0;
    position: relative;
    display: flex;
    flex-direction: column;
  }
  .progress {
    position: absolute;
    inset-block-start: -1px;
    inset-inline: 0;
    block-size: 2px;
    overflow: hidden;
    z-index: 2;
    opacity: 0;
    animation: appear 160ms ease-out 400ms forwards;
    pointer-events: none;
  }
  .progress::before {
    content: '';
    position: absolute;
    inset: 0;
    inline-size: 40%;
    background: linear-gradient(90deg, transparent, var(--_accent), transparent);
    animation: pass 1.4s cubic-bezier(0.4, 0, 0.6, 1) infinite;
  }
  @keyframes appear {
    to {
      opacity: 1;
    }
  }
  @keyframes pass {
    from {
      transform: translateX(-100%);
    }
    to {
      transform: translateX(250%);
    }
  }

  .empty {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    max-inline-size: 32ch;
    margin: auto;
    padding: 24px;
    text-align: center;
    text-wrap: balance;
    unicode-bidi: plaintext;
    color: var(--_muted);
    pointer-events: none;
  }

  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(4px);
    }
  }

  .line {
    flex: none;
    padding: 6px 16px;
    font-size: 12px;
    line-height: 16px;
    color: var(--_muted);
    text-align: center;
    text-wrap: balance;
    unicode-bidi: plaintext;
    border-block-start: 1px solid var(--_line);
  }
  .line + .composer {
    border-block-start: 0;
    padding-block-start: 0;
  }

  @media (prefers-reduced-motion: reduce) {
    .progress::before {
      animation: none;
      inline-size: 100%;
      background: var(--_accent);
    }
  }
  @media (forced-colors: active) {
    .progress::before {
      background: Highlight;
    }
  }
`;
