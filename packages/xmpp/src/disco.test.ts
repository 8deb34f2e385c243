import { expect, test } from 'vitest';
import { decodeDiscoInfo, decodeDiscoItems, encodeDiscoInfo, encodeDiscoItems } from './disco.js';
import { type Jid, parseJid } from './jid.js';
import { NS } from './ns.js';
import { el } from './xml/element.js';

test('info is read back', () => {
  const info = {
    node: 'n',
    identities: [{ category: 'conference', type: 'text', name: 'Lobby' }],
    features: [NS.muc, NS.mam],
    forms: [
      {
        type: 'result' as const,
        formType: 'urn:example',
        title: undefined,
        instructions: undefined,
        fields: [{ var: 'a', values: ['1'], type: undefined, label: undefined, required: false }],
      },
    ],
  };
  expect(decodeDiscoInfo(encodeDiscoInfo(info))).toEqual(info);
});

test('items are read back with their page; malformed ones are passed over', () => {
  const jid = parseJid('lobby@rooms.example') as Jid;
  const result = {
    node: undefined,
    items: [{ jid, node: undefined, name: 'Lobby' }],
    page: { first: jid, last: jid, index: 0, count: 1 },
  };
  expect(decodeDiscoItems(encodeDiscoItems(result))).toEqual(result);
  const odd = el(
    'query',
    NS.discoItems,
    {},
    el('item', NS.discoItems),
    el('item', NS.discoItems, { jid: '@' }),
  );
  expect(decodeDiscoItems(odd).items).toEqual([]);
});
