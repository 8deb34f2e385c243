import { bareJid, el, NS, parseDomainJid } from '@meerkat-chat/xmpp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FrameClient } from '../testing/frame-client.js';
import { createTestServer, type TestServer } from '../testing/test-server.js';

let server: TestServer;
beforeEach(async () => {
  server = await createTestServer();
  await server.addUser('juliet', 'first');
});
afterEach(() => server.stop());

/** Signs in on a new stream, and asks for a session to go on with; what the server says of it. */
async function resumes(password: string, previd: string): Promise<string> {
  const client = new FrameClient(server);
  await client.open();
  expect(await client.authenticate('juliet', password)).toBe('success');
  await client.open();
  client.say(el('resume', NS.sm, { previd, h: '0' }));
  return (await client.hears((e) => e.ns === NS.sm)).name;
}

/** A session that waits to be gone on with, and the id that it has. */
async function asleep(): Promise<string> {
  const client = new FrameClient(server);
  await client.signIn('juliet', 'first');
  client.say(el('enable', NS.sm, { resume: 'true' }));
  const { attrs } = await client.hears((e) => e.name === 'enabled');
  client.link.close();
  await expect.poll(() => server.stats()['streams.hibernated']).toBe(1);
  server.clock.advance(1);
  return attrs.id ?? '';
}

test('a session that sleeps wakes for its owner', async () => {
  expect(await resumes('first', await asleep())).toBe('resumed');
});

test('and not for who has got the name since', async () => {
  const id = await asleep();
  await server.accounts.users.delete('juliet');
  expect(server.stats()['streams.sessions']).toBe(0);
  await server.accounts.users.add('juliet', 'second');
  server.clock.advance(1);
  expect(await resumes('second', id)).toBe('failed');
});

test('a token for coming back is good for nothing any more, whatever it granted', async () => {
  const account = server.accounts.users.account('juliet');
  await server.storage.tokens.add({
    account,
    guest: false,
    clientId: 'page',
    mechanism: 'HT-SHA-256-NONE',
    serial: 's',
    issuedAt: 0,
    expiresAt: 9e15,
    count: 0,
    grant: '{"rooms":[["lobby","moderate"]]}',
  });
  await server.accounts.users.delete('juliet');
  await server.accounts.users.add('juliet', 'second');
  expect(await server.storage.tokens.find(account, 'page', 0)).toEqual([]);
});

test('whom only the site knows is removed as an account is, once', async () => {
  const { storage, accounts } = server;
  const mira = accounts.users.account('mira');
  const rooms = parseDomainJid('rooms.localhost') ?? expect.unreachable();
  const room = bareJid('hall', rooms) ?? expect.unreachable();
  await storage.rooms.put({ jid: room, config: {}, createdAt: 0, subject: undefined });
  await storage.rooms.setAffiliation(room, mira, 'admin');
  await accounts.users.delete('mira');
  expect(await storage.rooms.affiliationsOf(mira, { limit: 1 })).toEqual([]);
  await expect(accounts.users.delete('mira')).rejects.toMatchObject({ reason: 'unknown' });
});
