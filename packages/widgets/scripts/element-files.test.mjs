import { expect, test } from 'vitest';
import { elementFiles } from './element-files.mjs';

const MANIFEST = {
  modules: [
    {
      path: 'src/x-note/x-note-element.ts',
      declarations: [
        {
          name: 'XNote',
          tagName: 'x-note',
          description: 'A note.',
          members: [
            { kind: 'field', name: 'readOnly', description: 'For watching only.' },
            { kind: 'field', name: 'state', description: 'What it shows.', readonly: true },
            { kind: 'field', name: 'version', description: 'Of the class.', static: true },
            { kind: 'method', name: 'focus', description: 'Focuses it.' },
          ],
          attributes: [
            {
              name: 'readonly',
              fieldName: 'readOnly',
              type: { text: `'no' | 'yes' | undefined` },
              description: 'For watching only. */',
            },
          ],
          events: [{ name: 'x-sent', type: { text: 'XSentEvent' }, description: 'it was sent' }],
        },
      ],
    },
    { path: 'src/x-note/x-note.events.ts', declarations: [{ name: 'XSentEvent' }] },
  ],
};

const ABOUT = { name: 'notes', version: '1.2.3' };
const file = (name, manifest = MANIFEST) => elementFiles(manifest, ABOUT).get(name);

test('JSX takes what may be set, the attribute of another name, and the events', () => {
  const text = file('jsx.d.ts');
  expect(text).toContain(`import type { XNote } from './x-note/x-note-element.js';`);
  expect(text).toContain(`import type { XSentEvent } from './x-note/x-note.events.js';`);
  expect(text).toContain(`readOnly?: XNote['readOnly'] | undefined;`);
  expect(text).toContain(`'readonly'?: XNote['readOnly'] | undefined;`);
  expect(text).toContain(`'onx-sent'?: ((event: XSentEvent) => void) | undefined;`);
  expect(text).not.toMatch(/'?(state|version|focus)'?\?:/);
});

test('each tag is told with its class, its props and its events', () => {
  expect(file('jsx.d.ts')).toContain(
    `'x-note': { readonly element: XNote; readonly props: XNoteProps; readonly events: XNoteEvents }`,
  );
  expect(file('jsx.d.ts')).toContain(`'x-sent': XSentEvent;`);
});

test('words that would end a comment do not', () => {
  expect(file('jsx.d.ts')).toContain('/** For watching only. *\\/ */');
});

test('an event whose class nobody knows fails the build', () => {
  const [element] = MANIFEST.modules;
  expect(() => file('jsx.d.ts', { modules: [element] })).toThrow('XSentEvent');
});
