import { fromUtf8 } from '@meerkat-chat/xmpp';
import type { SaslContext, SaslExchange } from './mechanism.js';
import { saslFailed, stepOf } from './steps.js';

/** X-OAUTH2, as Google Talk had it: the shape of PLAIN, with a token for the password. The token says who it is. */
export function plainToken({ auth, peer }: SaslContext): SaslExchange {
  return {
    async next(message) {
      if (message === undefined) return { step: 'challenge', data: Buffer.alloc(0) };
      const [authzid, , token, ...rest] = fromUtf8(message)?.split('\0') ?? [];
      if (authzid === undefined || !token || rest.length > 0) return saslFailed('malformed-request');
      return stepOf(await auth.verifyToken(token, peer), authzid === '' ? {} : { authzid });
    },
  };
}
