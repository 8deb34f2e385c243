import type { Command } from 'commander';
import { administer } from './administer.js';
import { type CommonOptions, configOf, withCommonOptions } from './common.js';
import type { CliIo } from './io.js';

interface SuspendOptions extends CommonOptions {
  readonly off?: boolean;
}

/** `meerkat user suspend`: keeps an account out, by whatever credential it comes, and signs it out everywhere. */
export function addUserSuspend(user: Command, io: CliIo): void {
  withCommonOptions(user.command('suspend').description('keep an account from signing in'))
    .argument('<name>', 'its name, or its whole address')
    .option('--off', 'let it in again')
    .action(async (name: string, options: SuspendOptions) => {
      const suspended = options.off !== true;
      const { accounts } = await administer(configOf(options, io), {
        command: 'user-suspend',
        name,
        suspended,
      });
      for (const account of accounts) io.stdout.write(`${suspended ? 'suspended' : 'let in'}: ${account}\n`);
    });
}
