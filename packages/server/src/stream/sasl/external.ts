import { fromUtf8 } from '@meerkat-chat/xmpp';
import type { SaslContext, SaslExchange } from './mechanism.js';
import { saslFailed, stepOf } from './steps.js';

/** EXTERNAL (RFC 4422 appendix A): who it is was said outside, by the cookies of the connection's request. */
export function external({ auth, peer }: SaslContext): SaslExchange {
  return {
    async next(message) {
      if (message === undefined) return { step: 'challenge', data: Buffer.alloc(0) };
      const authzid = fromUtf8(message);
      if (authzid === undefined || authzid.includes('\0')) return saslFailed('malformed-request');
      return stepOf(await auth.external(peer), authzid === '' ? {} : { authzid });
    },
  };
}
