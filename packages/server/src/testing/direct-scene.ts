import { bareJid } from '@meerkat-chat/xmpp';
import { direct } from '../modules/direct/direct.js';
import { mam } from '../modules/mam/mam.js';
import { createTestKernel, type TestKernel } from './test-kernel.js';

/**
 * People who write to each other, and the archives of both: `juliet` has an account and is not here, whoever is bound is.
 * @param settings those of `modules.direct`
 */
export async function createDirectScene(settings: object = {}): Promise<TestKernel> {
  const kernel = await createTestKernel({ modules: [mam, direct], settings: { direct: settings } });
  const account = bareJid('juliet', kernel.domain);
  if (account === undefined) throw new TypeError('juliet has no address');
  const none = Buffer.alloc(0);
  const keys = { salt: none, iterations: 1, storedKey: none, serverKey: none };
  await kernel.storage.users.add({ account, keys: { 'SHA-1': keys, 'SHA-256': keys }, createdAt: 0 });
  return kernel;
}
