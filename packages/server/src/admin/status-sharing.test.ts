import { bareJid, parseDomainJid, stanzaError } from '@meerkat-chat/xmpp';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { UserAdminError } from '../auth/user-admin.js';
import type { SharedStatus } from '../kernel/hooks.js';
import { memoryStorage } from '../storage/memory.js';
import { createTestKernel } from '../testing/index.js';
import { runningSharing, storedSharing } from './status-sharing.js';

const domain = parseDomainJid('localhost') ?? expect.unreachable();
const romeo = bareJid('romeo', domain) ?? expect.unreachable();

/** Hooks at which somebody gives that answer, or nobody any. */
async function hooks(answer: SharedStatus | undefined) {
  const { registry } = await createTestKernel({ modules: [] });
  registry.hooks.on('test', 'status:share', () => answer);
  return registry.hooks;
}

test('without a server the storage keeps the id, the same one until it is withdrawn', async () => {
  const { statuses } = memoryStorage();
  const share = storedSharing(statuses, { clock: new FakeClock(), random: new SeededRandom() });
  const id = await share(romeo, true);
  expect(id).toMatch(/^[\w-]{22,}$/);
  expect(await share(romeo, true)).toBe(id);
  expect(await statuses.list({ limit: 9 })).toMatchObject([
    { id, account: romeo, guest: false, status: 'offline' },
  ]);
  expect(await share(romeo, false)).toBeUndefined();
  expect(await share(romeo, true)).not.toBe(id);
});

test('a running server answers with the id, or says why not', async () => {
  expect(await runningSharing(await hooks({ shared: true, id: 'k7Qw' }))(romeo, true)).toBe('k7Qw');
  const full = runningSharing(
    await hooks({ shared: false, error: stanzaError('resource-constraint', 'All taken.') }),
  );
  await expect(full(romeo, true)).rejects.toThrow(new UserAdminError('All taken.'));
  const nobody = runningSharing(await hooks(undefined));
  await expect(nobody(romeo, true)).rejects.toThrow('shows no status');
});
