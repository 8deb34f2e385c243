import path from 'node:path';
import type { Env } from '@meerkat-chat/xmpp';
import { type Accounts, openAccounts, storedRooms } from '../accounts/open-accounts.js';
import { askServer } from '../admin/admin-client.js';
import { commandAudit } from '../admin/command-audit.js';
import { ADMIN_SOCKET, type AdminAnswer, type AdminRequest, perform } from '../admin/protocol.js';
import { storedSharing } from '../admin/status-sharing.js';
import { loadServerKey } from '../auth/server-key.js';
import { openEndedSignIns } from '../auth/token/open-ended-sign-ins.js';
import type { Config } from '../config.js';
import { createRuntimeEnv } from '../runtime.js';
import type { Storage } from '../storage/storage.js';
import { CliError } from './io.js';
import { openStorage } from './open-storage.js';

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

/** The management of accounts where no server runs: on what the storage has. */
export async function storedAccounts(config: Config, env: Env, storage: Storage): Promise<Accounts> {
  const serverKey = await loadServerKey(config.data, env.random);
  const { embed } = config;
  const { token } = config.auth;
  const ended = await openEndedSignIns({ clock: env.clock, storage, serverKey, token, embed });
  return openAccounts({
    storage,
    signInEnded: (account, signIn) => ended.add(account, signIn),
    domain: config.domain,
    env,
    iterations: config.auth.iterations,
    passwords: config.auth.internal.password,
    rooms: await storedRooms(serverKey, storage),
    shareStatus: storedSharing(storage.statuses, env),
  });
}

async function alone(config: Config, request: AdminRequest): ReturnType<typeof perform> {
  const env = createRuntimeEnv();
  const storage = await openStorage(config, env);
  try {
    const accounts = await storedAccounts(config, env, storage);
    return await perform(accounts, request, commandAudit(storage.audit, env.clock));
  } finally {
    await storage.close();
  }
}
