import { expect, test } from 'vitest';
import { vscodeData, webTypes } from './editor-data.mjs';

const words = (name, more = {}) => ({ name, description: 'words', ...more });
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
            words('readOnly', { kind: 'field' }),
            words('state', { kind: 'field', readonly: true }),
            words('focus', { kind: 'method' }),
          ],
          attributes: [
            words('shape', { type: { text: `'no' | 'yes' | undefined` } }),
            words('readonly', { type: { text: 'boolean' } }),
            words('room', { type: { text: 'string' } }),
          ],
          events: [words('x-sent', { type: { text: 'XSentEvent' } })],
          slots: [words('header')],
          cssProperties: [words('--x-colour')],
        },
      ],
    },
  ],
};

test('VS Code is told tags, attributes and what may be written into them', () => {
  expect(JSON.parse(vscodeData(MANIFEST))).toEqual({
    version: 1.1,
    tags: [
      {
        name: 'x-note',
        description: 'A note.',
        attributes: [
          { name: 'shape', description: 'words', values: [{ name: 'no' }, { name: 'yes' }] },
          { name: 'readonly', description: 'words' },
          { name: 'room', description: 'words' },
        ],
      },
    ],
  });
});

test('JetBrains is told tags, attributes, properties that may be set, events, slots and CSS properties', () => {
  const told = JSON.parse(webTypes(MANIFEST, { name: 'notes', version: '1.2.3' }));
  expect(told).toMatchObject({ name: 'notes', version: '1.2.3' });
  expect(told.contributions).toEqual({
    html: {
      elements: [
        {
          name: 'x-note',
          description: 'A note.',
          attributes: [
            words('shape', { value: { type: `'no' | 'yes'` } }),
            words('readonly', { value: { type: 'boolean', default: 'false' } }),
            words('room', { value: { type: 'string' } }),
          ],
          slots: [words('header')],
          js: { properties: [words('readOnly')], events: [words('x-sent')] },
        },
      ],
    },
    css: { properties: [words('--x-colour')] },
  });
});
