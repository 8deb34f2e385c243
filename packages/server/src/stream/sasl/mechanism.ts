import type { DomainJid, Random, SaslCondition } from '@meerkat-chat/xmpp';
import type { Authenticator } from '../../auth/authenticator.js';
import type { AuthVerdict, Identity } from '../../auth/provider.js';
import type { Peer } from '../../link/server-link.js';

/** What the server says next in an exchange of SASL (RFC 4422 section 3), whatever the profile. */
export type SaslStep =
  | { readonly step: 'challenge'; readonly data: Buffer }
  | {
      readonly step: 'success';
      readonly identity: Identity;
      /** The address that the client asked to act as; undefined where it asked for none. */
      readonly authzid?: string;
      /** Comes with the success. */
      readonly additional?: Buffer;
      /** The token presented is to be replaced now (XEP-0484 section 3.5). */
      readonly renewToken?: boolean;
    }
  | {
      readonly step: 'failure';
      readonly condition: SaslCondition;
      /** The user name that was tried, as far as it was understood. */
      readonly local?: string;
    };

/** One attempt to sign in, from the server's side. */
export interface SaslExchange {
  /** Takes the client's next message; undefined when it sent no initial response. */
  next(message: Buffer | undefined): SaslStep | Promise<SaslStep>;
}

/** What a mechanism needs to judge. */
export interface SaslContext {
  readonly auth: Authenticator;
  readonly peer: Peer;
  readonly domain: DomainJid;
  readonly random: Random;
}

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
      return saslFailed(verdict.reason, more.local);
    case 'unknown':
      return saslFailed('not-authorized', more.local);
  }
}
