import { access } from 'node:fs/promises';
import { assertNever } from '@meerkat-chat/xmpp';
import { ownTokenSecret } from '../auth/create-authenticator.js';
import { loadServerKey } from '../auth/server-key.js';
import { createLoadEnv } from '../load/runtime.js';
import type { Credentials } from '../load/target.js';
import { type CliIo, UsageError } from './io.js';

/** By what users of a load can sign in. */
export const SIGN_IN_WAYS = ['guest', 'password', 'token', 'cookie'] as const;
export type SignInWay = (typeof SIGN_IN_WAYS)[number];

/** The variable of the environment that has the secret of tokens. */
export const SECRET = 'MEERKAT_LOAD_SECRET';

/** Options of `meerkat load` that say so. */
export interface SignInOptions {
  readonly signIn?: SignInWay;
  readonly accounts: string;
  readonly password?: string;
  readonly mechanism: 'PLAIN' | 'SCRAM-SHA-1';
  readonly secret?: string;
  readonly data?: string;
  readonly cookie: string;
}

/** What the users of a load sign in by. @throws UsageError when something for it is missing */
export async function credentialsOf(options: SignInOptions, io: CliIo): Promise<Credentials> {
  const { accounts: prefix, cookie, mechanism, password } = options;
  const way = options.signIn ?? (password === undefined ? 'guest' : 'password');
  switch (way) {
    case 'guest':
      return { kind: 'guest' };
    case 'password':
      if (password === undefined) throw new UsageError('--sign-in password takes --password');
      return { kind: 'password', prefix, password, mechanism };
    case 'token':
      return { kind: 'token', prefix, key: await keyOf(options, io) };
    case 'cookie':
      return { kind: 'cookie', prefix, key: await keyOf(options, io), cookie };
    default:
      return assertNever(way);
  }
}

/** The key that tokens are signed with, in base64. */
async function keyOf({ data, secret }: SignInOptions, io: CliIo): Promise<string> {
  const given = secret ?? (data === undefined ? io.env[SECRET] : undefined);
  if (given !== undefined) return Buffer.from(given).toString('base64');
  if (data === undefined) throw new UsageError(`tokens take --secret, ${SECRET} or --data`);
  try {
    await access(data);
    return ownTokenSecret(await loadServerKey(data, createLoadEnv().random)).toString('base64');
  } catch (error) {
    throw new UsageError(`--data ${data}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
