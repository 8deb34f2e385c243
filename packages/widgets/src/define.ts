/** What may be registered as a tag. */
export interface ElementClass extends CustomElementConstructor {
  readonly version: string;
}

/**
 * Registers an element, once per page. A page may well load us twice (two plug-ins, a bundle and `embed.js`): the
 * first one stays; the same version is silent, another one says so once. Without a DOM (Node) it does nothing.
 */
export function define(
  tag: string,
  element: ElementClass,
  registry: Pick<CustomElementRegistry, 'define' | 'get'> | undefined = globalThis.customElements,
): void {
  if (registry === undefined) return;
  const present = registry.get(tag);
  if (present === undefined) {
    registry.define(tag, element);
    return;
  }
  if (present === element) return;
  const version = (present as Partial<ElementClass>).version;
  if (version !== element.version) {
    console.warn(
      `<${tag}> ${version ?? 'of another origin'} is already on this page; ${element.version} stays unused.`,
    );
  }
}
