import { expect, test } from 'vitest';
import { createTestKernel } from '../../testing/test-kernel.js';
import type { ApiContext } from './api-context.js';
import { userOperations } from './users.js';

// What of users needs no request of HTTP to be seen; the rest is in api.test.ts.

test('a site ends what came of one sign-in to it, and leaves the rest of that person', async () => {
  const { bind, domain, router } = await createTestKernel({ modules: [] });
  const desk = bind('mira@localhost/desk', 'user', { signIn: 'a' });
  const tab = bind('mira@localhost/tab', 'user', { signIn: 'a' });
  const phone = bind('mira@localhost/phone', 'user', { signIn: 'b' });
  const client = bind('mira@localhost/client', 'user');
  const joe = bind('joe@localhost/x', 'user', { signIn: 'a' });
  const operation = userOperations.find(({ id }) => id === 'sessions.end') ?? expect.unreachable();
  const context = { domain, sessions: router.sessions } as Partial<ApiContext> as ApiContext;
  const end = (signIn: string) =>
    operation.run(context, {
      params: { name: 'mira' },
      query: { signIn },
      body: undefined,
    });
  expect(await end('c')).toEqual({ ended: 0 });
  expect(await end('a')).toEqual({ ended: 2 });
  expect([desk, tab].map(({ ended }) => ended?.why)).toEqual(['kicked', 'kicked']);
  expect([phone, client, joe].map(({ ended }) => ended)).toEqual([undefined, undefined, undefined]);
});
