import type { Command } from 'commander';
import { administer } from './administer.js';
import { type CommonOptions, configOf, withCommonOptions } from './common.js';
import type { CliIo } from './io.js';

/** `meerkat user del`: removes an account and signs it out everywhere. */
export function addUserDel(user: Command, io: CliIo): void {
  withCommonOptions(user.command('del').description('remove an account'))
    .argument('<name>', 'its name, or its whole address')
    .action(async (name: string, options: CommonOptions) => {
      const { accounts } = await administer(configOf(options, io), { command: 'user-del', name });
      for (const account of accounts) io.stdout.write(`removed: ${account}\n`);
    });
}
