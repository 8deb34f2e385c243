import type { Command } from 'commander';
import { type Config, loadConfig } from '../config.js';
import type { CliIo } from './io.js';

/** Options that every command takes. */
export interface CommonOptions {
  readonly config?: string;
  readonly data?: string;
  readonly domain?: string;
}

/** Adds the options that every command takes. */
export function withCommonOptions(command: Command): Command {
  return command
    .option('--config <file>', 'read settings from this JSON file')
    .option('--data <folder>', 'the folder of the database')
    .option('--domain <domain>', 'the domain of the accounts');
}

/** Reads the configuration as the options and the environment have it. @throws ConfigError */
export function configOf(
  options: CommonOptions,
  io: CliIo,
  more: readonly { readonly path: string; readonly flag: string; readonly value: unknown }[] = [],
): Config {
  return loadConfig({
    file: options.config,
    env: io.env,
    flags: [
      { path: 'data', flag: '--data', value: options.data },
      { path: 'domain', flag: '--domain', value: options.domain },
      ...more,
    ],
  });
}
