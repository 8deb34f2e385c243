import { type BareJid, bareJid, parseDomainJid } from '@meerkat-chat/xmpp';
import { beforeEach, expect, test } from 'vitest';
import { memoryStorage } from '../storage/memory.js';
import type { Storage, UserStore } from '../storage/storage.js';
import { createTestAccounts } from '../testing/test-accounts.js';
import { passwordSettings } from './password-rules.js';
import { passwordFits } from './scram-keys.js';
import { type UserAdmin, UserAdminError } from './user-admin.js';

const domain = parseDomainJid('localhost') ?? expect.unreachable();
let storage: Storage;
let users: UserStore;
let admin: UserAdmin;
let changed: BareJid[];
let erased: BareJid[];
let shared: string[];
let sharing: () => Promise<void>;
let over: BareJid[];

beforeEach(async () => {
  storage = memoryStorage();
  ({ users } = storage);
  [changed, erased, over, shared] = [[], [], [], []];
  sharing = async () => {};
  ({ users: admin } = await createTestAccounts({
    storage,
    passwords: passwordSettings.parse({ minLength: 3 }),
    changed: (account) => void changed.push(account),
    erased: (account) => void erased.push(account),
    signInEnded: async (account) => void over.push(account),
    async shareStatus(account, share) {
      shared.push(`${account} ${share}`);
      await sharing();
      return share ? 'k7Qw' : undefined;
    },
  }));
});

async function fits(account: BareJid, password: string): Promise<boolean> {
  const user = await users.get(account);
  return user?.keys !== undefined && passwordFits('SHA-1', password, user.keys['SHA-1']);
}

test('an account is added under its prepared name, by name or by address', async () => {
  const romeo = await admin.add('Rômeo', 'pencil');
  expect(romeo).toBe('rômeo@localhost');
  expect(await fits(romeo, 'pencil')).toBe(true);
  expect(await admin.add('juliet@localhost', 'pencil')).toBe('juliet@localhost');
  expect(await admin.list()).toEqual(['juliet@localhost', 'rômeo@localhost']);
  expect(await admin.list('juliet@localhost')).toEqual(['rômeo@localhost']);
});

test('a password is changed and an account removed, and their sessions hear of it', async () => {
  const romeo = await admin.add('romeo', 'old');
  await admin.setPassword('romeo', 'new');
  expect([await fits(romeo, 'old'), await fits(romeo, 'new')]).toEqual([false, true]);
  expect(changed).toEqual([romeo]);
  await admin.delete('romeo');
  expect(await users.get(romeo)).toBeUndefined();
  // Before it goes, and after, for who has come in meanwhile.
  expect(changed).toEqual([romeo, romeo, romeo]);
  expect(erased).toEqual([romeo]);
});

test('the status of an account is shown on the web, and no longer', async () => {
  const romeo = await admin.add('romeo', 'xyz');
  expect(await admin.shareStatus('romeo@localhost', true)).toEqual({ account: romeo, id: 'k7Qw' });
  expect(await admin.shareStatus('romeo', false)).toEqual({ account: romeo, id: undefined });
  expect(shared).toEqual([`${romeo} true`, `${romeo} false`]);
});

test('an account that is removed while it is being shared is not', async () => {
  await admin.add('romeo', 'xyz');
  sharing = async () => void (await users.delete(bareJid('romeo', domain) ?? expect.unreachable()));
  await expect(admin.shareStatus('romeo', true)).rejects.toThrow('there is no account romeo@localhost');
  expect(shared).toEqual(['romeo@localhost true', 'romeo@localhost false']);
});

test.each<[string, (a: UserAdmin) => Promise<unknown>, string]>([
  ['a name that is none', (a) => a.add('ro meo', 'x'), '"ro meo" cannot be'],
  ['another domain', (a) => a.add('romeo@other', 'x'), '"romeo@other" cannot be'],
  ['a guest’s name', (a) => a.add('guest-1', 'xyz'), 'belong to guests'],
  ['a name taken', (a) => a.add('taken', 'xyz'), 'taken@localhost exists already'],
  ['an empty password', (a) => a.add('romeo', ''), 'a password has at least 3 characters'],
  ['a common password', (a) => a.setPassword('taken', 'password'), 'tried first'],
  ['nobody to suspend', (a) => a.suspend('romeo', true), 'there is no account romeo@localhost'],
  ['nobody to show', (a) => a.show('romeo'), 'there is no account romeo@localhost'],
  ['a password too long', (a) => a.add('romeo', 'x'.repeat(129)), 'a password has at most 128 characters'],
  ['an unknown account', (a) => a.setPassword('romeo', 'xyz'), 'there is no account romeo@localhost'],
  ['nobody to share', (a) => a.shareStatus('romeo', true), 'there is no account romeo@localhost'],
  ['nobody to delete', (a) => a.delete('romeo'), 'there is no account romeo@localhost'],
])('%s is refused', async (_, run, message) => {
  await admin.add('taken', 'xyz');
  const refused = run(admin);
  await expect(refused).rejects.toBeInstanceOf(UserAdminError);
  await expect(refused).rejects.toThrow(message);
  expect(changed).toEqual([]);
});

test('whoever of that name nothing is kept of is over all the same: what a site has signed signs in nobody else', async () => {
  await expect(admin.delete('mira')).rejects.toMatchObject({ reason: 'unknown' });
  expect(over).toEqual(['mira@localhost']);
  expect(await storage.former.list({ limit: 9 })).toHaveLength(1);
  await expect(admin.delete('guest-mira')).rejects.toMatchObject({ reason: 'unknown' });
  expect(over).toEqual(['mira@localhost']);
});
