import { expect, test } from 'vitest';
import { encodeReservedNick, isReservedNick } from './guest.js';
import { NS } from './ns.js';
import { decodeStanzaError, encodeStanzaError, stanzaError } from './stanza-error.js';
import { el } from './xml/element.js';

test('a nick that is kept from guests is told beside the condition of the error', () => {
  const told = (application?: ReturnType<typeof encodeReservedNick>) =>
    decodeStanzaError(
      el(
        'presence',
        NS.client,
        {},
        encodeStanzaError(stanzaError('not-acceptable', 'No.', application ? { application } : {})),
      ),
    );
  expect(isReservedNick(told(encodeReservedNick()).application)).toBe(true);
  expect(isReservedNick(told().application)).toBe(false);
  expect(isReservedNick(told(el('reserved', 'urn:other')).application)).toBe(false);
});
