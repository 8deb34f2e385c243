import { el, NS } from '@meerkat-chat/xmpp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FrameClient } from './frame-client.js';
import { createTestServer, type TestServer } from './test-server.js';

let server: TestServer;
beforeEach(async () => {
  server = await createTestServer();
  await server.addUser('romeo', 'secret');
});
afterEach(() => server.stop());

test('it signs in by a password, by a token, and as a guest', async () => {
  expect(await new FrameClient(server).signIn('romeo', 'secret')).toMatch(/^romeo@localhost\/./);
  const token = await server.siteToken('mira');
  expect(await new FrameClient(server).signIn('mira', token, 'X-OAUTH2')).toMatch(/^mira@localhost\/./);
  expect(await new FrameClient(server).signIn()).toMatch(/^guest-.*@localhost\/./);
  await expect(new FrameClient(server).signIn('romeo', 'odd')).rejects.toThrow('not-authorized');
});

test('each request gets its own answer', async () => {
  const client = new FrameClient(server);
  await client.signIn();
  const unknown = await client.asks('get', el('query', 'urn:nothing'), 'localhost');
  const known = await client.asks('get', el('ping', NS.ping), 'localhost');
  expect([unknown.attrs.type, known.attrs.type]).toEqual(['error', 'result']);
});
