import { expect, test } from 'vitest';
import { svelteTypes, vueTypes } from './framework-types.mjs';

const withAttributes = (...attributes) => ({
  modules: [{ path: 'src/x.ts', declarations: [{ name: 'XNote', tagName: 'x-note', attributes }] }],
});
const text = { text: 'string' };
const SHAPE = { name: 'hat-size', fieldName: 'hatSize', type: text };
const FLAG = { name: 'readonly', fieldName: 'readOnly', type: { text: 'boolean' } };

test('Vue is not let to write an attribute that the element does not have', () => {
  expect(vueTypes(withAttributes(SHAPE, FLAG))).toContain(`\`on\${string}\` | 'readOnly' ?`);
  expect(vueTypes(withAttributes(SHAPE))).toContain(`\`on\${string}\` | never ?`);
});

test('Svelte is not let to write the word false into an attribute', () => {
  expect(svelteTypes(withAttributes(SHAPE, FLAG))).toContain(`extends 'readonly' ? true`);
  expect(svelteTypes(withAttributes({ ...FLAG, name: 'hidden', fieldName: 'hidden' }))).toContain(
    `extends never ? true`,
  );
});
