import { css } from 'lit';

/** The open box: panel, sheet and their buttons. */
export const boxPanelStyles = css`
  .panel {
    position: absolute;
    inset-block: auto 0;
    inset-inline: auto 0;
    display: flex;
    flex-direction: column;
    inline-size: min(var(--chat-box-width, 360px), calc(100vw - 2 * var(--_edge)));
    block-size: min(var(--chat-box-height, 560px), calc(100dvh - 2 * var(--_edge)));
    max-inline-size: none;
    max-block-size: none;
    margin: 0;
    padding: 0;
    overflow: clip;
    color: inherit;
    background: var(--_bg);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    box-shadow: var(--_float);
    transform-origin: 100% 100%;
    overscroll-behavior: contain;
    transition:
      opacity var(--_quick),
      transform var(--_quick);
  }
  .panel:dir(rtl) {
    transform-origin: 0 100%;
  }
  /* Not taken away: the room keeps its rows, its scroll position and its measures. */
  .panel:not([open]) {
    visibility: hidden;
    opacity: 0;
    transform: translateY(8px) scale(0.98);
    transition:
      opacity var(--_quick),
      transform var(--_quick),
      visibility var(--_quick);
  }
  .panel:focus-visible {
    outline-offset: -2px;
  }
  .panel::backdrop {
    background: var(--_bg);
  }

  chat-room {
    flex: 1;
    min-block-size: 0;
    block-size: auto;
  }
  chat-room::part(frame) {
    border: 0;
    border-radius: 0;
  }
  /* The room's own header makes room for our buttons. */
  chat-room::part(header) {
    flex: none;
    block-size: 48px;
    padding-inline: 16px 92px;
  }
  .controls {
    position: absolute;
    inset-block-start: 4px;
    inset-inline-end: 8px;
    display: flex;
    gap: 2px;
  }
  .controls button {
    display: grid;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    color: var(--_muted);
    border-radius: var(--_control-radius);
  }
  .controls button:focus-visible {
    outline-offset: -2px;
  }
  @media (hover: hover) {
    .controls button:hover {
      color: var(--_text);
      background: var(--_surface);
    }
  }
  @media (pointer: coarse) {
    .controls {
      inset-block-start: 2px;
      inset-inline-end: 4px;
    }
    .controls button {
      inline-size: 44px;
      block-size: 44px;
    }
    chat-room::part(header) {
      padding-inline-end: 96px;
    }
  }
  @media (max-width: 480px) {
    .panel {
      position: fixed;
      inset: var(--_visible-top, 0px) 0 auto 0;
      inline-size: 100%;
      block-size: var(--_visible-height, 100dvh);
      border: 0;
      border-radius: 0;
      box-shadow: none;
      padding: env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom)
        env(safe-area-inset-left);
      transform-origin: 50% 100%;
    }
    .panel,
    .panel:not([open]) {
      transition: none;
    }
    .panel[data-keyboard] {
      padding-block-end: 0;
    }
    .controls {
      margin-block-start: env(safe-area-inset-top);
      margin-inline-end: env(safe-area-inset-right);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .panel:not([open]) {
      transform: none;
    }
  }
`;
