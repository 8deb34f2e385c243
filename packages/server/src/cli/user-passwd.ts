import type { Command } from 'commander';
import { createRuntimeEnv } from '../runtime.js';
import { administer } from './administer.js';
import { type CommonOptions, configOf, withCommonOptions } from './common.js';
import type { CliIo } from './io.js';
import { choosePassword } from './password.js';

interface PasswdOptions extends CommonOptions {
  readonly password?: string;
}

/** `meerkat user passwd`: another password, which signs the account out everywhere. */
export function addUserPasswd(user: Command, io: CliIo): void {
  withCommonOptions(user.command('passwd').description('change the password of an account'))
    .argument('<name>', 'its name, or its whole address')
    .option('--password <password>', 'the new password; asked for, or made and printed, where there is none')
    .action(async (name: string, options: PasswdOptions) => {
      const config = configOf(options, io);
      const { password, made } = await choosePassword(options.password, io, createRuntimeEnv().random);
      const { accounts } = await administer(config, { command: 'user-passwd', name, password });
      for (const account of accounts) io.stdout.write(`account: ${account}\n`);
      if (made) io.stdout.write(`password: ${password}\n`);
    });
}
