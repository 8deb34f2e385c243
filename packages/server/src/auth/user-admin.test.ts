import { type BareJid, bareJid, parseDomainJid } from '@meerkat-chat/xmpp';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { beforeEach, expect, test } from 'vitest';
import { memoryStorage } from '../storage/memory.js';
import type { UserStore } from '../storage/storage.js';
import { passwordFits } from './scram-keys.js';
import { UserAdmin, UserAdminError } from './user-admin.js';

const domain = parseDomainJid('localhost') ?? expect.unreachable();
let users: UserStore;
let admin: UserAdmin;
let changed: BareJid[];
let erased: BareJid[];
let shared: string[];
let sharing: () => Promise<void>;

beforeEach(() => {
  users = memoryStorage().users;
  [changed, erased, shared] = [[], [], []];
  sharing = async () => {};
  admin = new UserAdmin({
    users,
    domain,
    env: { clock: new FakeClock(), random: new SeededRandom() },
    iterations: 10_000,
    changed: (account) => void changed.push(account),
    erased: (account) => void erased.push(account),
    async shareStatus(account, share) {
      shared.push(`${account} ${share}`);
      await sharing();
      return share ? 'k7Qw' : undefined;
    },
  });
});

async function fits(account: BareJid, password: string): Promise<boolean> {
  const user = await users.get(account);
  return user !== undefined && passwordFits('SHA-1', password, user.keys['SHA-1']);
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
  expect(changed).toEqual([romeo, romeo]);
  expect(erased).toEqual([romeo]);
});

test('the status of an account is shown on the web, and no longer', async () => {
  const romeo = await admin.add('romeo', 'x');
  expect(await admin.shareStatus('romeo@localhost', true)).toEqual({ account: romeo, id: 'k7Qw' });
  expect(await admin.shareStatus('romeo', false)).toEqual({ account: romeo, id: undefined });
  expect(shared).toEqual([`${romeo} true`, `${romeo} false`]);
});

test('an account that is removed while it is being shared is not', async () => {
  await admin.add('romeo', 'x');
  sharing = async () => void (await users.delete(bareJid('romeo', domain) ?? expect.unreachable()));
  await expect(admin.shareStatus('romeo', true)).rejects.toThrow('there is no account romeo@localhost');
  expect(shared).toEqual(['romeo@localhost true', 'romeo@localhost false']);
});

test.each<[string, (a: UserAdmin) => Promise<unknown>, string]>([
  ['a name that is none', (a) => a.add('ro meo', 'x'), '"ro meo" cannot be'],
  ['another domain', (a) => a.add('romeo@other', 'x'), '"romeo@other" cannot be'],
  ['a guest’s name', (a) => a.add('guest-1', 'x'), 'belong to guests'],
  ['a name taken', (a) => a.add('taken', 'x'), 'taken@localhost exists already'],
  ['an empty password', (a) => a.add('romeo', ''), 'a password has'],
  ['a password too long', (a) => a.add('romeo', 'x'.repeat(1025)), 'a password has'],
  ['an unknown account', (a) => a.setPassword('romeo', 'x'), 'there is no account romeo@localhost'],
  ['nobody to share', (a) => a.shareStatus('romeo', true), 'there is no account romeo@localhost'],
  ['nobody to delete', (a) => a.delete('romeo'), 'there is no account romeo@localhost'],
])('%s is refused', async (_, run, message) => {
  await admin.add('taken', 'x');
  const refused = run(admin);
  await expect(refused).rejects.toBeInstanceOf(UserAdminError);
  await expect(refused).rejects.toThrow(message);
  expect(changed).toEqual([]);
});
