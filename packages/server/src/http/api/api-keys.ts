import { createHash, timingSafeEqual } from 'node:crypto';
import type { ApiScope, ApiSettings } from './settings.js';

/** Who asks, by their key. */
export interface ApiCaller {
  readonly name: string;
  /** Who that is in the audit log. */
  readonly actor: string;
  readonly scopes: readonly ApiScope[];
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The keys that are set. */
export class ApiKeys {
  readonly #keys: readonly { readonly hash: Buffer; readonly caller: ApiCaller }[];

  constructor(keys: ApiSettings['keys']) {
    this.#keys = keys.map(({ key, name, scopes }) => ({
      hash: digest(key),
      caller: { name, actor: `key ${name}`, scopes },
    }));
  }

  /** Whose key it is, by the `Authorization` header. Takes as long for a wrong key as for a right one. */
  callerOf(authorization: string | undefined): ApiCaller | undefined {
    const [, key] = /^Bearer +(\S{1,1024})$/i.exec(authorization ?? '') ?? [];
    const hash = digest(key ?? '');
    let found: ApiCaller | undefined;
    for (const known of this.#keys) if (timingSafeEqual(known.hash, hash)) found = known.caller;
    return key === undefined ? undefined : found;
  }
}
