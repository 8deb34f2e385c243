import { parseDomainJid } from '@meerkat-chat/xmpp';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { FakeAuthenticator } from './fake-authenticator.js';

function setUp(): FakeAuthenticator {
  const domain = parseDomainJid('capulet.example');
  if (!domain) throw new TypeError('no domain');
  return new FakeAuthenticator(domain, new FakeClock(), { juliet: 'r0m30' });
}

test('knows its accounts, and everybody else is unknown', async () => {
  const auth = setUp();
  expect(await auth.verifyPassword('juliet', 'r0m30')).toMatchObject({ verdict: 'accepted' });
  expect(await auth.verifyPassword('juliet', 'x')).toMatchObject({ verdict: 'refused' });
  expect(await auth.verifyPassword('romeo', 'x')).toEqual({ verdict: 'unknown' });
  expect((await auth.scramKeys('romeo', 'SHA-1')).identity).toBeUndefined();
});

test('bears as many failures as it is told to', () => {
  const auth = setUp();
  auth.patience = 2;
  expect([auth.failed(undefined, 'a'), auth.failed(undefined, 'b')]).toEqual([true, false]);
  expect(auth.failures).toEqual(['a', 'b']);
});
