import { expect, test } from 'vitest';
import {
  decodeCrowded,
  decodeProofWanted,
  encodeCrowded,
  encodeProofWanted,
  encodeReservedNick,
  isReservedNick,
} from './guest.js';
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

test('that there is no place comes with a time, which an odd server cannot make endless', () => {
  const crowded = { by: 'network', retryAfter: 7000 } as const;
  expect(decodeCrowded(encodeCrowded(crowded))).toEqual(crowded);
  expect(decodeCrowded(encodeCrowded({ by: 'server', retryAfter: 1 }))?.retryAfter).toBe(1000);
  for (const odd of ['', '-1', '1e9', '1000000', 'soon']) {
    expect(decodeCrowded(el('crowded', NS.guest, { 'retry-after': odd }))).toEqual({
      by: 'server',
      retryAfter: 60_000,
    });
  }
  expect(decodeCrowded(undefined)).toBeUndefined();
  expect(decodeCrowded(encodeReservedNick())).toBeUndefined();
});

test('what a guest is to prove', () => {
  for (const wanted of [{ kind: 'site' }, { kind: 'work', challenge: 'abc', bits: 26 }] as const) {
    expect(decodeProofWanted(encodeProofWanted(wanted))).toEqual(wanted);
  }
  const odd = [
    { kind: 'dance' },
    { kind: 'work', challenge: 'abc', bits: '27' },
    { kind: 'work', bits: '4' },
  ];
  for (const attrs of [...odd, { kind: 'work', challenge: 'a', bits: '-1' }, {}]) {
    expect(decodeProofWanted(el('proof-wanted', NS.guest, attrs))).toBeUndefined();
  }
});
