import type { CSSResult } from 'lit';

/** Adds the styles of a part that was loaded on demand, once per shadow root. No `<style>`: a strict policy forbids it. */
export function addStyles(root: Node, { styleSheet }: CSSResult): void {
  if (!(root instanceof ShadowRoot) || !styleSheet || root.adoptedStyleSheets.includes(styleSheet)) return;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, styleSheet];
}
