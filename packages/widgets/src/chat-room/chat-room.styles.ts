import { css } from 'lit';

/** Everything but the rows. Logical directions only, so that it mirrors in right-to-left pages. */
export const chatRoomStyles = css`
  :host {
    display: block;
    block-size: 28rem;
    min-inline-size: 0;
    color: var(--_text);
    font: inherit;
    font-family: var(--chat-font, inherit);
    font-size: 14px;
    line-height: 20px;
    text-align: start;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  p,
  ul {
    margin: 0;
    padding: 0;
  }
  button,
  input,
  textarea {
    font: inherit;
    color: inherit;
    margin: 0;
  }
  button {
    border: 0;
    background: none;
    padding: 0;
    cursor: pointer;
    border-radius: var(--_control-radius);
    touch-action: manipulation;
  }
  button:disabled {
    cursor: default;
  }
  svg {
    display: block;
    inline-size: 20px;
    block-size: 20px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  :focus {
    outline: none;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }

  .frame {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
    overflow: clip;
    position: relative;
    isolation: isolate;
    background: var(--_bg);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    overflow-wrap: anywhere;
  }

  .frame[data-unstyled] {
    font-family: system-ui, sans-serif;
  }

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
    color: var(--_muted);
    pointer-events: none;
  }

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
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(4px);
    }
  }

  .people {
    position: absolute;
    inset-block: 8px;
    inset-inline-end: 8px;
    inline-size: min(260px, calc(100% - 16px));
    display: flex;
    flex-direction: column;
    max-block-size: max-content;
    background: var(--_bg);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    box-shadow: var(--_float);
    z-index: 3;
    animation: rise var(--_quick);
  }
  .people:focus-visible {
    outline: none;
  }
  .people-head {
    flex: none;
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: 4px 4px 4px 12px;
    padding-inline: 12px 4px;
    font-weight: 600;
    border-block-end: 1px solid var(--_line);
  }
  .icon {
    display: grid;
    place-items: center;
    inline-size: 32px;
    block-size: 32px;
    color: var(--_muted);
  }
  .people ul {
    list-style: none;
    overflow-y: auto;
    overscroll-behavior: contain;
    padding-block: 4px;
  }
  .people li {
    display: flex;
    align-items: baseline;
    gap: 8px;
    padding: 4px 12px;
  }
  .people .name {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 550;
  }
  .note,
  .more {
    font-size: 12px;
    line-height: 16px;
    color: var(--_muted);
    white-space: nowrap;
  }

  .offline {
    flex: none;
    padding: 6px 16px;
    font-size: 12px;
    line-height: 16px;
    color: var(--_muted);
    text-align: center;
    border-block-start: 1px solid var(--_line);
  }
  .offline + .composer {
    border-block-start: 0;
    padding-block-start: 0;
  }

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
  .notice-title {
    color: var(--_text);
    font-weight: 600;
  }
  .notice-words {
    padding-inline-start: 10px;
    border-inline-start: 2px solid var(--_line);
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
  .notice > .primary,
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
  .primary {
    min-block-size: 36px;
    padding-inline: 14px;
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 550;
    white-space: nowrap;
  }
  .primary:focus-visible {
    outline-offset: 2px;
  }

  .composer {
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
    border: 1px solid transparent;
    border-radius: var(--_control-radius);
    background: var(--_surface);
    padding: 7px 12px;
    outline: none;
    transition: border-color var(--_quick);
  }
  textarea {
    resize: none;
    field-sizing: content;
    max-block-size: calc(5lh + 16px);
    padding-inline-end: 44px;
    overflow-y: auto;
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

  .announcer {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (hover: hover) {
    .people-button:hover,
    .icon:hover {
      background: var(--_surface);
      color: var(--_text);
    }
    .primary:hover,
    .send:hover,
    .pill:has(span):hover {
      background: color-mix(in oklab, var(--_accent) 90%, var(--_text));
    }
  }
  .people-button[aria-expanded='true'] {
    background: var(--_surface);
    color: var(--_text);
  }

  @media (pointer: coarse) {
    .people-button,
    .primary,
    .pill,
    .icon,
    textarea,
    input {
      min-block-size: 44px;
    }
    .people-button,
    .icon {
      min-inline-size: 44px;
    }
    textarea,
    input {
      font-size: 16px;
      padding-block: 11px;
    }
    textarea {
      padding-inline-end: 52px;
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
      padding-block-end: max(8px, env(safe-area-inset-bottom));
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .progress::before {
      animation: none;
      inline-size: 100%;
      background: var(--_accent);
    }
  }
  @media (forced-colors: active) {
    textarea,
    input,
    .primary,
    .send,
    .pill,
    .people-button {
      border: 1px solid ButtonBorder;
    }
    .progress::before {
      background: Highlight;
    }
  }
`;
