import type { Setting } from './setting.js';

/** A setting that cannot be used; the message is one line for the operator. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** A value as it was given, and by whom: `meerkat.json`, `MEERKAT_DOMAIN`, `--domain`. */
export interface Given {
  readonly value: unknown;
  readonly source: string;
}

/** What was given, by the path of the setting; a later layer goes over an earlier one. */
export type Layer = ReadonlyMap<string, Given>;

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function childrenOf(settings: readonly Setting[], keys: readonly string[]): string[] {
  const below = settings.filter((setting) => keys.every((key, i) => setting.keys[i] === key));
  return [...new Set(below.flatMap((setting) => setting.keys[keys.length] ?? []))];
}

/** Reads a layer out of a tree, such as a file has. @throws ConfigError for a setting that does not exist */
export function layerOfTree(tree: unknown, source: string, settings: readonly Setting[]): Layer {
  const byPath = new Map(settings.map((setting) => [setting.path, setting]));
  const found = new Map<string, Given>();
  const walk = (value: unknown, keys: readonly string[]): void => {
    const path = keys.join('.');
    if (byPath.has(path)) {
      found.set(path, { value, source });
      return;
    }
    const known = childrenOf(settings, keys);
    if (!isTree(value)) {
      throw new ConfigError(
        `${source}: ${path === '' ? 'the configuration' : path} must be an object of settings`,
      );
    }
    for (const [key, inner] of Object.entries(value)) {
      if (!known.includes(key)) {
        const where = path === '' ? 'at the top' : `below ${path}`;
        throw new ConfigError(
          `${source}: there is no setting ${[...keys, key].join('.')}; ${where} there is ${known.join(', ')}`,
        );
      }
      walk(inner, [...keys, key]);
    }
  };
  walk(tree, []);
  return found;
}

/** Reads a value that came as text, by the kind of its setting. What is no such value stays text, and is refused later. */
export function readText(setting: Setting, text: string, source: string): unknown {
  switch (setting.type) {
    case 'text':
      return text;
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
    case 'boolean':
      return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : text;
    case 'json':
      try {
        return JSON.parse(text);
      } catch {
        throw new ConfigError(
          `${source}: ${setting.path} must be JSON (${setting.allowed}), not ${setting.secret ? 'what is there' : quote(text)}`,
        );
      }
  }
}

/**
 * Reads a layer out of the environment. Names without `__` that are no setting are left to other programs.
 * @throws ConfigError for a name with `__` that is no setting
 */
export function layerOfEnv(
  env: Readonly<Record<string, string | undefined>>,
  settings: readonly Setting[],
): Layer {
  const byName = new Map(settings.map((setting) => [setting.env, setting]));
  const found = new Map<string, Given>();
  for (const [name, text] of Object.entries(env)) {
    if (!name.startsWith('MEERKAT_') || text === undefined) continue;
    const setting = byName.get(name);
    if (setting) found.set(setting.path, { value: readText(setting, text, name), source: name });
    else if (name.includes('__')) {
      throw new ConfigError(`${name}: there is no such setting; docs/settings.md has them all`);
    }
  }
  return found;
}

/** A value as it is shown in a message: JSON, cut where it is long. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}

/** The tree that a schema parses, out of values by path. */
export function treeOf(values: Layer): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const [path, { value }] of values) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    let at = root;
    for (const key of keys) {
      const next = at[key];
      const inner = isTree(next) ? next : {};
      at[key] = inner;
      at = inner;
    }
    at[last] = value;
  }
  return root;
}
