import { fromUtf8, prepareLocal } from '@meerkat-chat/xmpp';
import type { SaslContext, SaslExchange } from './mechanism.js';
import { saslFailed, stepOf } from './steps.js';

/** PLAIN (RFC 4616): authorization identity, user name and password, each after a NUL. */
export function plain({ auth, peer }: SaslContext): SaslExchange {
  return {
    async next(message) {
      if (message === undefined) return { step: 'challenge', data: Buffer.alloc(0) };
      const parts = fromUtf8(message)?.split('\0');
      const [authzid, name, password, ...rest] = parts ?? [];
      if (authzid === undefined || !name || !password || rest.length > 0) {
        return saslFailed('malformed-request');
      }
      const local = prepareLocal(name);
      if (local === undefined) return saslFailed('not-authorized');
      const verdict = await auth.verifyPassword(local, password, peer);
      return stepOf(verdict, { local, ...(authzid === '' ? {} : { authzid }) });
    },
  };
}
