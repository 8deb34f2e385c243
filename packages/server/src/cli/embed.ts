import type { Command } from 'commander';
import { loadServerKey } from '../auth/server-key.js';
import { openDataFolder } from '../data-folder.js';
import {
  EMBED_FEATURES,
  EmbedConfigs,
  type EmbedFeature,
  embedOrigin,
  embedSecret,
} from '../http/embed-config.js';
import { createRuntimeEnv } from '../runtime.js';
import { type CommonOptions, configOf, withCommonOptions } from './common.js';
import { type CliIo, UsageError } from './io.js';
import { noteAct } from './open-storage.js';
import { readSpan } from './span.js';

interface EmbedOptions extends CommonOptions {
  readonly origin: readonly string[];
  readonly feature?: readonly string[];
  readonly life: string;
  readonly server?: string;
}

function readOrigin(text: string): string {
  if (embedOrigin.safeParse(text).success) return text;
  throw new UsageError(`--origin must be like https://blog.example, not ${JSON.stringify(text)}`);
}

function readFeature(text: string): EmbedFeature {
  const known = EMBED_FEATURES.find((one) => one === text);
  if (known) return known;
  throw new UsageError(`--feature must be one of ${EMBED_FEATURES.join(', ')}, not ${JSON.stringify(text)}`);
}

/** `meerkat embed`: the address of a framed room, signed by this server. It is all that goes to stdout. */
export function addEmbed(program: Command, io: CliIo): void {
  withCommonOptions(program.command('embed').description('make the signed address of a room for an <iframe>'))
    .argument('<room...>', 'the rooms that may be framed, the first one in the address; * for all')
    .requiredOption('--origin <url...>', 'the origins of the pages that may frame them')
    .option('--feature <name...>', `what holds there: ${EMBED_FEATURES.join(', ')}`)
    .option('--life <time>', 'how long the address is good', '365d')
    .option('--server <url>', 'where browsers reach this server; by default the address alone is printed')
    .action(async (rooms: readonly string[], options: EmbedOptions) => {
      const config = configOf(options, io);
      const env = createRuntimeEnv();
      const life = readSpan(options.life);
      const asked = {
        rooms,
        origins: options.origin.map(readOrigin),
        features: (options.feature ?? []).map(readFeature),
      };
      const server = options.server === undefined ? '' : readOrigin(options.server.replace(/\/$/, ''));
      await openDataFolder(config.data);
      const secret = embedSecret(await loadServerKey(config.data, env.random));
      const configs = new EmbedConfigs(secret, config.domain, env.clock);
      const path = await configs.pathOf(asked, life).catch((error) => {
        throw error instanceof RangeError ? new UsageError(error.message) : error;
      });
      const { origins, features } = asked;
      await noteAct(config, env, 'embed', rooms.join(' '), { origins, features, life });
      io.stdout.write(`${server}${path}\n`);
    });
}
