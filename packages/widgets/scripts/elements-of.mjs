/** Every class with a tag in a custom-elements.json, and the module that it is in. */
export function elementsOf(manifest) {
  return manifest.modules.flatMap(({ path: module, declarations = [] }) =>
    declarations.filter(({ tagName }) => tagName).map((declaration) => ({ ...declaration, module })),
  );
}

/** The same, in the order of their tags. */
export const byTag = (manifest) => elementsOf(manifest).sort((a, b) => (a.tagName < b.tagName ? -1 : 1));
