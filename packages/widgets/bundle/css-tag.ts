// In the bundle, in place of Lit's file of this name: what it has for browsers without constructable style sheets, and
// its checks of what types have checked, are longer than what is used. Our styles need newer browsers anyway (light-dark).

/** Styles as an element has them. The sheet is made when the first element is, never where there is no document. */
export interface CSSResult {
  readonly styleSheet: CSSStyleSheet;
}

export function unsafeCSS(text: string): CSSResult {
  let sheet: CSSStyleSheet | undefined;
  return {
    get styleSheet() {
      if (!sheet) {
        sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
      }
      return sheet;
    },
  };
}

/** Styles as they are written, with plain values. Styles in styles are put together when the bundle is made (`settledTokens`). */
export const css = (texts: TemplateStringsArray, ...values: readonly (number | string)[]): CSSResult =>
  unsafeCSS(String.raw({ raw: texts }, ...values));
