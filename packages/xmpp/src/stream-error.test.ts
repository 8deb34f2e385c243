import { expect, test } from 'vitest';
import { NS } from './ns.js';
import { decodeStreamError, encodeStreamError, stanzaTooBig, streamError } from './stream-error.js';
import { el } from './xml/element.js';

test('an error is read as it was written', () => {
  const error = streamError('policy-violation', 'too large', stanzaTooBig());
  expect(decodeStreamError(encodeStreamError(error))).toEqual(error);
  expect(decodeStreamError(encodeStreamError(streamError('reset')))).toEqual({ condition: 'reset' });
});

test('an unknown condition is undefined-condition, another element no error', () => {
  const odd = el('error', NS.streams, {}, el('constructor', NS.streamErrors));
  expect(decodeStreamError(odd)).toEqual({ condition: 'undefined-condition' });
  expect(decodeStreamError(el('error', NS.client))).toBeUndefined();
});
