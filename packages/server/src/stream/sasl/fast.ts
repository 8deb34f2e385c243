import type { FastAttempt } from '@meerkat-chat/xmpp';
import type { FastMechanism } from '../../auth/authenticator.js';
import type { SaslContext, SaslExchange } from './mechanism.js';
import { saslFailed } from './steps.js';

/** A token presented for signing in again (XEP-0484): one message, and the server's proof with the success. */
export function fast(
  { auth }: SaslContext,
  attempt: FastAttempt & { readonly mechanism: FastMechanism; readonly clientId: string },
): SaslExchange {
  const { clientId, count, mechanism } = attempt;
  return {
    async next(response) {
      if (response === undefined) return saslFailed('malformed-request');
      const verdict = await auth.fast.verify({ mechanism, clientId, response, count });
      if (!verdict.accepted) return saslFailed(verdict.reason);
      const { identity, renew, responder } = verdict;
      return { step: 'success', identity, additional: responder, renewToken: renew };
    },
  };
}
