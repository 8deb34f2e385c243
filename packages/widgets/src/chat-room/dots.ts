import { svg } from 'lit';

/** The drawing on what opens a menu. */
export const dots = svg`<svg viewBox="0 0 20 20" aria-hidden="true"><path stroke-width="2.6" d="M5 10h.01M10 10h.01M15 10h.01"/></svg>`;
