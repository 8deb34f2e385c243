import { expect, test } from 'vitest';
import { checkManifest, checkSnippets } from './manifest-rules.mjs';

const MODULE = 'src/x-note/x-note-element.ts';
const SOURCE = `static override properties = {
    room: {},
    readOnly: { type: Boolean, attribute: 'readonly' },
    chat: { attribute: false },
  };
  html\`<slot name="header"></slot><p part="frame">\${text}</p>\`;
  make('div', 'row');
  css\`color: var(--x-colour, var(--_inner)); fill: var(--hue)\``;
const FILES = new Map([
  [MODULE, SOURCE],
  ['src/x-note/x-note.events.ts', `super('x-sent', { bubbles: true })`],
  ['src/other/other.ts', `<p part="other">`],
]);
const words = (name) => ({ name, description: 'words' });
const manifest = (changed = {}) => ({
  modules: [
    {
      path: MODULE,
      declarations: [
        {
          name: 'XNote',
          tagName: 'x-note',
          description: 'words',
          attributes: [words('room'), words('readonly')],
          events: [words('x-sent')],
          slots: [words('header')],
          cssParts: [words('frame'), words('row')],
          cssProperties: [words('--x-colour')],
          ...changed,
        },
      ],
    },
  ],
});

test('a manifest that tells all of the sources, and nothing else, passes', () => {
  expect(checkManifest(manifest(), FILES, ['x-note'])).toEqual([]);
});

test.each([
  ['attributes', 'attribute "readonly"'],
  ['events', 'event "x-sent"'],
  ['slots', 'slot "header"'],
  ['cssParts', 'part "row"'],
  ['cssProperties', 'CSS property "--x-colour"'],
])('what is used and not in %s is named', (list, what) => {
  expect(checkManifest(manifest({ [list]: [] }), FILES, [])).toContain(
    `<x-note>: ${what} is used and not documented`,
  );
});

test('what is documented and not used, and what has no words, is named', () => {
  const slots = [words('header'), words('footer')];
  expect(checkManifest(manifest({ slots }), FILES, [])).toEqual([
    '<x-note>: slot "footer" is documented and not used',
  ]);
  expect(checkManifest(manifest({ slots: [{ name: 'header', description: ' ' }] }), FILES, [])).toEqual([
    '<x-note>: slot "header" has no words',
  ]);
  expect(checkManifest(manifest({ description: undefined }), FILES, [])).toEqual([
    '<x-note>: the class has no words',
  ]);
});

test('a tag that is wanted and missing is named', () => {
  expect(checkManifest(manifest(), FILES, ['x-note', 'x-gone'])).toEqual(['<x-gone>: not in the manifest']);
});

test('parts set by script count, also those beside a part that varies', () => {
  const files = new Map([...FILES, ['src/x-note/mark.ts', "el.setAttribute('part', `mark $" + '{state}`)']]);
  const cssParts = [words('frame'), words('row'), words('mark')];
  expect(checkManifest(manifest({ cssParts }), files, [])).toEqual([]);
});

test('an element without Lit tells its attributes by a list', () => {
  const files = new Map([
    ...FILES,
    [MODULE, SOURCE.replace(/static[\s\S]*?\n {2}\};/, "const ATTRIBUTES = ['user'];")],
  ]);
  expect(checkManifest(manifest({ attributes: [words('user')] }), files, [])).toEqual([]);
});

test('documents write attributes that there are', () => {
  const check = (text) => checkSnippets(manifest(), new Map([['how-to.md', text]]));
  expect(
    check('<x-note room="a b" readonly id="n" data-x aria-label="…" style="height: 4px"></x-note>'),
  ).toEqual([]);
  expect(check('<x-note\n  room="lobby"\n  colour="red"></x-note>')).toEqual([
    'how-to.md: <x-note> has no "colour"',
  ]);
  expect(check('&lt;x-note rom="lobby"&gt;')).toEqual(['how-to.md: <x-note> has no "rom"']);
  expect(check('`<x-note wide>` and `<x-note>` and <x-notes far>')).toEqual([
    'how-to.md: <x-note> has no "wide"',
  ]);
});
