import { Command, CommanderError } from 'commander';
import { ConfigError } from '../config.js';
import { addApiCommands } from './api-commands.js';
import { addArchiveExport } from './archive-export.js';
import { addConfigCheck } from './config-check.js';
import { addConfigInit } from './config-init.js';
import { addEmbed } from './embed.js';
import { installedFiles } from './files.js';
import { type CliIo, InterruptedError, UsageError } from './io.js';
import { addLoad } from './load.js';
import { addStart } from './start.js';
import { addToken } from './token.js';
import { addUserAdd } from './user-add.js';
import { addUserDel } from './user-del.js';
import { addUserErase } from './user-erase.js';
import { addUserExport } from './user-export.js';
import { addUserList } from './user-list.js';
import { addUserPasswd } from './user-passwd.js';
import { addUserShare } from './user-share.js';
import { addUserSuspend } from './user-suspend.js';

function createProgram(io: CliIo): Command {
  const program = new Command('meerkat')
    .description('A browser-first chat server that speaks XMPP.')
    .version(installedFiles().version);
  const user = program.command('user').description('manage accounts');
  const config = program.command('config').description('make and check a file of settings');
  addStart(program, io);
  addUserAdd(user, io);
  addUserPasswd(user, io);
  addUserDel(user, io);
  addUserList(user, io);
  addUserShare(user, io);
  addUserSuspend(user, io);
  addUserExport(user, io);
  addUserErase(user, io);
  addApiCommands(program, io);
  addArchiveExport(program, io);
  addToken(program, io);
  addEmbed(program, io);
  addConfigInit(config, io);
  addConfigCheck(config, io);
  addLoad(program, io);
  for (const command of everyCommand(program)) {
    command.exitOverride().configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
    });
  }
  return program;
}

function everyCommand(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

/**
 * Runs a command line.
 * @param args without the program's own name
 * @returns the exit code: 0 done, 1 failed, 2 called or configured wrongly, 130 ended early; what failed has been said in one
 *   line
 */
export async function run(args: readonly string[], io: CliIo): Promise<number> {
  try {
    await createProgram(io).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has said it already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const message = error instanceof Error ? error.message : String(error);
    io.stderr.write(`meerkat: ${message.split('\n')[0]}\n`);
    if (error instanceof InterruptedError) return 130;
    return error instanceof ConfigError || error instanceof UsageError ? 2 : 1;
  }
}
