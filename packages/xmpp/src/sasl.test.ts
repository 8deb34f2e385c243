import { describe, expect, test } from 'vitest';
import { utf8 } from './base64.js';
import { NS } from './ns.js';
import {
  decodeAuth,
  decodeMechanisms,
  decodeSaslData,
  decodeSaslFailure,
  decodeSaslReply,
  encodeAuth,
  encodeMechanisms,
  encodeSaslAbort,
  encodeSaslData,
  encodeSaslFailure,
} from './sasl.js';
import { el, text } from './xml/element.js';

describe('<auth/>', () => {
  test('tells no initial response from an empty one', () => {
    expect(decodeAuth(encodeAuth({ mechanism: 'X', initial: undefined }))).toEqual({
      mechanism: 'X',
      initial: undefined,
    });
    const empty = encodeAuth({ mechanism: 'X', initial: new Uint8Array() });
    expect(text(empty)).toBe('=');
    expect(decodeAuth(empty)).toEqual({ mechanism: 'X', initial: new Uint8Array() });
  });

  test('is malformed without a mechanism or with what is no Base64', () => {
    expect(decodeAuth(el('auth', NS.sasl))).toEqual({ malformed: true });
    expect(decodeAuth(el('auth', NS.sasl, { mechanism: 'X' }, '*'))).toEqual({ malformed: true });
    expect(decodeAuth(el('auth', NS.sasl2, { mechanism: 'X' }))).toBeUndefined();
  });
});

describe.each([NS.sasl, NS.sasl2])('in profile %s', (profile) => {
  test('replies are read as written', () => {
    const reply = encodeSaslData('response', utf8('hi'), profile);
    expect(decodeSaslReply(reply, profile)).toEqual({ kind: 'response', data: utf8('hi') });
    expect(decodeSaslReply(el('response', profile, {}, '*'), profile)).toEqual({ kind: 'malformed' });
    expect(decodeSaslReply(encodeSaslAbort(profile), profile)).toEqual({ kind: 'abort' });
    expect(decodeSaslReply(el('response', NS.client), profile)).toBeUndefined();
    expect(decodeSaslData(encodeSaslData('challenge', undefined, profile))).toEqual(new Uint8Array());
  });

  test('failures are read as written, unknown ones as not-authorized', () => {
    const application = el('why', 'urn:x');
    const failure = { condition: 'aborted', text: 'as you wish', application } as const;
    expect(decodeSaslFailure(encodeSaslFailure(failure, profile), profile)).toEqual(failure);
    expect(decodeSaslFailure(el('failure', profile, {}, el('odd', NS.sasl)), profile)).toEqual({
      condition: 'not-authorized',
    });
  });
});

test('mechanisms keep their order', () => {
  expect(decodeMechanisms(encodeMechanisms(['B', 'A']))).toEqual(['B', 'A']);
});
