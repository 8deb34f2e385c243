import type { Command } from 'commander';
import { ERASED } from '../accounts/erase-person.js';
import type { ExportedLine } from '../accounts/export-person.js';
import { type PersonWish, readPerson } from '../accounts/read-person.js';
import { commandAudit } from '../admin/command-audit.js';
import { UserAdminError } from '../auth/user-admin.js';
import type { Config } from '../config.js';
import { createRuntimeEnv } from '../runtime.js';
import { storedAccounts } from './administer.js';
import { type CommonOptions, configOf, withCommonOptions } from './common.js';
import { CliError, type CliIo } from './io.js';
import { openStorage } from './open-storage.js';
import { writeOut } from './out-file.js';

interface ExportOptions extends CommonOptions {
  readonly out?: string;
  readonly room?: string;
  readonly occupant?: string;
}

/** Lines after which a line of progress is written. */
const PROGRESS = 1000;

/** `meerkat user export`: all that is kept of a person as JSON, one thing a line, to stdout or into a file. */
export function addUserExport(user: Command, io: CliIo): void {
  withCommonOptions(user.command('export').description('write out all that is kept of a person'))
    .argument('[name]', 'their name or whole address, a guest’s too')
    .option(
      '--out <file>',
      'write it there, readable by its owner alone; a file that is there stays as it is',
    )
    .option('--room <address>', 'the room in which somebody is known by --occupant')
    .option('--occupant <id>', 'their occupant-id there, for guests of whom only messages are left')
    .action((name: string | undefined, options: ExportOptions) =>
      exportUser({ name, room: options.room, occupant: options.occupant }, options, io),
    );
}

/** Reads the database itself, beside a server that runs: what it reads is committed, and nobody is kept waiting. */
async function exportUser(wish: PersonWish, options: ExportOptions, io: CliIo): Promise<void> {
  const config = configOf(options, io);
  await withStorage(config, async (accounts, note) => {
    const { name, room = '' } = wish;
    const target = name === undefined ? room : accounts.users.nameInLog(name);
    const counted = { lines: 0 };
    try {
      // Before the first line is told: who breaks it off has read all the same.
      const begun = () => note('user-export', target);
      const text = lines(accounts.export(readPerson(accounts.users, wish)), counted, begun, io);
      if (options.out === undefined) for await (const line of text) io.stdout.write(line);
      else await writeOut(options.out, text);
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      // Of whom nothing is kept, nothing is kept for having been asked about.
      if (counted.lines === 0) await note('user-export', ERASED, { problem });
      throw error;
    }
    io.stderr.write(`exported: ${counted.lines} lines\n`);
  });
}

async function withStorage(
  config: Config,
  task: (
    accounts: Awaited<ReturnType<typeof storedAccounts>>,
    note: ReturnType<typeof commandAudit>,
  ) => Promise<void>,
): Promise<void> {
  const env = createRuntimeEnv();
  const storage = await openStorage(config, env);
  try {
    await task(await storedAccounts(config, env, storage), commandAudit(storage.audit, env.clock));
  } catch (error) {
    throw error instanceof UserAdminError ? new CliError(error.message) : error;
  } finally {
    await storage.close();
  }
}

async function* lines(
  exported: AsyncGenerator<ExportedLine>,
  counted: { lines: number },
  begun: () => Promise<void>,
  io: CliIo,
): AsyncGenerator<string> {
  for await (const line of exported) {
    counted.lines++;
    if (counted.lines === 1) await begun();
    if (counted.lines % PROGRESS === 0 && io.stderr.isTTY) io.stderr.write(`\r${counted.lines} lines`);
    yield `${JSON.stringify(line)}\n`;
  }
  if (counted.lines === 0) throw new CliError('nothing is kept of this person');
  if (counted.lines >= PROGRESS && io.stderr.isTTY) io.stderr.write('\n');
}
