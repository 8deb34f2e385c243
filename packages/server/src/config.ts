import { readFileSync } from 'node:fs';
import {
  ConfigError,
  type Given,
  type Layer,
  layerOfEnv,
  layerOfTree,
  quote,
  readText,
  treeOf,
} from './config/layers.js';
import { type Config, configSchema } from './config/schema.js';
import { settingsOf } from './config/setting.js';
import { modules } from './modules.js';

export type { Config } from './config/schema.js';

/** Where settings come from; each goes over those before it. */
export interface ConfigSources {
  /** A JSON file. */
  readonly file?: string | undefined;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Values of the command line by the path of their setting, with the name of the flag. */
  readonly flags?: readonly { readonly path: string; readonly flag: string; readonly value: unknown }[];
}

const schema = configSchema(modules);

/** Every setting that there is. */
export const settings = settingsOf(schema);

/** On a machine of one's own anybody may make a room and write to anybody, so that a first page works at once. */
const DEVELOPMENT: readonly (readonly [string, unknown])[] = [
  ['modules.muc.create', 'anyone'],
  ['modules.direct.guestsMayWrite', ['*']],
];

function readFile(file: string): Layer {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new ConfigError(
      `${file}: ${code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`}`,
    );
  }
  let tree: unknown;
  try {
    tree = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : 'it cannot be parsed';
    throw new ConfigError(`${file}: this is not JSON: ${why}`);
  }
  return layerOfTree(tree, file, settings);
}

function flagLayer(flags: ConfigSources['flags'] = []): Layer {
  const found = new Map<string, Given>();
  for (const { path, flag, value } of flags) {
    const setting = settings.find((known) => known.path === path);
    if (!setting || value === undefined) continue;
    const read = typeof value === 'string' ? readText(setting, value, flag) : value;
    found.set(path, { value: read, source: flag });
  }
  return found;
}

/**
 * Reads the configuration: defaults, then the file, then the environment, then the command line.
 * @throws ConfigError with one line that names the setting, where it came from, and what is allowed
 */
export function loadConfig(sources: ConfigSources = {}): Config {
  const given = new Map<string, Given>([
    ...(sources.file === undefined ? [] : readFile(sources.file)),
    ...layerOfEnv(sources.env ?? {}, settings),
    ...flagLayer(sources.flags),
  ]);
  if ((given.get('domain')?.value ?? 'localhost') === 'localhost') {
    for (const [path, value] of DEVELOPMENT) {
      if (!given.has(path)) given.set(path, { value, source: 'the development default' });
    }
  }
  const parsed = schema.safeParse(treeOf(given));
  if (parsed.success) return parsed.data.limits.lifted ? lifted(parsed.data) : parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path.join('.') ?? '';
  const setting = settings.find((known) => path === known.path || path.startsWith(`${known.path}.`));
  const { value, source } = given.get(setting?.path ?? '') ?? { value: undefined, source: 'configuration' };
  const allowed = issue?.code === 'custom' ? issue.message : (setting?.allowed ?? issue?.message);
  const not = setting?.secret ? 'what is there' : quote(value);
  throw new ConfigError(`${source}: ${setting?.path ?? path} must be ${allowed}, not ${not}`);
}

/** Without the limits by address and by rate, those of modules included. */
function lifted(config: Config): Config {
  const own = (id: string): object => {
    const value = config.modules[id];
    return typeof value === 'object' && value !== null ? value : {};
  };
  return {
    ...config,
    limits: {
      ...config.limits,
      connectionsPerAddress: Number.POSITIVE_INFINITY,
      newConnectionsPerAddress: Number.POSITIVE_INFINITY,
    },
    modules: {
      ...config.modules,
      'rate-limit': { ...own('rate-limit'), enabled: false },
      muc: { ...own('muc'), rateLimits: false },
      status: { ...own('status'), rateLimits: false },
      direct: { ...own('direct'), rateLimits: false },
    },
  };
}

/** The defaults as a file would have them: what `meerkat config init` writes. */
export function defaultTree(): Record<string, unknown> {
  const values = settings
    .filter(({ fallback }) => fallback !== undefined)
    .map(({ path, fallback }): [string, Given] => [path, { value: fallback, source: 'default' }]);
  return treeOf(new Map(values));
}

export { ConfigError } from './config/layers.js';
