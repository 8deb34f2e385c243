// In the bundle, in place of Lit's file of this name: what it has for browsers without constructable style sheets, and
// its checks of what types have checked, are longer than what is used. Our styles need newer browsers anyway (light-dark).

/** Styles as an element has them. The sheet is made when the first element is, never where there is no document. */
export class CSSResult {
  readonly cssText: string;
  #sheet: CSSStyleSheet | undefined;

  constructor(cssText: unknown) {
    this.cssText = String(cssText);
  }

  get styleSheet(): CSSStyleSheet {
    if (!this.#sheet) {
      this.#sheet = new CSSStyleSheet();
      this.#sheet.replaceSync(this.cssText);
    }
    return this.#sheet;
  }

  toString(): string {
    return this.cssText;
  }
}

export const supportsAdoptingStyleSheets = true;

export const unsafeCSS = (cssText: unknown): CSSResult => new CSSResult(cssText);

export const css = (texts: TemplateStringsArray, ...values: readonly unknown[]): CSSResult =>
  new CSSResult(String.raw({ raw: texts }, ...values));

export const getCompatibleStyle = <T>(style: T): T => style;

export function adoptStyles(root: ShadowRoot, styles: readonly (CSSResult | CSSStyleSheet)[]): void {
  root.adoptedStyleSheets = styles.map((style) => (style instanceof CSSResult ? style.styleSheet : style));
}
