import { bareJid, type DomainJid, type Random } from '@meerkat-chat/xmpp';
import type { Logger } from '../kernel/logger.js';
import type { UserKeys, UserRecord, UserStore } from '../storage/storage.js';
import type { AuthProvider } from './provider.js';
import { madeUpKeys, makeUserKeys, passwordFits, preparePassword } from './scram-keys.js';

/** What the internal provider is made of. */
export interface InternalProviderOptions {
  readonly users: UserStore;
  readonly domain: DomainJid;
  /** Iterations of made-up keys: as many as new accounts get. */
  readonly iterations: number;
  readonly random: Random;
  readonly log: Logger;
  /** A key of the server's own. */
  readonly secret: Buffer;
}

/** Accounts in the server's own storage, kept as SCRAM keys. */
export function internalProvider(options: InternalProviderOptions): AuthProvider {
  const { users, domain, iterations, log, random, secret } = options;
  /** Makes the keys anew that were made with fewer iterations; only a password that is sent as it is allows that. */
  const renew = async ({ account }: UserRecord, before: UserKeys, prepared: string): Promise<void> => {
    try {
      await users.renewKeys(account, before, await makeUserKeys(prepared, iterations, random));
    } catch (err) {
      log.warn({ err }, 'the keys of an account were not made anew');
    }
  };
  return {
    id: 'internal',

    async verifyPassword(local, password) {
      const account = bareJid(local, domain);
      const prepared = preparePassword(password);
      if (!account || prepared === undefined) return { verdict: 'unknown' };
      const user = await users.get(account);
      // An unknown user costs as much time as a known one.
      const keys = user?.keys?.['SHA-256'] ?? madeUpKeys('SHA-256', local, iterations, secret);
      const fits = await passwordFits('SHA-256', prepared, keys);
      if (!user?.keys) return { verdict: 'unknown' };
      if (fits && user.keys && keys.iterations < iterations) void renew(user, user.keys, prepared);
      return fits
        ? { verdict: 'accepted', identity: { account, kind: 'user' } }
        : { verdict: 'refused', reason: 'not-authorized' };
    },

    async scramKeys(local, hash) {
      const account = bareJid(local, domain);
      return account && (await users.get(account))?.keys?.[hash];
    },
  };
}
