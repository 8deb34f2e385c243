import type { Millis, SaslFailure } from '@meerkat-chat/xmpp';
import type { RefusalReason } from '../chat.js';
import type { ServerError } from './stream.js';

/** What keeps us from going on by ourselves. */
export interface Refusal {
  readonly reason: RefusalReason;
  readonly text?: string | undefined;
  /** It is tried again after that time. */
  readonly retryAfter?: Millis | undefined;
}

/** What a failed sign-in means to a person; undefined when another attempt may succeed. */
export function refusalOfSasl({ condition, text }: SaslFailure): Refusal | undefined {
  switch (condition) {
    case 'not-authorized':
    case 'credentials-expired':
    case 'invalid-authzid':
      return { reason: 'not-authorized', text };
    case 'account-disabled':
      return { reason: 'forbidden', text };
    case 'encryption-required':
      return { reason: 'insecure', text };
    case 'invalid-mechanism':
    case 'mechanism-too-weak':
    case 'malformed-request':
    case 'incorrect-encoding':
      return { reason: 'unsupported', text };
    case 'aborted':
    case 'temporary-auth-failure':
      return undefined;
  }
}

/** What a stream error means to a person; undefined when another attempt may succeed. */
export function refusalOfStream({ condition, text }: ServerError): Refusal | undefined {
  switch (condition) {
    case 'conflict':
      return { reason: 'replaced', text };
    case 'not-authorized':
      return { reason: 'forbidden', text };
    case 'host-gone':
    case 'host-unknown':
      return { reason: 'unreachable', text };
    case 'unsupported-feature':
    case 'unsupported-version':
      return { reason: 'unsupported', text };
    default:
      return undefined;
  }
}
