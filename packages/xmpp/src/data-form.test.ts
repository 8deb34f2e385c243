import { describe, expect, test } from 'vitest';
import {
  type DataForm,
  decodeDataForm,
  encodeDataForm,
  formValue,
  formValues,
  parseFormBoolean,
} from './data-form.js';
import { NS } from './ns.js';
import { el } from './xml/element.js';

const FORM: DataForm = {
  type: 'form',
  formType: 'urn:example',
  title: 'A title',
  instructions: 'Fill it in',
  fields: [
    { var: 'name', type: 'text-single', label: 'Name', required: true, values: ['x'] },
    {
      var: 'who',
      type: 'list-multi',
      label: undefined,
      required: false,
      values: ['a', 'b'],
      options: [
        { value: 'a', label: 'A' },
        { value: 'b', label: undefined },
      ],
    },
  ],
};

describe('data forms', () => {
  test('what is written is read back', () => {
    expect(decodeDataForm(encodeDataForm(FORM))).toEqual({ ok: true, value: FORM });
  });

  test('FORM_TYPE is written as a hidden field, first', () => {
    expect(encodeDataForm(FORM).children[2]).toMatchObject({ attrs: { var: 'FORM_TYPE', type: 'hidden' } });
  });

  test('values are found by name', () => {
    expect(formValue(FORM, 'name')).toBe('x');
    expect(formValues(FORM, 'who')).toEqual(['a', 'b']);
    expect(formValue(FORM, '__proto__')).toBeUndefined();
    expect(formValues(FORM, 'missing')).toEqual([]);
  });

  test.each([
    ['another element', el('y', NS.dataForms, { type: 'submit' })],
    ['no type', el('x', NS.dataForms)],
    ['an unknown type', el('x', NS.dataForms, { type: 'odd' })],
    [
      'a field twice',
      el(
        'x',
        NS.dataForms,
        { type: 'submit' },
        el('field', NS.dataForms, { var: 'a' }),
        el('field', NS.dataForms, { var: 'a' }),
      ),
    ],
  ])('refuses %s', (_name, element) => {
    expect(decodeDataForm(element)).toMatchObject({ ok: false, error: { condition: 'bad-request' } });
  });

  test('fields without a name and unknown field types do no harm', () => {
    const form = el(
      'x',
      NS.dataForms,
      { type: 'submit' },
      el('field', NS.dataForms, { type: 'fixed' }),
      el('field', NS.dataForms, { var: 'a', type: 'odd' }, el('value', NS.dataForms, {}, '1')),
    );
    expect(decodeDataForm(form)).toMatchObject({
      ok: true,
      value: { fields: [{ var: 'a', values: ['1'] }] },
    });
  });

  test('booleans', () => {
    expect(['1', 'true', '0', 'false', 'yes', undefined].map(parseFormBoolean)).toEqual([
      true,
      true,
      false,
      false,
      undefined,
      undefined,
    ]);
  });
});
