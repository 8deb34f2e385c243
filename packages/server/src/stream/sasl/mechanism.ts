import type { DomainJid, Element, Random, SaslCondition } from '@meerkat-chat/xmpp';
import type { Authenticator } from '../../auth/authenticator.js';
import type { Identity } from '../../auth/provider.js';
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
      /** Why, for people and for programs. */
      readonly text?: string;
      readonly application?: Element;
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
  /** What a guest answers where a proof was asked for. */
  readonly proof?: string | undefined;
}
