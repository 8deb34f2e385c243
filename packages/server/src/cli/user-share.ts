import type { Command } from 'commander';
import { administer } from './administer.js';
import { type CommonOptions, configOf, withCommonOptions } from './common.js';
import type { CliIo } from './io.js';

interface ShareOptions extends CommonOptions {
  readonly off?: boolean;
}

/** `meerkat user share`: shows the status of an account on the web and prints its id, the same one each time. */
export function addUserShare(user: Command, io: CliIo): void {
  withCommonOptions(user.command('share').description('show the status of an account on the web'))
    .argument('<name>', 'its name, or its whole address')
    .option('--off', 'show it no longer: its id is good for nothing from then on')
    .action(async (name: string, options: ShareOptions) => {
      const share = options.off !== true;
      const { accounts, statusId } = await administer(configOf(options, io), {
        command: 'user-share',
        name,
        share,
      });
      for (const account of accounts) io.stdout.write(`${share ? 'account' : 'withdrawn'}: ${account}\n`);
      if (statusId !== undefined) io.stdout.write(`status: ${statusId}\n`);
    });
}
