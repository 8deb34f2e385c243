import type { SaslMechanism } from '../../auth/authenticator.js';
import { anonymous } from './anonymous.js';
import { bearer } from './bearer.js';
import { external } from './external.js';
import type { SaslContext, SaslExchange } from './mechanism.js';
import { plain } from './plain.js';
import { plainToken } from './plain-token.js';
import { scram } from './scram.js';

/** Begins an attempt with a mechanism of ours; undefined for one that is not taken on this link. */
export function beginExchange(name: string, context: SaslContext): SaslExchange | undefined {
  const mechanism = context.auth.accepts(name, context.peer);
  return mechanism && exchangeOf(mechanism, context);
}

function exchangeOf(mechanism: SaslMechanism, context: SaslContext): SaslExchange {
  switch (mechanism) {
    case 'ANONYMOUS':
      return anonymous(context);
    case 'EXTERNAL':
      return external(context);
    case 'OAUTHBEARER':
      return bearer(context);
    case 'PLAIN':
      return plain(context);
    case 'SCRAM-SHA-1':
      return scram('SHA-1', context);
    case 'SCRAM-SHA-256':
      return scram('SHA-256', context);
    case 'X-OAUTH2':
      return plainToken(context);
  }
}
