import { expect, test } from 'vitest';
import { utf8 } from './base64.js';
import { NS } from './ns.js';
import {
  decodeAuthenticate,
  decodeSasl2Success,
  encodeAuthenticate,
  encodeSasl2Feature,
  encodeSasl2Success,
} from './sasl2.js';
import { decodeSasl2Feature } from './sign-in-features.js';
import { el } from './xml/element.js';

const resume = el('resume', NS.sm, { previd: 'p', h: 1 });

test('a request is read as it was written', () => {
  const request = {
    mechanism: 'PLAIN',
    initial: utf8('\0u\0p'),
    userAgent: { id: 'id', software: 'Meerkat', device: undefined },
    inline: [resume],
  };
  expect(decodeAuthenticate(encodeAuthenticate(request))).toEqual(request);
});

test('no initial response is told from an empty one', () => {
  const bare = { mechanism: 'X', userAgent: undefined, inline: [] };
  for (const initial of [undefined, new Uint8Array()]) {
    expect(decodeAuthenticate(encodeAuthenticate({ ...bare, initial }))).toEqual({ ...bare, initial });
  }
});

test('a request without mechanism or with what is no Base64 is malformed', () => {
  expect(decodeAuthenticate(el('authenticate', NS.sasl2))).toEqual({ malformed: true });
  const odd = el('authenticate', NS.sasl2, { mechanism: 'X' }, el('initial-response', NS.sasl2, {}, '!'));
  expect(decodeAuthenticate(odd)).toEqual({ malformed: true });
  expect(decodeAuthenticate(resume)).toBeUndefined();
});

test('a success is read as it was written', () => {
  const success = { authorizationId: 'u@d/r', additional: utf8('v='), inline: [resume] };
  expect(decodeSasl2Success(encodeSasl2Success(success))).toEqual(success);
  expect(decodeSasl2Success(el('success', NS.sasl2))).toBeUndefined();
});

test('the feature is read as it was written', () => {
  const feature = { mechanisms: ['A', 'B'], inline: [el('sm', NS.sm)] };
  expect(decodeSasl2Feature(encodeSasl2Feature(feature))).toEqual(feature);
  expect(decodeSasl2Feature(encodeSasl2Feature({ mechanisms: ['A'], inline: [] })).inline).toEqual([]);
});
