import type { SaslContext, SaslExchange } from './mechanism.js';
import { stepOf } from './steps.js';

/** ANONYMOUS (RFC 4505): a guest. What the client says of itself is not looked at. */
export function anonymous({ auth, peer, proof }: SaslContext): SaslExchange {
  return {
    async next() {
      return stepOf(await auth.anonymous(peer, proof));
    },
  };
}
