import type { Command } from 'commander';
import { administer } from './administer.js';
import { type CommonOptions, configOf, withCommonOptions } from './common.js';
import type { CliIo } from './io.js';

/** `meerkat user list`: every account, one a line. */
export function addUserList(user: Command, io: CliIo): void {
  withCommonOptions(user.command('list').description('list the accounts')).action(
    async (options: CommonOptions) => {
      const config = configOf(options, io);
      let { accounts } = await administer(config, { command: 'user-list' });
      while (accounts.length > 0) {
        for (const account of accounts) io.stdout.write(`${account}\n`);
        ({ accounts } = await administer(config, { command: 'user-list', after: accounts.at(-1) }));
      }
    },
  );
}
