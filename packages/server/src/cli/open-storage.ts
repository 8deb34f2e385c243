import path from 'node:path';
import type { Env } from '@meerkat-chat/xmpp';
import { commandAudit } from '../admin/command-audit.js';
import type { Config } from '../config.js';
import { openDataFolder } from '../data-folder.js';
import { openSqliteStorage } from '../storage/sqlite.js';
import type { Storage } from '../storage/storage.js';

/** Opens the storage of a data folder, beside a server that runs on it or without one. Whoever opens it closes it. */
export async function openStorage({ data, storage }: Config, { clock }: Env): Promise<Storage> {
  await openDataFolder(data);
  const { file, ...how } = storage;
  return openSqliteStorage({ file: path.join(data, file), ...how, clock });
}

/** Writes down what a command does that asks no server. What cannot be written down is not to be done. */
export async function noteAct(
  config: Config,
  env: Env,
  ...act: Parameters<ReturnType<typeof commandAudit>>
): Promise<void> {
  const storage = await openStorage(config, env);
  try {
    await commandAudit(storage.audit, env.clock)(...act);
  } finally {
    await storage.close();
  }
}
