import type { SaslCondition } from '@meerkat-chat/xmpp';
import type { AuthVerdict } from '../../auth/provider.js';
import type { SaslStep } from './mechanism.js';

/** Says a failure. */
export function saslFailed(condition: SaslCondition, local?: string): SaslStep {
  return { step: 'failure', condition, ...(local === undefined ? {} : { local }) };
}

/** What a verdict of the authenticator means; a credential that nobody knows is a wrong one. */
export function stepOf(
  verdict: AuthVerdict,
  more: { readonly local?: string; readonly authzid?: string } = {},
): SaslStep {
  switch (verdict.verdict) {
    case 'accepted':
      return {
        step: 'success',
        identity: verdict.identity,
        ...(more.authzid === undefined ? {} : { authzid: more.authzid }),
      };
    case 'refused':
      return {
        ...saslFailed(verdict.reason, more.local),
        ...(verdict.text === undefined ? {} : { text: verdict.text }),
        ...(verdict.application ? { application: verdict.application } : {}),
      };
    case 'unknown':
      return saslFailed('not-authorized', more.local);
  }
}
