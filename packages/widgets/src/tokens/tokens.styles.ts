import { css, unsafeCSS } from 'lit';
import { toCss } from './oklch.js';
import { DARK, LIGHT, type Scheme } from './tokens.js';

type Role = Exclude<keyof Scheme, 'name'>;

/** Both schemes' colour of a role; which one counts is decided by `color-scheme`. From constants only. */
function role(name: Role) {
  return unsafeCSS(`light-dark(${toCss(LIGHT[name])}, ${toCss(DARK[name])})`);
}

const nameColour = unsafeCSS(
  `light-dark(oklch(${LIGHT.name.l} ${LIGHT.name.c} var(--hue)), oklch(${DARK.name.l} ${DARK.name.c} var(--hue)))`,
);

/**
 * The tokens of every element: `--chat-*` is what a page may set, `--_*` is what the styles of the elements read.
 * The page's font is inherited. `theme` decides the scheme; without it the person's own setting does.
 */
export const tokenStyles = css`
  :host {
    color-scheme: light dark;
    --_bg: var(--chat-bg, ${role('bg')});
    --_surface: var(--chat-surface, ${role('surface')});
    --_text: var(--chat-text, ${role('text')});
    --_muted: var(--chat-muted, ${role('muted')});
    --_accent: var(--chat-accent, ${role('accent')});
    /* Light or dark text, whichever reads better on the accent that the page has set. */
    --_on-accent: var(--chat-on-accent, oklch(from var(--_accent) clamp(0.18, (0.57 - l) * 1000, 0.995) 0 0));
    --_good: var(--chat-good, ${role('good')});
    --_warn: var(--chat-warn, ${role('warn')});
    --_bad: var(--chat-bad, ${role('bad')});
    --_line: var(--chat-line, color-mix(in oklab, var(--_text) 12%, transparent));
    --_radius: var(--chat-radius, 10px);
    --_control-radius: calc(var(--_radius) * 0.8);
    --_float: 0 1px 2px oklch(0 0 0 / 12%), 0 6px 20px oklch(0 0 0 / 14%);
    --_quick: 140ms cubic-bezier(0.2, 0, 0, 1);
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  .name {
    color: ${nameColour};
  }
  @media (prefers-reduced-motion: reduce) {
    :host {
      --_quick: 0ms;
    }
  }
  @media (forced-colors: active) {
    :host {
      --_bg: Canvas;
      --_surface: Canvas;
      --_text: CanvasText;
      --_muted: CanvasText;
      --_accent: LinkText;
      --_on-accent: Canvas;
      --_good: CanvasText;
      --_warn: CanvasText;
      --_bad: CanvasText;
      --_line: CanvasText;
    }
    .name {
      color: CanvasText;
    }
  }
`;
