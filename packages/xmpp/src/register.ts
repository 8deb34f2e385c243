import { decodeDataForm, encodeDataForm, formValue } from './data-form.js';
import { NS } from './ns.js';
import { failed, ok, type Result } from './result.js';
import { type StanzaError, stanzaError } from './stanza-error.js';
import { child, childText, type Element, el } from './xml/element.js';

const CHANGE_FORM = 'jabber:iq:register:changepassword';

/** What a client asks of `jabber:iq:register` in an iq of type set (XEP-0077): an account, another password, or its end. */
export type RegisterRequest =
  | { readonly kind: 'remove' }
  | {
      readonly kind: 'submit';
      readonly username: string;
      readonly password: string;
      /** The present password, which a server may want before it takes another (section 3.3). */
      readonly oldPassword: string | undefined;
    };

/** Reads a request, in fields or in a form; `bad-request` where a name or a password is missing. */
export function decodeRegister(query: Element): Result<RegisterRequest, StanzaError> {
  if (child(query, 'remove', NS.register)) return ok({ kind: 'remove' });
  const x = child(query, 'x', NS.dataForms);
  if (!x) return submitted((name) => childText(query, name));
  const form = decodeDataForm(x);
  if (!form.ok) return form;
  if (form.value.formType !== NS.register && form.value.formType !== CHANGE_FORM) {
    return failed(stanzaError('bad-request', 'The form is of another kind.'));
  }
  return submitted((name) => formValue(form.value, name));
}

function submitted(field: (name: string) => string | undefined): Result<RegisterRequest, StanzaError> {
  const [username, password] = [field('username'), field('password')];
  if (!username || !password) return failed(stanzaError('bad-request', 'A name and a password are needed.'));
  return ok({ kind: 'submit', username, password, oldPassword: field('old_password') });
}

/** What a server wants to know of who registers, as fields and as a form (XEP-0077 section 3.1.1). */
export function encodeRegistrationForm(instructions: string): Element {
  return el(
    'query',
    NS.register,
    {},
    el('instructions', NS.register, {}, instructions),
    el('username', NS.register),
    el('password', NS.register),
    encodeDataForm({
      type: 'form',
      formType: NS.register,
      instructions,
      fields: [
        { var: 'username', type: 'text-single', label: 'Name', values: [], required: true },
        { var: 'password', type: 'text-private', label: 'Password', values: [], required: true },
      ],
    }),
  );
}

/** Says that the account is there already (XEP-0077 section 3.1.1). */
export function encodeRegistered(username: string): Element {
  return el(
    'query',
    NS.register,
    {},
    el('registered', NS.register),
    el('username', NS.register, {}, username),
  );
}

/** Asks for an account, or for another password of one's own (XEP-0077 sections 3.1.2 and 3.3). */
export function encodeRegister(username: string, password: string): Element {
  return el(
    'query',
    NS.register,
    {},
    el('username', NS.register, {}, username),
    el('password', NS.register, {}, password),
  );
}

/** The form that comes with `not-authorized` where the present password is wanted (XEP-0077 section 3.3). */
export function encodeChangePasswordForm(username: string): Element {
  return el('query', NS.register, {}, changeForm('form', username, [], []));
}

/** Asks for another password, with the present one (XEP-0077 section 3.3). */
export function encodeChangePassword(username: string, present: string, password: string): Element {
  return el('query', NS.register, {}, changeForm('submit', username, [present], [password]));
}

function changeForm(
  type: 'form' | 'submit',
  username: string,
  present: readonly string[],
  password: readonly string[],
): Element {
  return encodeDataForm({
    type,
    formType: CHANGE_FORM,
    fields: [
      { var: 'username', type: 'text-single', label: 'Name', values: [username], required: true },
      {
        var: 'old_password',
        type: 'text-private',
        label: 'Present password',
        values: present,
        required: true,
      },
      { var: 'password', type: 'text-private', label: 'New password', values: password, required: true },
    ],
  });
}
