import path from 'node:path';
import { askServer } from '../admin/admin-client.js';
import { commandAudit } from '../admin/command-audit.js';
import { ADMIN_SOCKET, type AdminAnswer, type AdminRequest, perform } from '../admin/protocol.js';
import { storedSharing } from '../admin/status-sharing.js';
import { UserAdmin } from '../auth/user-admin.js';
import type { Config } from '../config.js';
import { openDataFolder } from '../data-folder.js';
import { createRuntimeEnv } from '../runtime.js';
import { openSqliteStorage } from '../storage/sqlite.js';
import { CliError } from './io.js';

/**
 * Has something done by the server that runs on this data folder, or by ourselves where none does.
 * @throws CliError with one line when it is refused
 */
export async function administer(
  config: Config,
  request: AdminRequest,
): Promise<Extract<AdminAnswer, { readonly ok: true }>> {
  const answer =
    (await askServer(path.join(config.data, ADMIN_SOCKET), request)) ?? (await alone(config, request));
  if (!answer.ok) throw new CliError(answer.message);
  return answer;
}

async function alone(config: Config, request: AdminRequest): ReturnType<typeof perform> {
  await openDataFolder(config.data);
  const { file, ...how } = config.storage;
  const env = createRuntimeEnv();
  const storage = await openSqliteStorage({ file: path.join(config.data, file), ...how, clock: env.clock });
  try {
    const users = new UserAdmin({
      users: storage.users,
      domain: config.domain,
      env,
      iterations: config.auth.iterations,
      shareStatus: storedSharing(storage.statuses, env),
    });
    return await perform(users, request, commandAudit(storage.audit, env.clock));
  } finally {
    await storage.close();
  }
}
