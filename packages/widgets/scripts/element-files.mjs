// What editors and compilers read about the elements, made from custom-elements.json. Pure: manifest in, text out.

import path from 'node:path';

/** Every class with a tag, and the module that it is in. */
export function elementsOf(manifest) {
  return manifest.modules.flatMap(({ path: module, declarations = [] }) =>
    declarations.filter(({ tagName }) => tagName).map((declaration) => ({ ...declaration, module })),
  );
}

const byTag = (manifest) => elementsOf(manifest).sort((a, b) => (a.tagName < b.tagName ? -1 : 1));
const built = (module) => `./${module.replace(/^src\//, '').replace(/\.ts$/, '.js')}`;
const comment = (text, indent) =>
  `${indent}/** ${text.trim().replaceAll('*/', '*\\/').split('\n').join(`\n${indent} * `)} */`.replace(
    / +$/gm,
    '',
  );

/** The literals of a union, `'auto' | 'dark' | undefined`: what may be written into the attribute. */
function valuesOf(type = '') {
  return [...type.matchAll(/'([^']*)'/g)].map(([, name]) => ({ name }));
}

/** Completion for HTML in VS Code: the setting `html.customData`. */
export function vscodeData(manifest) {
  const tags = byTag(manifest).map(({ tagName, description, attributes = [] }) => ({
    name: tagName,
    description,
    attributes: attributes.map(({ name, description: words, type }) => {
      const values = valuesOf(type?.text);
      return { name, description: words, ...(values.length > 0 ? { values } : {}) };
    }),
  }));
  return `${JSON.stringify({ version: 1.1, tags }, undefined, 2)}\n`;
}

function propsOf({ name, members = [], attributes = [], events = [] }) {
  const fields = members.filter(({ kind, static: own, readonly }) => kind === 'field' && !own && !readonly);
  const lines = fields.map(
    (field) => `${comment(field.description, '  ')}\n  ${field.name}?: ${name}['${field.name}'] | undefined;`,
  );
  for (const { name: attribute, fieldName, description } of attributes) {
    if (attribute === fieldName) continue;
    lines.push(`${comment(description, '  ')}\n  '${attribute}'?: ${name}['${fieldName}'] | undefined;`);
  }
  for (const { name: event, type, description } of events) {
    lines.push(
      `${comment(description, '  ')}\n  'on${event}'?: ((event: ${type.text}) => void) | undefined;`,
    );
  }
  return `/** What \`<${kebab(name)}>\` takes in JSX, beside what every element takes. */\nexport interface ${name}Props {\n${lines.join('\n')}\n}`;
}

const kebab = (name) => name.replace(/(?<=.)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

/** Props of each element, for any JSX that sets properties and listens to `onNAME` (React 19, Preact, Solid). */
export function jsxTypes(manifest) {
  const elements = byTag(manifest);
  const moduleOf = (name) =>
    manifest.modules.find(({ declarations = [] }) => declarations.some((one) => one.name === name))?.path;
  const needed = new Map();
  for (const { name, module, events = [] } of elements) {
    for (const [type, from] of [
      [name, module],
      ...events.map((one) => [one.type.text, moduleOf(one.type.text)]),
    ]) {
      if (from === undefined) throw new Error(`${name}: no module has the event class ${type}`);
      needed.set(from, new Set([...(needed.get(from) ?? []), type]));
    }
  }
  const imports = [...needed].map(
    ([from, names]) => `import type { ${[...names].sort().join(', ')} } from '${built(from)}';`,
  );
  const map = elements.map(
    ({ tagName, name }) => `  '${tagName}': { readonly element: ${name}; readonly props: ${name}Props };`,
  );
  return [
    '// Made from custom-elements.json by the build.',
    imports.sort().join('\n'),
    '',
    ...elements.map((element) => `${propsOf(element)}\n`),
    '/** Each tag with its class and its props. */',
    `export interface MeerkatElements {\n${map.join('\n')}\n}`,
    '',
  ].join('\n');
}

/** The tags in React's JSX: `import type {} from '@meerkat-chat/widgets/react'` once in a project. */
export function reactTypes() {
  return `// Made by the build.
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { MeerkatElements } from './jsx.js';

type Tags = {
  [Tag in keyof MeerkatElements]: DetailedHTMLProps<
    HTMLAttributes<MeerkatElements[Tag]['element']>,
    MeerkatElements[Tag]['element']
  > &
    MeerkatElements[Tag]['props'];
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends Tags {}
  }
}
`;
}

/** All files, by their name in `dist/`. */
export function elementFiles(manifest) {
  return new Map([
    ['jsx.d.ts', jsxTypes(manifest)],
    ['react.d.ts', reactTypes()],
    ['vscode.html-custom-data.json', vscodeData(manifest)],
  ]);
}

/** A plugin of the analyzer that writes them beside the manifest. */
export function writeElementFiles({ folder, write }) {
  return {
    name: 'element-files',
    packageLinkPhase({ customElementsManifest }) {
      for (const [name, text] of elementFiles(customElementsManifest)) write(path.join(folder, name), text);
    },
  };
}
