import { svg } from 'lit';

// On a 20 px grid, in the colour of the text around them.
export const minimiseIcon = svg`<svg viewBox="0 0 20 20" aria-hidden="true"><path d="m5 8 5 5 5-5"/></svg>`;
export const closeIcon = svg`<svg viewBox="0 0 20 20" aria-hidden="true"><path d="m5.5 5.5 9 9m0-9-9 9"/></svg>`;
