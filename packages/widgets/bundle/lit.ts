// In the bundle, in place of `lit`: what our elements import of it.

export { css, unsafeCSS } from './css-tag.js';
export { LitElement } from './lit-element.js';
export { html, nothing, render, svg } from './lit-html.js';
