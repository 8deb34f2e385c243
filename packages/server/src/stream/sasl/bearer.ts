import { BEARER_SEPARATOR, fromUtf8, parseOAuthBearer, type SaslCondition } from '@meerkat-chat/xmpp';
import type { SaslContext, SaslExchange } from './mechanism.js';
import { saslFailed, stepOf } from './steps.js';

/** What a client is told of a refusal before the failure itself (RFC 7628 section 3.2.2): nothing but that. */
const REFUSED = Buffer.from(JSON.stringify({ status: 'invalid_token' }));

/** OAUTHBEARER (RFC 7628). A refusal takes another round: the client has to take note of the error first. */
export function bearer({ auth, peer }: SaslContext): SaslExchange {
  let refused: SaslCondition | undefined;
  return {
    async next(message) {
      if (refused) return saslFailed(refused);
      if (message === undefined) return { step: 'challenge', data: Buffer.alloc(0) };
      const said = fromUtf8(message);
      const request = said === undefined ? undefined : parseOAuthBearer(said);
      // A client may ask what it would be told, without a token (RFC 7628 section 4.3).
      if (!request) return saslFailed(said === BEARER_SEPARATOR ? 'not-authorized' : 'malformed-request');
      const { authzid, token } = request;
      const step = stepOf(await auth.verifyToken(token, peer), authzid === undefined ? {} : { authzid });
      if (step.step !== 'failure') return step;
      refused = step.condition;
      return { step: 'challenge', data: REFUSED };
    },
  };
}
