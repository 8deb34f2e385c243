import { expect, test } from 'vitest';
import { createTestKernel } from '../testing/index.js';
import { credentialEnd } from './credential-end.js';

test('a session ends with the credential that it was signed in with', async () => {
  const kernel = await createTestKernel({ modules: [credentialEnd] });
  const now = kernel.clock.now();
  const mira = kernel.bind('mira@localhost/a', 'user', { until: now + 60_000 });
  const joe = kernel.bind('joe@localhost/a');
  kernel.clock.advance(59_000);
  expect(mira.ended).toBeUndefined();
  kernel.clock.advance(1000);
  expect(mira.ended).toEqual({ why: 'credentials-expired', streamError: 'not-authorized' });
  expect(joe.ended).toBeUndefined();
  expect(kernel.stats()).toMatchObject({ 'credential-end.limited': 0 });
});

test('a credential that takes its place in time keeps it', async () => {
  const kernel = await createTestKernel({ modules: [credentialEnd] });
  const now = kernel.clock.now();
  const mira = kernel.bind('mira@localhost/a', 'user', { until: now + 60_000 });
  kernel.clock.advance(48_000);
  mira.renews({ until: now + 120_000 });
  kernel.clock.advance(60_000);
  expect(mira.ended).toBeUndefined();
  mira.renews({});
  kernel.clock.advance(600_000);
  expect(mira.ended).toBeUndefined();
});
