import type { Fitting } from '../stored.js';

/** The mechanism of FAST that we have. */
export const HT_SHA_256_NONE = 'HT-SHA-256-NONE';

/** How an offer is stored. */
export const OFFER = {
  /** Missing without SASL2 (XEP-0388). */
  'sasl2?': {
    mechanisms: ['string'],
    /** Mechanisms of FAST (XEP-0484); none where it is not offered. */
    fast: ['string'],
    bind2: 'boolean',
    /** Stream management can be switched on within Bind 2. */
    bindSm: 'boolean',
    /** `<resume/>` can come with `<authenticate/>`. */
    inlineSm: 'boolean',
  },
} as const;

/** What a server can do in one flight; it is remembered, and guessed at the next time. */
export type Offer = Fitting<typeof OFFER>;

/** What our own server offers: who knows it need not wait for its features. */
export const MEERKAT_OFFER: Offer = {
  sasl2: {
    mechanisms: ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'OAUTHBEARER', 'EXTERNAL', 'PLAIN', 'ANONYMOUS'],
    fast: [HT_SHA_256_NONE],
    bind2: true,
    bindSm: true,
    inlineSm: true,
  },
};
