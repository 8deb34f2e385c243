import { expect, test } from 'vitest';
import { decodeOpen, encodeClose, encodeOpen, isClose, serializeFrame } from './framing.js';
import { NS } from './ns.js';
import { encodeStreamError, streamError } from './stream-error.js';
import { el } from './xml/element.js';

test('an opening says what it was given, and version 1.0', () => {
  const opening = { to: 'a.example', from: 'u@a.example', lang: 'de' };
  expect(decodeOpen(encodeOpen(opening))).toEqual({ ...opening, version: '1.0' });
  expect(serializeFrame(encodeOpen({ to: 'a.example' }))).toBe(
    '<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="a.example" version="1.0"/>',
  );
  expect(decodeOpen(el('open', NS.client))).toBeUndefined();
});

test('an opening without version stays without', () => {
  expect(decodeOpen(el('open', NS.framing))).toEqual({});
});

test('a close is told from an open', () => {
  expect(isClose(encodeClose())).toBe(true);
  expect(isClose(encodeOpen({}))).toBe(false);
});

test('elements of the stream carry the prefix that old clients look for', () => {
  expect(serializeFrame(encodeStreamError(streamError('conflict', 'a<b')))).toBe(
    '<stream:error xmlns:stream="http://etherx.jabber.org/streams">' +
      '<conflict xmlns="urn:ietf:params:xml:ns:xmpp-streams"/>' +
      '<text xmlns="urn:ietf:params:xml:ns:xmpp-streams" xml:lang="en">a&lt;b</text></stream:error>',
  );
  expect(serializeFrame(el('features', NS.streams))).toBe(
    '<stream:features xmlns:stream="http://etherx.jabber.org/streams"></stream:features>',
  );
});
