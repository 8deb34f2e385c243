import { expect, test } from 'vitest';
import { domainIn, fetchHostMeta, plannedEndpoints } from './endpoints.js';

const MEERKAT = {
  websocket: 'wss://chat.example/xmpp-websocket',
  bosh: 'https://chat.example/http-bind',
  meerkat: true,
};

test.each([
  [{ server: 'https://chat.example' }, { ...MEERKAT, domain: undefined }],
  [
    { server: 'https://chat.example/a/b', domain: 'D.example' },
    { ...MEERKAT, domain: 'd.example' },
  ],
  [
    {},
    {
      websocket: 'wss://page.example/xmpp-websocket',
      bosh: 'https://page.example/http-bind',
      meerkat: true,
      domain: undefined,
    },
  ],
  [
    { websocket: 'wss://x.example/ws' },
    { websocket: 'wss://x.example/ws', domain: 'x.example', meerkat: false },
  ],
  [{ bosh: '/bosh' }, { bosh: 'https://page.example/bosh', domain: 'page.example', meerkat: false }],
  [{ server: 'ftp://x.example' }, undefined],
  [{ websocket: 'javascript:x' }, undefined],
])('%j', (where, planned) => {
  expect(plannedEndpoints(where, 'https://page.example')).toEqual(planned);
});

test('without an origin nothing can be planned for a page that names no server', () => {
  expect(plannedEndpoints({}, undefined)).toBeUndefined();
});

test('host-meta names our domain, and of nonsense nothing is believed', () => {
  expect(domainIn({ properties: { 'urn:meerkat:domain:0': 'd.example' } })).toBe('d.example');
  for (const value of [
    undefined,
    null,
    1,
    'x',
    [],
    { links: 1, properties: 2 },
    { properties: { 'urn:meerkat:domain:0': '@' } },
    { properties: { 'urn:meerkat:domain:0': 1 } },
  ]) {
    expect(domainIn(value)).toBeUndefined();
  }
});

test('a host-meta that is not there, is no JSON or is too long is none', async () => {
  const { signal } = new AbortController();
  for (const [status, text] of [
    [404, '{}'],
    [200, '<html>'],
    [200, `"${'x'.repeat(65_536)}"`],
  ] as const) {
    const fetch = async () => ({ status, text: async () => text });
    expect(await fetchHostMeta({ fetch }, 'https://chat.example', signal)).toBeUndefined();
  }
});
