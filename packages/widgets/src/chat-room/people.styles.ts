import { css } from 'lit';

/** The panel of who is here. Loaded with it. */
export const peopleStyles = css`
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
  .face {
    align-self: center;
    position: relative;
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 24px;
    block-size: 24px;
    margin-block: -4px;
    border-radius: 50%;
    font-size: 11px;
    font-weight: 600;
    line-height: 1;
    overflow: clip;
    color: light-dark(oklch(0.42 0.1 var(--hue)), oklch(0.88 0.07 var(--hue)));
    background: light-dark(oklch(0.93 0.035 var(--hue)), oklch(0.34 0.05 var(--hue)));
  }
  .face img {
    position: absolute;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    background: var(--_bg);
  }
  .people .name {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 550;
  }
  .people li > .icon {
    align-self: center;
    margin-block: -6px;
    margin-inline: auto -8px;
  }
  .note,
  .more {
    font-size: 12px;
    line-height: 16px;
    color: var(--_muted);
    white-space: nowrap;
  }

  @media (hover: hover) {
    .icon:hover {
      background: var(--_surface);
      color: var(--_text);
    }
  }
  @media (forced-colors: active) {
    .face {
      color: CanvasText;
      background: Canvas;
      border: 1px solid CanvasText;
    }
  }
  @media (pointer: coarse) {
    .icon {
      min-block-size: 44px;
      min-inline-size: 44px;
    }
  }
`;
