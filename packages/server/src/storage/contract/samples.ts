import { type BareJid, parseBareJid } from '@meerkat-chat/xmpp';
import { test } from 'vitest';
import type { ScramKeys } from '../../auth/provider.js';
import type { Storage, TokenRecord, UserKeys, UserRecord } from '../storage.js';

export const NOW = Date.UTC(2026, 0, 1);

/** An address, or the test is wrong. */
export function bare(address: string): BareJid {
  const jid = parseBareJid(address);
  if (!jid) throw new Error(`${address} is no bare address`);
  return jid;
}

export const romeo = bare('romeo@localhost');
export const juliet = bare('juliet@localhost');
export const lobby = bare('lobby@rooms.localhost');

/** Keys that differ by their seed; no password fits them. */
export function keys(seed: number): UserKeys {
  const of = (hash: number, length: number): ScramKeys => ({
    salt: Buffer.alloc(16, seed),
    iterations: 10_000 + seed,
    storedKey: Buffer.alloc(length, hash + seed),
    serverKey: Buffer.alloc(length, 255 - seed),
  });
  return { 'SHA-1': of(1, 20), 'SHA-256': of(2, 32) };
}

export function user(account: BareJid, seed = 1): UserRecord {
  return { account, keys: keys(seed), createdAt: NOW + seed };
}

export function token(serial: string, more: Partial<TokenRecord> = {}): TokenRecord {
  return {
    account: romeo,
    guest: false,
    clientId: 'client-1',
    mechanism: 'HT-SHA-256-NONE',
    serial,
    issuedAt: NOW,
    expiresAt: NOW + 1000,
    count: 0,
    ...more,
  };
}

/** A test that gets a storage of its own, closed after it. */
export function storageTest(
  open: () => Promise<Storage>,
  name: string,
  run: (storage: Storage) => Promise<void>,
): void {
  test(name, async () => {
    const storage = await open();
    try {
      await run(storage);
    } finally {
      await storage.close();
    }
  });
}
