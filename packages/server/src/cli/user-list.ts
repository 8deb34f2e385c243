import type { Command } from 'commander';
import { administer } from './administer.js';
import { type CommonOptions, configOf, withCommonOptions } from './common.js';
import type { CliIo } from './io.js';

/** `meerkat user list`: every account, one a line. */
export function addUserList(user: Command, io: CliIo): void {
  withCommonOptions(user.command('list').description('list the accounts')).action(
    async (options: CommonOptions) => {
      const config = configOf(options, io);
      let page = await administer(config, { command: 'user-list' });
      while (page.length > 0) {
        for (const account of page) io.stdout.write(`${account}\n`);
        page = await administer(config, { command: 'user-list', after: page.at(-1) });
      }
    },
  );
}
