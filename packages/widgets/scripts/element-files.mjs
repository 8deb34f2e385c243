// What editors and compilers read about the elements, made from custom-elements.json. Pure: manifest in, text out.

import path from 'node:path';
import { vscodeData, webTypes } from './editor-data.mjs';
import { byTag } from './elements-of.mjs';
import { reactTypes, svelteTypes, vueTypes } from './framework-types.mjs';

const built = (module) => `./${module.replace(/^src\//, '').replace(/\.ts$/, '.js')}`;
const comment = (text, indent) =>
  `${indent}/** ${text.trim().replaceAll('*/', '*\\/').split('\n').join(`\n${indent} * `)} */`.replace(
    / +$/gm,
    '',
  );

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

function eventsOf({ name, events = [] }) {
  const lines = events.map(
    ({ name: event, type, description }) => `${comment(description, '  ')}\n  '${event}': ${type.text};`,
  );
  return `/** What \`<${kebab(name)}>\` tells. */\nexport interface ${name}Events {\n${lines.join('\n')}\n}`;
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
    ({ tagName, name }) =>
      `  '${tagName}': { readonly element: ${name}; readonly props: ${name}Props; readonly events: ${name}Events };`,
  );
  return [
    '// Made from custom-elements.json by the build.',
    imports.sort().join('\n'),
    '',
    ...elements.map((element) => `${propsOf(element)}\n\n${eventsOf(element)}\n`),
    '/** Each tag with its class, its props and its events. */',
    `export interface MeerkatElements {\n${map.join('\n')}\n}`,
    '',
  ].join('\n');
}

/**
 * All files, by their name in `dist/`.
 * @param about `name` and `version` of the package
 */
export function elementFiles(manifest, about) {
  return new Map([
    ['jsx.d.ts', jsxTypes(manifest)],
    ['react.d.ts', reactTypes()],
    ['vue.d.ts', vueTypes(manifest)],
    ['svelte.d.ts', svelteTypes(manifest)],
    ['vscode.html-custom-data.json', vscodeData(manifest)],
    ['web-types.json', webTypes(manifest, about)],
  ]);
}

/** A plugin of the analyzer that writes them beside the manifest. */
export function writeElementFiles({ folder, write, about }) {
  return {
    name: 'element-files',
    packageLinkPhase({ customElementsManifest }) {
      for (const [name, text] of elementFiles(customElementsManifest, about))
        write(path.join(folder, name), text);
    },
  };
}
