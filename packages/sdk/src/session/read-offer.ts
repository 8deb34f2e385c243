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
import type { Offer } from './offer.js';

/** All that a server's stream features say that it can do. */
export interface WholeOffer extends Offer {
  /** Mechanisms of classic SASL. */
  readonly classic: readonly string[];
  /** Stream management, after sign-in. */
  readonly sm: boolean;
}

/** Reads `<stream:features/>`. */
export function readOffer(features: Element): WholeOffer {
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
