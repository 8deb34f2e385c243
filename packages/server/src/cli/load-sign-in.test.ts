import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SeededRandom } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { ownTokenSecret } from '../auth/create-authenticator.js';
import { loadServerKey } from '../auth/server-key.js';
import { UsageError } from './io.js';
import { credentialsOf, type SignInOptions } from './load-sign-in.js';

const OPTIONS: SignInOptions = { accounts: 'load-', mechanism: 'PLAIN', cookie: 'chat' };
const SECRET = 'a secret that is shared with a site';
const KEY = Buffer.from(SECRET).toString('base64');

const of = (options: Partial<SignInOptions>, env: Record<string, string> = {}) =>
  credentialsOf(
    { ...OPTIONS, ...options },
    { env, stdin: process.stdin, stdout: process.stdout, stderr: process.stderr },
  );

test('guests where nothing is said, accounts where there is a password', async () => {
  expect(await of({})).toEqual({ kind: 'guest' });
  expect(await of({ password: 'p' })).toEqual({
    kind: 'password',
    prefix: 'load-',
    password: 'p',
    mechanism: 'PLAIN',
  });
  await expect(of({ signIn: 'password' })).rejects.toThrow(UsageError);
});

test('tokens and cookies are signed with the secret that is given', async () => {
  expect(await of({ signIn: 'token', secret: SECRET })).toEqual({ kind: 'token', prefix: 'load-', key: KEY });
  expect(await of({ signIn: 'cookie' }, { MEERKAT_LOAD_SECRET: SECRET })).toEqual({
    kind: 'cookie',
    prefix: 'load-',
    key: KEY,
    cookie: 'chat',
  });
  await expect(of({ signIn: 'token' })).rejects.toThrow(/--secret/);
});

test('a server of ours is believed by its own secret', async () => {
  const data = await mkdtemp(path.join(tmpdir(), 'meerkat-load-'));
  try {
    const own = ownTokenSecret(await loadServerKey(data, new SeededRandom(1))).toString('base64');
    expect(await of({ signIn: 'token', data }, { MEERKAT_LOAD_SECRET: SECRET })).toMatchObject({ key: own });
    await expect(of({ signIn: 'token', data: path.join(data, 'nowhere') })).rejects.toThrow(UsageError);
  } finally {
    await rm(data, { recursive: true });
  }
});
