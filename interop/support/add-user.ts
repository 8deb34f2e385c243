import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ServerProcess } from '../../e2e/support/server-process.js';

const main = path.resolve(import.meta.dirname, '../../packages/server/dist/main.js');

/** Makes an account as an operator does, with `meerkat user add`, at a server that runs. */
export async function addUser(server: ServerProcess, name: string, password: string): Promise<void> {
  const args = [main, 'user', 'add', name, '--password', password, '--data', server.dataFolder];
  await promisify(execFile)(process.execPath, args);
}
