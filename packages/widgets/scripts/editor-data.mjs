// What editors complete in HTML and CSS, made from custom-elements.json. Pure: manifest in, text out.

import { byTag } from './elements-of.mjs';

const json = (value) => `${JSON.stringify(value, undefined, 2)}\n`;

/** The literals of a union, `'auto' | 'dark' | undefined`: what may be written into the attribute. */
const valuesOf = (type = '') => [...type.matchAll(/'([^']*)'/g)].map(([, name]) => name);

/** Completion for HTML in VS Code: the setting `html.customData`. */
export function vscodeData(manifest) {
  const tags = byTag(manifest).map(({ tagName, description, attributes = [] }) => ({
    name: tagName,
    description,
    attributes: attributes.map(({ name, description: words, type }) => {
      const values = valuesOf(type?.text).map((value) => ({ name: value }));
      return { name, description: words, ...(values.length > 0 ? { values } : {}) };
    }),
  }));
  return json({ version: 1.1, tags });
}

const named = (list = []) => list.map(({ name, description }) => ({ name, description }));

/** An attribute's value, as WebStorm and its kin want to be told. */
function attributeValue(type = '') {
  if (type === 'boolean') return { type: 'boolean', default: 'false' };
  const values = valuesOf(type);
  return { type: values.length > 0 ? values.map((value) => `'${value}'`).join(' | ') : 'string' };
}

/** Completion in JetBrains' editors: https://plugins.jetbrains.com/docs/intellij/websymbols-web-types.html */
export function webTypes(manifest, { name, version }) {
  const elements = byTag(manifest).map((element) => ({
    name: element.tagName,
    description: element.description,
    attributes: (element.attributes ?? []).map(({ name: attribute, description, type }) => ({
      name: attribute,
      description,
      value: attributeValue(type?.text),
    })),
    slots: named(element.slots),
    js: {
      properties: named(
        element.members?.filter(({ kind, static: own, readonly }) => kind === 'field' && !own && !readonly),
      ),
      events: named(element.events),
    },
  }));
  const properties = new Map(
    byTag(manifest).flatMap(({ cssProperties }) => named(cssProperties).map((one) => [one.name, one])),
  );
  return json({
    $schema: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
    name,
    version,
    'description-markup': 'markdown',
    contributions: { html: { elements }, css: { properties: [...properties.values()] } },
  });
}
