import { describe, expect, test } from 'vitest';
import { parseJid } from './jid.js';
import { NS } from './ns.js';
import {
  bodyOf,
  errorOf,
  messageEl,
  presenceEl,
  readStanza,
  requestEl,
  resultOf,
  type Stanza,
} from './stanza.js';
import { stanzaError } from './stanza-error.js';
import { type Element, el } from './xml/element.js';
import { serialize } from './xml/serialize.js';

function jid(text: string) {
  const parsed = parseJid(text);
  if (!parsed) throw new Error(`not an address: ${text}`);
  return parsed;
}
const from = jid('a@x/1');
const to = jid('b@x');
const read = (element: Element): Stanza | string => readStanza(element, from, to);
const query = el('query', 'urn:q');

describe('readStanza', () => {
  test('stamps the addresses it is given, whatever the element says', () => {
    const stanza = read(el('message', NS.client, { from: 'evil@x', to: 'c@x', id: '1' }));
    expect(stanza).toMatchObject({ kind: 'message', type: 'normal', from, to, id: '1' });
    expect(typeof stanza === 'object' && serialize(stanza.el)).toBe(
      '<message xmlns="jabber:client" from="a@x/1" to="b@x" id="1"/>',
    );
  });

  test.each([
    [el('iq', NS.client, { type: 'get' }, query), 'an iq needs an id'],
    [el('iq', NS.client, { type: 'fetch', id: '1' }, query), 'unknown iq type'],
    [el('iq', NS.client, { id: '1' }, query), 'unknown iq type'],
    [el('iq', NS.client, { type: 'get', id: '1' }), 'a request has exactly one child'],
    [el('iq', NS.client, { type: 'set', id: '1' }, query, query), 'a request has exactly one child'],
    [el('presence', NS.client, { type: 'invisible' }), 'unknown presence type'],
    [el('open', NS.client), '<open/> is not a stanza'],
  ])('refuses %#', (element, reason) => {
    expect(read(element)).toBe(reason);
  });

  test('defaults', () => {
    expect(read(el('message', NS.client, { type: 'constructor' }))).toMatchObject({ type: 'normal' });
    expect(read(el('presence', NS.client))).toMatchObject({ type: 'available' });
    expect(read(el('iq', NS.client, { type: 'result', id: '1' }))).toMatchObject({
      type: 'result',
      payload: undefined,
    });
    expect(read(el('iq', NS.client, { type: 'get', id: '1' }, ' ', query))).toMatchObject({ payload: query });
  });
});

test('stanzas are built without their default types', () => {
  expect(serialize(messageEl({ to, type: 'normal', id: '1', lang: 'de' }))).toBe(
    '<message xmlns="jabber:client" to="b@x" id="1" xml:lang="de"/>',
  );
  expect(serialize(presenceEl({ to, type: 'available' }))).toBe('<presence xmlns="jabber:client" to="b@x"/>');
  expect(serialize(presenceEl({ to, type: 'unavailable' }))).toBe(
    '<presence xmlns="jabber:client" to="b@x" type="unavailable"/>',
  );
});

test('the body is the text of the body in the stanza namespace', () => {
  const message = read(messageEl({}, el('body', 'urn:other', {}, 'no'), el('body', NS.client, {}, 'yes')));
  expect(typeof message === 'object' && message.kind === 'message' && bodyOf(message)).toBe('yes');
});

describe('answers', () => {
  const request = read(requestEl({ type: 'get', id: '7' }, query));
  if (typeof request === 'string' || request.kind !== 'iq') throw new Error('this is an iq');

  test('go back to where the request came from', () => {
    expect(serialize(resultOf(request, query))).toBe(
      '<iq xmlns="jabber:client" type="result" id="7" from="b@x" to="a@x/1"><query xmlns="urn:q"/></iq>',
    );
    expect(serialize(errorOf(request, stanzaError('item-not-found', 'No such room')))).toBe(
      '<iq xmlns="jabber:client" type="error" id="7" from="b@x" to="a@x/1"><error type="cancel">' +
        '<item-not-found xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/>' +
        '<text xmlns="urn:ietf:params:xml:ns:xmpp-stanzas" xml:lang="en">No such room</text></error></iq>',
    );
  });
});
