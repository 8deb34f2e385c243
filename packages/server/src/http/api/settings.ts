import { z } from 'zod';

/**
 * What a key may be allowed. `read` looks, `write` changes; `messages:write` speaks in rooms and to people; `users:export`
 * reads all that is kept of a person, what they said too.
 */
export const API_SCOPES = [
  'archive:read',
  'audit:read',
  'messages:write',
  'rooms:read',
  'rooms:write',
  'sessions:read',
  'sessions:write',
  'users:export',
  'users:read',
  'users:write',
] as const;

export type ApiScope = (typeof API_SCOPES)[number];

function areDifferent(texts: readonly string[]): boolean {
  return new Set(texts).size === texts.length;
}

/** Settings of the API for administration. */
export const apiSettings = z.object({
  /**
   * Keys of programs that administer this server over HTTP, such as the site's back end: each with a name, the key
   * itself (32 characters or more, sent as a bearer token) and what it may do. None: there is no API.
   */
  keys: z
    .array(
      z.object({
        name: z.string().regex(/^[\w.-]{1,64}$/),
        key: z.string().regex(/^[\w.~+/-]{32,}=*$/),
        scopes: z.array(z.enum(API_SCOPES)).min(1),
      }),
    )
    .refine(
      (keys) => [keys.map(({ name }) => name), keys.map(({ key }) => key)].every(areDifferent),
      'keys that differ, each with a name of its own',
    )
    .default([])
    .meta({ secret: true }),
  /** How long it is kept who did what, in milliseconds. */
  auditLife: z.int().min(86_400_000).default(31_536_000_000),
});

/** Settings of the API, complete. */
export type ApiSettings = Readonly<z.output<typeof apiSettings>>;
