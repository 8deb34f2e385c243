import { describe, expect, test } from 'vitest';
import { NS } from './ns.js';
import { messageEl } from './stanza.js';
import {
  decodeStanzaError,
  encodeStanzaError,
  isErrorStanza,
  STANZA_ERROR_TYPES,
  stanzaError,
} from './stanza-error.js';
import { el } from './xml/element.js';

describe('stanza errors', () => {
  test('every condition survives the wire', () => {
    for (const condition of Object.keys(STANZA_ERROR_TYPES) as (keyof typeof STANZA_ERROR_TYPES)[]) {
      const error = stanzaError(condition, 'why', { type: 'wait', application: el('mine', 'urn:mine') });
      expect(decodeStanzaError(messageEl({ type: 'error' }, encodeStanzaError(error)))).toEqual(error);
    }
  });

  test('what is missing is undefined-condition, and what nobody knows stays as it is', () => {
    const unknown = el('error', NS.client, { type: 'odd' }, el('toString', NS.stanzaErrors));
    for (const [child, condition] of [
      [undefined, 'undefined-condition'],
      [el('error', NS.client), 'undefined-condition'],
      [unknown, 'toString'],
    ] as const) {
      expect(decodeStanzaError(messageEl({ type: 'error' }, child))).toEqual({ condition, type: 'cancel' });
    }
  });

  test('are recognised by type or by child', () => {
    expect(isErrorStanza(messageEl({ type: 'error' }))).toBe(true);
    expect(isErrorStanza(messageEl({}, encodeStanzaError(stanzaError('gone'))))).toBe(true);
    expect(isErrorStanza(messageEl({}))).toBe(false);
  });
});
