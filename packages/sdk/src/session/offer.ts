import {
  child,
  decodeBind2Feature,
  decodeFastFeature,
  decodeMechanisms,
  decodeSasl2Feature,
  type Element,
  is,
  NS,
} from '@meerkat-chat/xmpp';

/** What a server's stream features say that it can do; it is remembered, and guessed at the next time. */
export interface Offer {
  /** Undefined without SASL2 (XEP-0388). */
  readonly sasl2?: {
    readonly mechanisms: readonly string[];
    /** Mechanisms of FAST (XEP-0484); none where it is not offered. */
    readonly fast: readonly string[];
    readonly bind2: boolean;
    /** Stream management can be switched on within Bind 2. */
    readonly bindSm: boolean;
    /** `<resume/>` can come with `<authenticate/>`. */
    readonly inlineSm: boolean;
  };
  /** Mechanisms of classic SASL. */
  readonly classic: readonly string[];
  /** After sign-in. */
  readonly sm: boolean;
}

/** What our own server offers: who knows it need not wait for its features. */
export const MEERKAT_OFFER: Offer = {
  sasl2: {
    mechanisms: ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN', 'ANONYMOUS'],
    fast: ['HT-SHA-256-NONE'],
    bind2: true,
    bindSm: true,
    inlineSm: true,
  },
  classic: ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN', 'ANONYMOUS'],
  sm: false,
};

/** Reads `<stream:features/>`. */
export function readOffer(features: Element): Offer {
  const authentication = child(features, 'authentication', NS.sasl2);
  const mechanisms = child(features, 'mechanisms', NS.sasl);
  const base = {
    classic: mechanisms ? decodeMechanisms(mechanisms) : [],
    sm: child(features, 'sm', NS.sm) !== undefined,
  };
  if (!authentication) return base;
  const { inline, mechanisms: names } = decodeSasl2Feature(authentication);
  const bind = decodeBind2Feature(inline);
  const sasl2 = {
    mechanisms: names,
    fast: decodeFastFeature(inline) ?? [],
    bind2: bind !== undefined,
    bindSm: bind?.includes(NS.sm) ?? false,
    inlineSm: inline.some((node) => is(node, 'sm', NS.sm)),
  };
  return { ...base, sasl2 };
}
