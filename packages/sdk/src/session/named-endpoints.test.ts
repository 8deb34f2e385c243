import { type DomainJid, parseDomainJid } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { namedEndpoints } from './named-endpoints.js';

const usual = {
  bosh: 'https://a.example/http-bind',
  domain: parseDomainJid('a.example') as DomainJid,
  meerkat: true,
};
const properties = { 'urn:meerkat:domain:0': 'd.example' };
const bosh = { rel: 'urn:xmpp:alt-connections:xbosh', href: 'https://a.example/bosh' };

test('what is as safe as it claims is taken', () => {
  const links = [
    { rel: 'urn:xmpp:alt-connections:websocket', href: 'javascript:x' },
    { rel: 'urn:xmpp:alt-connections:websocket', href: 'wss://a.example/ws' },
    bosh,
    null,
  ];
  expect(namedEndpoints({ links, properties }, usual)).toEqual({
    websocket: 'wss://a.example/ws',
    bosh: bosh.href,
    domain: 'a.example',
    meerkat: true,
  });
});

test('who does not name a domain in our way is not ours', () => {
  expect(namedEndpoints({ links: [bosh] }, usual)).toMatchObject({ bosh: bosh.href, meerkat: false });
});

test.each([null, 1, 'x', [], { links: 1 }, { links: [] }, { properties }])('%j names none', (meta) => {
  expect(namedEndpoints(meta, usual)).toBeUndefined();
});
