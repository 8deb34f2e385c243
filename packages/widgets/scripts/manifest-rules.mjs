// Whether custom-elements.json tells the truth: what an element's sources use is in it, what is in it is used, and
// each entry has words. Pure: manifest and texts in, problems out.

import path from 'node:path';
import { elementsOf } from './elements-of.mjs';

const all = (text, pattern) =>
  new Set([...text.matchAll(pattern)].map((match) => match.slice(1).find(Boolean) ?? ''));

/** The attributes of `static properties` of Lit, or of the list that `observedAttributes` is made of. */
function attributesIn(text) {
  const list = text.match(/\bATTRIBUTES = \[([^\]]*)\]/)?.[1];
  if (list !== undefined) return all(list, /'([^']+)'/g);
  const block = text.match(/static (?:override )?(?:readonly )?properties = \{([\s\S]*?)\n {2}\}/)?.[1] ?? '';
  const found = new Set();
  for (const [, name, options] of block.matchAll(/^ {4}(\w+): \{(.*?)\},?$/gms)) {
    if (/attribute: false/.test(options)) continue;
    found.add(options.match(/attribute: '([^']+)'/)?.[1] ?? name.toLowerCase());
  }
  return found;
}

/** What the sources of one element use. `make(...)` builds rows by hand: its second argument is class and part. */
function usedBy(element, files) {
  const folder = path.posix.dirname(element.module);
  const own = files.get(element.module) ?? '';
  const texts = [...files].filter(([file]) => path.posix.dirname(file) === folder);
  const code = texts.map(([, text]) => text).join('\n');
  const tokens = own.includes('tokens.styles.js') ? (files.get('src/tokens/tokens.styles.ts') ?? '') : '';
  const parts = all(
    code,
    /\bpart="([^"$]+)"|\bmake\('\w+', '([\w-]+)'|\bsetAttribute\('part', [`']([\w -]+)/g,
  );
  // Names of other shapes, as `--hue` of a row, pass between the element's own parts.
  const open = new RegExp(`^--(chat|${element.tagName.split('-')[0]})-`);
  return {
    attributes: attributesIn(own),
    events: all(
      texts.map(([file, text]) => (file.endsWith('.events.ts') ? text : '')).join('\n'),
      /super\('([^']+)'/g,
    ),
    slots: all(code, /<slot(?: name="([^"]*)")?/g),
    cssParts: new Set([...parts].flatMap((part) => part.trim().split(' '))),
    cssProperties: new Set(
      [...all(code + tokens, /var\((--(?!_)[\w-]+)/g)].filter((name) => open.test(name)),
    ),
  };
}

const WHAT = {
  attributes: 'attribute',
  events: 'event',
  slots: 'slot',
  cssParts: 'part',
  cssProperties: 'CSS property',
};

/**
 * @param manifest custom-elements.json
 * @param files    Map of source path (`src/...`, without tests) to text
 * @param wanted   the tags that there have to be
 * @returns one line for each thing that is wrong
 */
export function checkManifest(manifest, files, wanted) {
  const elements = elementsOf(manifest);
  const problems = wanted
    .filter((tag) => !elements.some(({ tagName }) => tagName === tag))
    .map((tag) => `<${tag}>: not in the manifest`);
  for (const element of elements) {
    const say = (text) => problems.push(`<${element.tagName}>: ${text}`);
    if (!element.description) say('the class has no words');
    const used = usedBy(element, files);
    for (const [list, what] of Object.entries(WHAT)) {
      const told = new Map((element[list] ?? []).map((entry) => [entry.name ?? '', entry]));
      for (const name of used[list]) if (!told.has(name)) say(`${what} "${name}" is used and not documented`);
      for (const [name, { description }] of told) {
        if (!used[list].has(name)) say(`${what} "${name}" is documented and not used`);
        if (!description?.trim()) say(`${what} "${name}" has no words`);
      }
    }
  }
  return problems;
}

/** What any element takes, of HTML itself or of a library that we name. */
const ANYWHERE = /^(id|class|style|slot|hidden|lang|dir|title|(data|aria)-.+)$/;

/**
 * Whether pages and documents write our tags with attributes that there are.
 * @param texts Map of file name to text with HTML in it
 * @returns one line for each attribute that no element has
 */
export function checkSnippets(manifest, texts) {
  const problems = [];
  for (const { tagName, attributes = [] } of elementsOf(manifest)) {
    const known = new Set(attributes.map(({ name }) => name));
    for (const [file, text] of texts) {
      const plain = text.replaceAll('&lt;', '<').replaceAll('&gt;', '>');
      for (const [, written] of plain.matchAll(new RegExp(`<${tagName}(\\s[^<>]*)>`, 'g'))) {
        for (const [, name] of written.matchAll(/\s([\w-]+)(?:="[^"]*")?(?=[\s/]|$)/g)) {
          if (!known.has(name) && !ANYWHERE.test(name))
            problems.push(`${file}: <${tagName}> has no "${name}"`);
        }
      }
    }
  }
  return problems;
}
