import type { Command } from 'commander';
import { type CommonOptions, configOf, withCommonOptions } from './common.js';
import type { CliIo } from './io.js';

/** `meerkat config check`: says whether a server would start with these settings. */
export function addConfigCheck(config: Command, io: CliIo): void {
  withCommonOptions(config.command('check').description('check the settings')).action(
    (options: CommonOptions) => {
      configOf(options, io);
      io.stdout.write(`${options.config ?? 'the configuration'} is fine\n`);
    },
  );
}
