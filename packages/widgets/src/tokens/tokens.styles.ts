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
 * The tokens of every element: `--chat-*` is what a page may set, `--_*` is what the styles of the elements read. Font and
 * scheme are inherited from the page; what else is taken from it is decided by `fitPage`, which sets `--_page-accent`.
 */
export const tokenStyles = css`
  :host {
    --_bg: var(--chat-bg, ${role('bg')});
    --_surface: var(--chat-surface, ${role('surface')});
    --_text: var(--chat-text, ${role('text')});
    --_muted: var(--chat-muted, ${role('muted')});
    --_wanted: var(--_page-accent, var(--chat-accent, ${role('accent')}));
    /* Of any colour, the nearest that can be read on our grounds. The reds may be lighter at the same contrast; what a
       screen cannot show of a chroma would change the lightness again. */
    --_vivid: oklch(from var(--_wanted) l min(c, 0.2) h / 1);
    --_accent: light-dark(
      oklab(from var(--_vivid) min(l, 0.51 + 0.16 * a) a b),
      oklab(from var(--_vivid) max(l, 0.66 + 0.13 * a) a b)
    );
    --_on-accent: var(--chat-on-accent, ${role('onAccent')});
    --_good: var(--chat-good, ${role('good')});
    --_warn: var(--chat-warn, ${role('warn')});
    --_bad: var(--chat-bad, ${role('bad')});
    --_line: var(--chat-line, color-mix(in oklab, var(--_text) 12%, transparent));
    /* Around what is written in: it can be found (WCAG 1.4.11). */
    --_border: color-mix(in oklab, var(--_text) 50%, var(--_bg));
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
  /* What fitPage looks at. */
  .page {
    position: absolute;
    background: var(--chat-bg);
    accent-color: var(--chat-accent);
    transition: color 40ms, accent-color 40ms;
    /* From 'auto' to a colour there is nothing between. */
    transition-behavior: allow-discrete;
    animation: shown 1ms;
  }
  @keyframes shown {
    from {
      order: 0;
    }
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
      --_border: CanvasText;
    }
    .name {
      color: CanvasText;
    }
  }
`;
