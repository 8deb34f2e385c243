import { describe } from 'vitest';
import { describeArchiveContract } from './contract/archive.js';
import { describeAuditContract } from './contract/audit.js';
import { describeEndedSignInsContract } from './contract/ended-sign-ins.js';
import { describeFormerContract } from './contract/former.js';
import { describeRoomsContract } from './contract/rooms.js';
import { describeStatusesContract } from './contract/statuses.js';
import { describeTokensContract } from './contract/tokens.js';
import { describeUsedTokensContract } from './contract/used-tokens.js';
import { describeUsersContract } from './contract/users.js';
import type { Storage } from './storage.js';

/**
 * What every back end of `Storage` must do, as tests: run by the test file of each.
 * @param open makes an empty storage; the suite closes it
 */
export function describeStorageContract(name: string, open: () => Promise<Storage>): void {
  describe(`storage contract: ${name}`, () => {
    describeUsersContract(open);
    describeTokensContract(open);
    describeRoomsContract(open);
    describeArchiveContract(open);
    describeStatusesContract(open);
    describeAuditContract(open);
    describeUsedTokensContract(open);
    describeEndedSignInsContract(open);
    describeFormerContract(open);
  });
}
