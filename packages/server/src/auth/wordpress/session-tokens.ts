import { createHash } from 'node:crypto';
import { unserialize } from './php-serialize.js';

/**
 * Until when a session of WordPress lasts, by the `session_tokens` of its user (4.0 and later), in seconds.
 * @param meta the value as it is stored; undefined where the user has none
 * @param token the third field of the cookie
 * @returns undefined when there is no such session, or the value cannot be read
 */
export function sessionExpiration(meta: Buffer | undefined, token: string): number | undefined {
  if (meta === undefined) return undefined;
  let sessions: ReturnType<typeof unserialize>;
  try {
    sessions = unserialize(meta);
  } catch {
    return undefined;
  }
  if (!(sessions instanceof Map)) return undefined;
  const session: unknown = sessions.get(createHash('sha256').update(token).digest('hex'));
  // 4.0 kept the time alone.
  const expiration: unknown = session instanceof Map ? session.get('expiration') : session;
  return typeof expiration === 'number' && Number.isSafeInteger(expiration) ? expiration : undefined;
}
