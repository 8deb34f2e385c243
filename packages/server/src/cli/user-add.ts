import { randomId } from '@meerkat-chat/xmpp';
import type { Command } from 'commander';
import { createRuntimeEnv } from '../runtime.js';
import { administer } from './administer.js';
import { type CommonOptions, configOf, withCommonOptions } from './common.js';
import { CliError, type CliIo } from './io.js';
import { choosePassword } from './password.js';

interface AddOptions extends CommonOptions {
  readonly random?: boolean;
  /** False with `--no-password`. */
  readonly password?: string | false;
}

/** `meerkat user add`: prints the account, and its password where we made it. */
export function addUserAdd(user: Command, io: CliIo): void {
  withCommonOptions(user.command('add').description('add an account'))
    .argument('[name]', 'its name, or its whole address')
    .option('--password <password>', 'its password; asked for, or made and printed, where there is none')
    .option('--no-password', 'no password: its owner signs in through the site alone')
    .option('--random', 'make up name and password, and print them')
    .action((name: string | undefined, options: AddOptions) => add(name, options, io));
}

async function add(name: string | undefined, options: AddOptions, io: CliIo): Promise<void> {
  if ((name === undefined) === (options.random !== true)) {
    throw new CliError('user add needs a name, or --random, and not both');
  }
  const config = configOf(options, io);
  const { random } = createRuntimeEnv();
  if (options.password === false) {
    if (name === undefined) throw new CliError('user add --no-password needs a name');
    const { accounts } = await administer(config, { command: 'user-add', name });
    for (const account of accounts) io.stdout.write(`account: ${account}\n`);
    return;
  }
  const made = options.random === true ? (options.password ?? randomId(random, 24)) : options.password;
  const chosen = await choosePassword(made, io, random);
  const { accounts } = await administer(config, {
    command: 'user-add',
    name: name ?? `user-${randomId(random, 8)}`,
    password: chosen.password,
  });
  for (const account of accounts) io.stdout.write(`account: ${account}\n`);
  if (chosen.made || options.random === true) io.stdout.write(`password: ${chosen.password}\n`);
}
