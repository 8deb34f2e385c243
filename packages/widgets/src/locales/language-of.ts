/** The language that an element stands in: `lang` on it or around it, also around the shadow root that it is in. */
export function languageOf(element: Element): string | undefined {
  const tag = element.closest('[lang]')?.getAttribute('lang');
  if (tag) return tag;
  const { host } = element.getRootNode() as Partial<ShadowRoot>;
  return host && languageOf(host);
}
