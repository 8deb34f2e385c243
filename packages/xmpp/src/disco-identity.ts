import { NS } from './ns.js';
import { children, type Element } from './xml/element.js';

/** What an entity is (XEP-0030 section 3.1), by the registry of categories and types. */
export interface DiscoIdentity {
  readonly category: string;
  readonly type: string;
  readonly name?: string | undefined;
}

/** What an entity says of itself in every answer to disco#info. */
export interface DiscoFeatures {
  readonly identities: readonly DiscoIdentity[];
  readonly features: readonly string[];
}

/** Reads of an answer to disco#info what an entity is and can do; what is malformed in it is passed over. */
export function decodeDiscoIdentity(query: Element): DiscoFeatures {
  return {
    identities: children(query, 'identity', NS.discoInfo).map(({ attrs }) => ({
      category: attrs.category ?? '',
      type: attrs.type ?? '',
      name: attrs.name,
    })),
    features: children(query, 'feature', NS.discoInfo).flatMap(({ attrs }) => attrs.var ?? []),
  };
}
