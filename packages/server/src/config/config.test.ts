import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { settings } from '../config.js';
import { ConfigError, layerOfEnv, layerOfTree, quote, treeOf } from './layers.js';
import { settingsOf } from './setting.js';
import { describeBy, docComments, settingSources, settingsDocs } from './settings-docs.js';

const sample = settingsOf(
  z.object({
    name: z.string().default('a'),
    list: z.array(z.int().min(1)).optional(),
    'some-part': z
      .object({ maxURLBytes: z.int().min(1).max(9).default(3), ratio: z.number().default(0.5) })
      .prefault({}),
  }),
);

test('settings have a path, a variable, a default and words for what is allowed', () => {
  expect(sample.map(({ path: name, env, allowed, fallback }) => [name, env, allowed, fallback])).toEqual([
    ['name', 'MEERKAT_NAME', 'text', 'a'],
    ['list', 'MEERKAT_LIST', 'a list, each a whole number, 1 or more', undefined],
    ['some-part.maxURLBytes', 'MEERKAT_SOME_PART__MAX_URLBYTES', 'a whole number from 1 to 9', 3],
    ['some-part.ratio', 'MEERKAT_SOME_PART__RATIO', 'a number', 0.5],
  ]);
});

test('a layer of the environment holds what it names, as the kind of value that it is', () => {
  const env = { MEERKAT_NAME: '7', MEERKAT_SOME_PART__RATIO: '7', MEERKAT_LIST: '[7]', MEERKAT_OTHER: 'x' };
  expect(treeOf(layerOfEnv(env, sample))).toEqual({ name: '7', 'some-part': { ratio: 7 }, list: [7] });
  expect(() => layerOfEnv({ MEERKAT_SOME_PART__RATE: '7' }, sample)).toThrow(ConfigError);
});

test('a layer of a tree knows where each value came from', () => {
  const layer = layerOfTree({ 'some-part': { ratio: 1 } }, 'a.json', sample);
  expect([...layer]).toEqual([['some-part.ratio', { value: 1, source: 'a.json' }]]);
  expect(() => layerOfTree({ constructor: 1 }, 'a.json', sample)).toThrow('no setting constructor');
});

test('values are quoted whole up to sixty characters', () => {
  expect(quote('x'.repeat(58))).toHaveLength(60);
  expect(quote('x'.repeat(59))).toMatch(/^"x{56}\.\.\.$/);
  expect(quote(undefined)).toBe('nothing');
});

test('doc comments are found before properties', () => {
  const text =
    '/** One. */\nreadonly a: number;\n/**\n * Two\n * lines.\n */\nb: z.int(),\n/** Else. */ const c = 1;';
  expect([...docComments(text)]).toEqual([
    ['a', 'One.'],
    ['b', 'Two lines.'],
  ]);
});

const SRC = path.resolve(import.meta.dirname, '..');

test('every setting is explained', () => {
  const describe = describeBy(settingSources(SRC));
  expect(settings.filter((setting) => !describe(setting)).map((setting) => setting.path)).toEqual([]);
});

test('docs/settings.md is fresh', () => {
  const page = readFileSync(path.resolve(SRC, '../../../docs/settings.md'), 'utf8');
  // When this fails: npm run build && npm run docs --workspace @meerkat-chat/server
  expect(page).toBe(settingsDocs(settings, describeBy(settingSources(SRC))));
});
