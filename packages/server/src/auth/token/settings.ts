import { z } from 'zod';

/** Settings of tokens that a site signs. Times are in milliseconds. */
export const tokenSettings = z.object({
  /**
   * Secrets that the site's back end signs tokens with (HS256), of 32 characters or more each. Several, so that one can
   * take the place of another without signing anybody out.
   */
  secrets: z.array(z.string().min(32)).default([]).meta({ secret: true }),
  /** Where the site publishes its keys (JWKS), for RS256, PS256, ES256, ES384 and EdDSA. */
  jwks: z
    .string()
    .regex(/^https?:\/\/\S+$/)
    .optional(),
  /** What tokens must name as their issuer (`iss`). */
  issuer: z.string().min(1).optional(),
  /** What tokens must name as their audience (`aud`), one of these; the domain where none is set. */
  audience: z.array(z.string().min(1)).default([]),
  /** How far ahead a token may expire, and how long after it was made (`iat`). */
  maxLife: z.int().min(1000).default(86_400_000),
  /** How far clocks may be apart. */
  leeway: z.int().min(0).max(600_000).default(30_000),
  /** Whether a token that names itself (`jti`) signs in once only. */
  singleUse: z.boolean().default(true),
  /** How many such tokens are remembered, and how many sign-ins to the site that have ended. */
  remembered: z.int().min(1).default(200_000),
  /** The name of a cookie that holds a token of the site; it may sign in more than once. */
  cookie: z
    .string()
    .regex(/^[^\s=;,"]+$/)
    .optional(),
  /** Whether a token is taken as a password, for clients that know nothing else. SCRAM is not offered then. */
  asPassword: z.boolean().default(true),
});

/** Settings of tokens, complete. */
export type TokenSettings = Readonly<z.output<typeof tokenSettings>>;
