import type { Env } from '@meerkat-chat/xmpp';
import { UserAdminError, type UserAdminOptions } from '../auth/user-admin.js';
import type { HookRunner } from '../kernel/hook-runner.js';
import { newStatusId } from '../kernel/status-id.js';
import type { StatusStore } from '../storage/storage.js';

type ShareStatus = UserAdminOptions['shareStatus'];

/** Has a running server share the status of an account, so that it is shown from now on. */
export function runningSharing(hooks: Pick<HookRunner, 'first'>): ShareStatus {
  return async (account, share) => {
    const answer = await hooks.first('status:share', { account, share });
    if (answer?.shared) return answer.id;
    throw new UserAdminError(answer?.error.text ?? 'this server shows no status on the web');
  };
}

/** Shares it in the storage of a server that does not run: it is shown from the next start on. */
export function storedSharing(statuses: StatusStore, { clock, random }: Env): ShareStatus {
  return async (account, share) => {
    if (!share) {
      await statuses.remove(account);
      return undefined;
    }
    const since = clock.now();
    const record = { id: newStatusId(random), account, guest: false, status: 'offline', since } as const;
    return (await statuses.add(record)).id;
  };
}
