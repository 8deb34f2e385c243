import { type DomainJid, type Env, parseDomainJid } from '@meerkat-chat/xmpp';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { type Accounts, type AccountsOptions, openAccounts, storedRooms } from '../accounts/open-accounts.js';
import { passwordSettings } from '../auth/password-rules.js';
import { memoryStorage } from '../storage/memory.js';

/** What a test may choose; passwords may be anything, as far as it says nothing else. */
export type TestAccountsOptions = Partial<AccountsOptions>;

/** The management of accounts at `localhost`, for tests. */
export async function createTestAccounts(options: TestAccountsOptions = {}): Promise<Accounts> {
  const domain: DomainJid | undefined = parseDomainJid('localhost');
  if (domain === undefined) throw new TypeError('localhost is a domain');
  const env: Env = { clock: new FakeClock(), random: new SeededRandom() };
  const storage = options.storage ?? memoryStorage();
  return openAccounts({
    storage,
    domain,
    env,
    iterations: 10_000,
    passwords: passwordSettings.parse({ minLength: 1, refuseCommon: false }),
    rooms: await storedRooms(Buffer.alloc(32), storage),
    shareStatus: async () => undefined,
    ...options,
  });
}
