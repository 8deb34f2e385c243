import { assertNever } from '@meerkat-chat/xmpp';
import type { Credentials } from '../target.js';
import type { SignInKind } from './row.js';

/** Of measurements, and good for nothing else: on the loopback address, as long as a turn lasts. */
const SECRET = 'the secret of a site that is measured only';
const COOKIE = 'chat';

/** Settings of a server that takes the tokens of that site, by their path. */
export const SITE_SETTINGS: Readonly<Record<string, string>> = {
  'auth.token.secrets': JSON.stringify([SECRET]),
  'auth.token.cookie': COOKIE,
};

/** What users sign in by. */
export function credentialsOf(kind: SignInKind): Credentials {
  const site = { prefix: 'load-', key: Buffer.from(SECRET).toString('base64') };
  switch (kind) {
    case 'guest':
      return { kind };
    case 'token':
      return { kind, ...site };
    case 'cookie':
      return { kind, ...site, cookie: COOKIE };
    default:
      return assertNever(kind);
  }
}
