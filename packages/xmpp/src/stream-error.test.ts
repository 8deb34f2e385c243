import { expect, test } from 'vitest';
import { NS } from './ns.js';
import {
  decodeStreamError,
  encodeStreamError,
  readStreamError,
  stanzaTooBig,
  streamError,
} from './stream-error.js';
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

test('whoever has no list of conditions reads any', () => {
  const error = streamError('policy-violation', 'too large', stanzaTooBig());
  expect(readStreamError(encodeStreamError(error))).toEqual({
    condition: 'policy-violation',
    text: 'too large',
  });
  const odd = el('error', NS.streams, {}, el('text', NS.streamErrors), el('odd', NS.streamErrors));
  expect(readStreamError(odd)).toEqual({ condition: 'odd', text: '' });
  expect(readStreamError(el('error', NS.streams))).toEqual({ condition: 'undefined-condition' });
  expect(readStreamError(el('error', NS.client))).toBeUndefined();
});
