import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigError, type ConfigSources, defaultTree, loadConfig, settings } from './config.js';
import { DEFAULT_STREAM_LIMITS } from './stream/limits.js';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'meerkat-config-'));
  file = path.join(folder, 'meerkat.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function refusal(sources: ConfigSources): string {
  try {
    loadConfig(sources);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.replaceAll(file, 'FILE');
    throw error;
  }
  throw new Error('it was accepted');
}

test('the defaults are those of a machine of one’s own', () => {
  const config = loadConfig();
  expect(config).toMatchObject({
    domain: 'localhost',
    listen: { host: '127.0.0.1', port: 5280 },
    limits: DEFAULT_STREAM_LIMITS,
    storage: { synchronous: 'full' },
    auth: { guests: true, tokenLife: 30 * 86_400_000 },
    modules: { muc: { create: 'anyone' }, direct: { guestsMayWrite: ['*'] } },
  });
  expect(config.origins).toBeUndefined();
});

test('a server for others keeps the modules’ own defaults', () => {
  const config = loadConfig({ env: { MEERKAT_DOMAIN: 'chat.example' } });
  expect(config.modules).toMatchObject({ muc: { create: 'users' } });
});

test('each source goes over the one before', () => {
  writeFileSync(
    file,
    JSON.stringify({ domain: 'file.example', listen: { host: '::', port: 1 }, log: { level: 'warn' } }),
  );
  const config = loadConfig({
    file,
    env: { MEERKAT_DOMAIN: 'env.example', MEERKAT_LISTEN__PORT: '2', PATH: '/bin' },
    flags: [
      { path: 'listen.port', flag: '--port', value: '3' },
      { path: 'domain', flag: '--domain', value: undefined },
    ],
  });
  expect(config).toMatchObject({
    domain: 'env.example',
    listen: { host: '::', port: 3 },
    log: { level: 'warn' },
  });
});

test('the environment reaches every setting', () => {
  const config = loadConfig({
    env: {
      MEERKAT_TRUSTED_PROXIES: '["10.0.0.0/8"]',
      MEERKAT_LIMITS__STANZA_BYTES_BEFORE_AUTH: '20000',
      MEERKAT_AUTH__GUESTS: 'false',
      MEERKAT_MODULES__RATE_LIMIT__ENABLED: 'false',
    },
  });
  expect(config.trustedProxies).toEqual(['10.0.0.0/8']);
  expect(config.limits.stanzaBytesBeforeAuth).toBe(20_000);
  expect(config.auth.guests).toBe(false);
  expect(config.modules).toMatchObject({ 'rate-limit': { enabled: false } });
  const names = settings.map(({ env }) => env);
  expect(new Set(names).size).toBe(names.length);
});

test('--no-limits lifts limits by address and by rate, and no others', () => {
  const [usual, config] = [
    loadConfig(),
    loadConfig({ flags: [{ path: 'limits.lifted', flag: '--no-limits', value: true }] }),
  ];
  expect(config.limits.connectionsPerAddress).toBe(Number.POSITIVE_INFINITY);
  expect(config.limits.newConnectionsPerAddress).toBe(Number.POSITIVE_INFINITY);
  expect(config.limits.stanzaBytes).toBe(usual.limits.stanzaBytes);
  expect(config.limits.queueBytes).toBe(usual.limits.queueBytes);
  expect(config.modules).toMatchObject({
    'rate-limit': { enabled: false },
    muc: { rateLimits: false },
    status: { rateLimits: false },
    direct: { rateLimits: false },
  });
});

test.each<[string, ConfigSources, string | RegExp]>([
  [
    'a bad value of the environment',
    { env: { MEERKAT_LISTEN__PORT: '65536' } },
    'MEERKAT_LISTEN__PORT: listen.port must be a whole number from 0 to 65535, not 65536',
  ],
  [
    'a bad value of the command line',
    { flags: [{ path: 'listen.port', flag: '--port', value: 'http' }] },
    '--port: listen.port must be a whole number from 0 to 65535, not "http"',
  ],
  [
    'a bad choice',
    { env: { MEERKAT_LOG__LEVEL: 'loud' } },
    'MEERKAT_LOG__LEVEL: log.level must be one of error, warn, info, debug, silent, not "loud"',
  ],
  [
    'a bad domain',
    { env: { MEERKAT_DOMAIN: 'a b' } },
    'MEERKAT_DOMAIN: domain must be a domain name such as chat.example, not "a b"',
  ],
  [
    'a list that is no JSON',
    { env: { MEERKAT_ORIGINS: 'https://a' } },
    /^MEERKAT_ORIGINS: origins must be JSON/,
  ],
  [
    'a list with a bad entry',
    { env: { MEERKAT_ORIGINS: '["a"]' } },
    /^MEERKAT_ORIGINS: origins must be a list/,
  ],
  ['a name that is no setting', { env: { MEERKAT_LISTEN__PROT: '1' } }, /^MEERKAT_LISTEN__PROT: there is no/],
  [
    'a module’s bound',
    { env: { MEERKAT_MODULES__MUC__OCCUPANTS: '0' } },
    /^MEERKAT_MODULES__MUC__OCCUPANTS: modules.muc.occupants must be a whole number, 1 or more, not 0$/,
  ],
  ['a bound below its least', { env: { MEERKAT_LIMITS__STANZA_BYTES: '9999' } }, /10000 or more, not 9999$/],
  ['a long value', { env: { MEERKAT_LOG__LEVEL: 'x'.repeat(500) } }, /not "x{56}\.\.\.$/],
])('%s is one clear line', (_, sources, line) => {
  const message = refusal(sources);
  expect(message).toMatch(line);
  expect(message).not.toContain('\n');
});

test.each([
  ['{"listen": {"prot": 1}}', 'FILE: there is no setting listen.prot; below listen there is host, port'],
  ['{"listen": 5280}', 'FILE: listen must be an object of settings'],
  ['[]', 'FILE: the configuration must be an object of settings'],
  ['{"listen": {"port": "1"}}', 'FILE: listen.port must be a whole number from 0 to 65535, not "1"'],
  ['{"__proto__": {"a": 1}}', /^FILE: there is no setting __proto__;/],
  ['{"a"', /^FILE: this is not JSON: /],
])('a file with %s is one clear line', (text, line) => {
  writeFileSync(file, text);
  expect(refusal({ file })).toMatch(line);
});

test('a file that is missing is named', () => {
  expect(refusal({ file })).toBe('FILE: there is no such file');
});

test('the defaults as a file are the defaults', () => {
  writeFileSync(file, JSON.stringify(defaultTree()));
  expect(loadConfig({ file, env: { MEERKAT_DOMAIN: 'a.example' } })).toEqual(
    loadConfig({ env: { MEERKAT_DOMAIN: 'a.example' } }),
  );
});

test('what is secret is told in no message', () => {
  const secret = 'hunter2';
  for (const env of [
    { MEERKAT_AUTH__TOKEN__SECRETS: JSON.stringify([secret]) },
    { MEERKAT_AUTH__TOKEN__SECRETS: secret },
    { MEERKAT_METRICS__TOKEN: secret },
  ]) {
    expect(() => loadConfig({ env })).toThrow(/must be/);
    expect(() => loadConfig({ env })).not.toThrow(secret);
  }
});
