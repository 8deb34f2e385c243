import { svg } from 'lit';

// Small drawings on a 20 px grid, in the colour of the text around them. Each by itself, so that it is where it is used.

export const closeIcon = svg`<svg viewBox="0 0 20 20" aria-hidden="true"><path d="m5.5 5.5 9 9m0-9-9 9"/></svg>`;

export const downIcon = svg`<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M10 4v11.5m-4.5-4.3 4.5 4.4 4.5-4.4"/></svg>`;

export const peopleIcon = svg`<svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="8" cy="6.75" r="2.75"/><path d="M2.75 16c.3-3 2.3-4.75 5.25-4.75S12.95 13 13.25 16"/><path d="M13 4.3a2.6 2.6 0 0 1 0 4.9M15 11.9c1.4.7 2.2 2.1 2.4 4.1"/></svg>`;

export const sendIcon = svg`<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M10 16V4.5M5 9.2l5-4.9 5 4.9"/></svg>`;
