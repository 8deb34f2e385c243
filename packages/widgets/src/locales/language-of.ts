/** The language that an element stands in: `lang` on it or around it, also around the shadow root that it is in. */
export function languageOf(element: Element): string | undefined {
  const tag = element.closest('[lang]')?.getAttribute('lang');
  if (tag) return tag;
  const { host } = element.getRootNode() as Partial<ShadowRoot>;
  return host && languageOf(host);
}

/** The part of a language tag (BCP 47) that says which language it is, in lower case. */
export function primaryOf(tag: string | undefined): string {
  return tag?.split('-', 1)[0]?.toLowerCase() ?? '';
}
