import { bareJid, type DomainJid } from '@meerkat-chat/xmpp';
import type { UserStore } from '../storage/storage.js';
import type { AuthProvider } from './provider.js';
import { madeUpKeys, passwordFits, preparePassword } from './scram-keys.js';

/** What the internal provider is made of. */
export interface InternalProviderOptions {
  readonly users: UserStore;
  readonly domain: DomainJid;
  /** Iterations of made-up keys: as many as new accounts get. */
  readonly iterations: number;
  /** A key of the server's own. */
  readonly secret: Buffer;
}

/** Accounts in the server's own storage, kept as SCRAM keys. */
export function internalProvider(options: InternalProviderOptions): AuthProvider {
  const { users, domain, iterations, secret } = options;
  return {
    id: 'internal',

    async verifyPassword(local, password) {
      const account = bareJid(local, domain);
      const prepared = preparePassword(password);
      if (!account || prepared === undefined) return { verdict: 'unknown' };
      const user = await users.get(account);
      // An unknown user costs as much time as a known one.
      const keys = user?.keys['SHA-256'] ?? madeUpKeys('SHA-256', local, iterations, secret);
      const fits = await passwordFits('SHA-256', prepared, keys);
      if (!user) return { verdict: 'unknown' };
      return fits
        ? { verdict: 'accepted', identity: { account, kind: 'user' } }
        : { verdict: 'refused', reason: 'not-authorized' };
    },

    async scramKeys(local, hash) {
      const account = bareJid(local, domain);
      return account && (await users.get(account))?.keys[hash];
    },
  };
}
