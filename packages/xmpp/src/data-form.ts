import { NS } from './ns.js';
import { failed, ok, type Result } from './result.js';
import { type StanzaError, stanzaError } from './stanza-error.js';
import { child, children, childText, type Element, el, is, text } from './xml/element.js';

/** XEP-0004 section 3.3. */
export type FormFieldType =
  | 'boolean'
  | 'fixed'
  | 'hidden'
  | 'jid-multi'
  | 'jid-single'
  | 'list-multi'
  | 'list-single'
  | 'text-multi'
  | 'text-private'
  | 'text-single';

/** One field of a form; in a submitted one only `var` and `values` matter. */
export interface FormField {
  readonly var: string;
  readonly values: readonly string[];
  readonly type?: FormFieldType | undefined;
  readonly label?: string | undefined;
  readonly required?: boolean | undefined;
  /** What `list-single` and `list-multi` choose from. */
  readonly options?: readonly { readonly value: string; readonly label?: string | undefined }[] | undefined;
}

export type FormType = 'cancel' | 'form' | 'result' | 'submit';

/** A form or what came of one (XEP-0004). `FORM_TYPE` (XEP-0068) is a field of its own here. */
export interface DataForm {
  readonly type: FormType;
  /** The namespace that says what the fields mean (XEP-0068). */
  readonly formType?: string | undefined;
  readonly title?: string | undefined;
  readonly instructions?: string | undefined;
  /** Without `FORM_TYPE`. */
  readonly fields: readonly FormField[];
}

const FORM_TYPE = 'FORM_TYPE';
const FORM_TYPES: readonly string[] = ['cancel', 'form', 'result', 'submit'];
const FIELD_TYPES: readonly string[] = [
  'boolean',
  'fixed',
  'hidden',
  'jid-multi',
  'jid-single',
  'list-multi',
  'list-single',
  'text-multi',
  'text-private',
  'text-single',
];

function encodeField(field: FormField): Element {
  return el(
    'field',
    NS.dataForms,
    { var: field.var, type: field.type, label: field.label },
    field.required === true && el('required', NS.dataForms),
    ...field.values.map((value) => el('value', NS.dataForms, {}, value)),
    ...(field.options ?? []).map((option) =>
      el('option', NS.dataForms, { label: option.label }, el('value', NS.dataForms, {}, option.value)),
    ),
  );
}

/** Writes `<x xmlns='jabber:x:data'/>`. */
export function encodeDataForm(form: DataForm): Element {
  return el(
    'x',
    NS.dataForms,
    { type: form.type },
    form.title !== undefined && el('title', NS.dataForms, {}, form.title),
    form.instructions !== undefined && el('instructions', NS.dataForms, {}, form.instructions),
    form.formType !== undefined && encodeField({ var: FORM_TYPE, type: 'hidden', values: [form.formType] }),
    ...form.fields.map(encodeField),
  );
}

function decodeField(element: Element): FormField | undefined {
  const name = element.attrs.var;
  if (name === undefined) return undefined;
  const type = element.attrs.type;
  const options = children(element, 'option').map((option) => ({
    value: childText(option, 'value') ?? '',
    label: option.attrs.label,
  }));
  return {
    var: name,
    values: children(element, 'value').map(text),
    type: type !== undefined && FIELD_TYPES.includes(type) ? (type as FormFieldType) : undefined,
    label: element.attrs.label,
    required: child(element, 'required') !== undefined,
    ...(options.length > 0 ? { options } : {}),
  };
}

/**
 * Reads `<x xmlns='jabber:x:data'/>`. Fields without a name (`fixed` texts) are passed over.
 * @returns `bad-request` for another element, an unknown form type, or a field that is given twice
 */
export function decodeDataForm(element: Element): Result<DataForm, StanzaError> {
  const type = element.attrs.type;
  if (!is(element, 'x', NS.dataForms) || type === undefined || !FORM_TYPES.includes(type)) {
    return failed(stanzaError('bad-request', 'This is not a data form.'));
  }
  const seen = new Set<string>();
  const fields: FormField[] = [];
  let formType: string | undefined;
  for (const node of children(element, 'field')) {
    const field = decodeField(node);
    if (!field) continue;
    if (seen.has(field.var)) return failed(stanzaError('bad-request', 'A field is given twice.'));
    seen.add(field.var);
    if (field.var === FORM_TYPE) formType = field.values[0];
    else fields.push(field);
  }
  return ok({
    type: type as FormType,
    formType,
    title: childText(element, 'title'),
    instructions: childText(element, 'instructions'),
    fields,
  });
}

/** The first value of a field; undefined where it is missing or empty of values. */
export function formValue(form: DataForm, name: string): string | undefined {
  return form.fields.find((field) => field.var === name)?.values[0];
}

/** The values of a field, none where it is missing. */
export function formValues(form: DataForm, name: string): readonly string[] {
  return form.fields.find((field) => field.var === name)?.values ?? [];
}

/** Reads the value of a boolean field (`1`, `true`, `0`, `false`); undefined for anything else. */
export function parseFormBoolean(value: string | undefined): boolean | undefined {
  if (value === '1' || value === 'true') return true;
  if (value === '0' || value === 'false') return false;
  return undefined;
}
