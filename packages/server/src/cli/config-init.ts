import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { defaultTree } from '../config.js';
import { CliError, type CliIo } from './io.js';

/** `meerkat config init`: writes a file with every setting at its default. */
export function addConfigInit(config: Command, io: CliIo): void {
  config
    .command('init')
    .description('write a file with every setting at its default')
    .option('--config <file>', 'the file to write', 'meerkat.json')
    .option('--data <folder>', 'the folder of the database')
    .action(async (options: { readonly config: string; readonly data?: string }) => {
      const tree = { ...defaultTree(), ...(options.data === undefined ? {} : { data: options.data }) };
      try {
        await writeFile(options.config, `${JSON.stringify(tree, undefined, 2)}\n`, { flag: 'wx' });
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
        const why = code === 'EEXIST' ? 'exists already and is left as it is' : `cannot be written (${code})`;
        throw new CliError(`${options.config} ${why}`);
      }
      io.stdout.write(`${options.config} written; docs/settings.md says what each setting does\n`);
    });
}
