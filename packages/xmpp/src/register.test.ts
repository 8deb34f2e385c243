import { expect, test } from 'vitest';
import { encodeDataForm } from './data-form.js';
import { NS } from './ns.js';
import {
  decodeRegister,
  encodeChangePassword,
  encodeChangePasswordForm,
  encodeRegister,
  encodeRegistered,
  encodeRegistrationForm,
} from './register.js';
import { child, childText, type Element, el } from './xml/element.js';

const form = (formType: string, ...fields: (readonly [string, string])[]): Element =>
  el(
    'query',
    NS.register,
    {},
    encodeDataForm({
      type: 'submit',
      formType,
      fields: fields.map(([name, value]) => ({ var: name, values: [value] })),
    }),
  );

test('an account is asked for in fields and in a form', () => {
  const asked = { kind: 'submit', username: 'romeo', password: 'a secret', oldPassword: undefined };
  expect(decodeRegister(encodeRegister('romeo', 'a secret'))).toEqual({ ok: true, value: asked });
  expect(decodeRegister(form(NS.register, ['username', 'romeo'], ['password', 'a secret']))).toEqual({
    ok: true,
    value: asked,
  });
});

test('another password is asked for with the present one', () => {
  expect(decodeRegister(encodeChangePassword('romeo', 'old', 'new'))).toEqual({
    ok: true,
    value: { kind: 'submit', username: 'romeo', password: 'new', oldPassword: 'old' },
  });
  const x = child(encodeChangePasswordForm('romeo'), 'x', NS.dataForms);
  expect(x?.attrs.type).toBe('form');
});

test('an account may be given up', () => {
  const query = el('query', NS.register, {}, el('remove', NS.register));
  expect(decodeRegister(query)).toEqual({ ok: true, value: { kind: 'remove' } });
});

test.each([
  ['nothing', el('query', NS.register)],
  ['no password', el('query', NS.register, {}, el('username', NS.register, {}, 'romeo'))],
  ['an empty name', encodeRegister('', 'a secret')],
  ['a form of another kind', form('urn:other', ['username', 'romeo'], ['password', 'a secret'])],
  ['a field twice', form(NS.register, ['username', 'a'], ['username', 'b'], ['password', 'a secret'])],
  ['a form without a name', form(NS.register, ['password', 'a secret'])],
])('%s is no request', (_, query) => {
  expect(decodeRegister(query)).toMatchObject({ ok: false, error: { condition: 'bad-request' } });
});

test('what is wanted is told in fields and in a form', () => {
  const query = encodeRegistrationForm('Choose a name.');
  expect(childText(query, 'instructions')).toBe('Choose a name.');
  expect(childText(query, 'username')).toBe('');
  expect(child(query, 'x', NS.dataForms)).toBeDefined();
  const there = encodeRegistered('romeo');
  expect([child(there, 'registered') !== undefined, childText(there, 'username')]).toEqual([true, 'romeo']);
});
