import { bareJid } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { UserAdminError } from '../../auth/user-admin.js';
import { createTestAccounts } from '../../testing/test-accounts.js';
import { createTestKernel } from '../../testing/test-kernel.js';
import type { ApiContext } from './api-context.js';
import { userOperations } from './users.js';

// What of users needs no request of HTTP to be seen; the rest is in api.test.ts.

const operation = (id: string) => userOperations.find((one) => one.id === id) ?? expect.unreachable();

test('a site ends what came of one sign-in to it, and leaves the rest of that person', async () => {
  const { bind, domain, router, storage } = await createTestKernel({ modules: [] });
  const accounts = await createTestAccounts({ storage });
  const desk = bind('mira@localhost/desk', 'user', { signIn: 'a' });
  const tab = bind('mira@localhost/tab', 'user', { signIn: 'a' });
  const phone = bind('mira@localhost/phone', 'user', { signIn: 'b' });
  const client = bind('mira@localhost/client', 'user');
  const joe = bind('joe@localhost/x', 'user', { signIn: 'a' });
  const mira = bareJid('mira', domain) ?? expect.unreachable();
  await storage.tokens.add({
    account: mira,
    guest: false,
    clientId: 'desk',
    mechanism: 'HT-SHA-256-NONE',
    serial: '1',
    issuedAt: 0,
    expiresAt: 1,
    count: 0,
    grant: '{"signIn":"a"}',
  });
  const context = { accounts, domain, sessions: router.sessions } as Partial<ApiContext> as ApiContext;
  const end = (signIn: string) =>
    operation('sessions.end').run(context, { params: { name: 'mira' }, query: { signIn }, body: undefined });
  expect(await end('c')).toEqual({ ended: 0 });
  expect(await storage.tokens.of(mira, 9)).toHaveLength(1);
  expect(await end('a')).toEqual({ ended: 2 });
  expect(await storage.tokens.of(mira, 9)).toEqual([]);
  expect([desk, tab].map(({ ended }) => ended?.why)).toEqual(['kicked', 'kicked']);
  expect([phone, client, joe].map(({ ended }) => ended)).toEqual([undefined, undefined, undefined]);
});

test('a site shows the status of somebody whom it alone knows, and takes it back', async () => {
  const { domain } = await createTestKernel({ modules: [] });
  const asked: unknown[] = [];
  const share = (
    shareStatus: (account: string, share: boolean) => Promise<string | undefined>,
    on: boolean,
  ) =>
    createTestAccounts({ shareStatus }).then((accounts) =>
      operation('users.status').run({ accounts, domain } as Partial<ApiContext> as ApiContext, {
        params: { name: 'mira' },
        query: {},
        body: { share: on },
      }),
    );
  const shows = async (account: string, on: boolean) => {
    asked.push([account, on]);
    return on ? 'k7Qw' : undefined;
  };
  expect(await share(shows, true)).toEqual({ id: 'k7Qw' });
  expect(await share(shows, false)).toEqual({});
  expect(asked).toEqual([
    ['mira@localhost', true],
    ['mira@localhost', false],
  ]);
  const none = () => Promise.reject(new UserAdminError('All taken.'));
  await expect(share(none, true)).rejects.toMatchObject({ status: 400, message: 'All taken.' });
});
