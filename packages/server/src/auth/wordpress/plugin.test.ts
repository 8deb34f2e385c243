import { execFile, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { escapeLocal, parseDomainJid, prepareLocal } from '@meerkat-chat/xmpp';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test } from 'vitest';
import { silentLogger } from '../../kernel/logger.js';
import type { Peer } from '../../link/server-link.js';
import { MemoryUsedTokens } from '../../storage/memory-used-tokens.js';
import { tokenSettings } from '../token/settings.js';
import { tokenProvider } from '../token/token-provider.js';
import { UsedTokens } from '../token/used-tokens.js';

// The plugin for WordPress: its own tests, and whether this server takes what it makes.

const plugin = path.resolve(import.meta.dirname, '../../../../../integrations/wordpress');
const domain = parseDomainJid('chat.example') ?? expect.unreachable();
const peer: Peer = {
  transport: 'websocket',
  address: '192.0.2.7',
  secure: true,
  origin: 'https://blog.example',
};

const run = promisify(execFile);
const php = async (...args: readonly string[]) => (await run('php', args, { cwd: plugin })).stdout;
/** PHP is not on every machine; with `CI` set it has to be. */
const missing = spawnSync('php', ['--version']).status !== 0 && !process.env.CI;
if (missing) console.warn('the plugin for WordPress is not tried: php is not installed');

function judge(token: string, now: number, settings = {}, from: Partial<Peer> = {}) {
  const all = tokenSettings.parse({ secrets: ['a secret of thirty-two characters'], ...settings });
  const clock = new FakeClock(now);
  const provider = tokenProvider({
    domain,
    clock,
    log: silentLogger,
    settings: all,
    secrets: all.secrets.map((text) => Buffer.from(text)),
    published: undefined,
    used: new UsedTokens(clock, new MemoryUsedTokens(), all.remembered),
  });
  return provider.verifyToken?.(token, { ...peer, ...from });
}

describe.runIf(!missing)('the plugin for WordPress', () => {
  test('PHP understands each file of it', async () => {
    const files = readdirSync(plugin, { recursive: true, encoding: 'utf8' });
    const sources = files.filter((file) => file.endsWith('.php'));
    expect(sources.length).toBeGreaterThan(30);
    // One process for all: a file that is wrong fails it, by its name.
    const check =
      'foreach (array_slice($argv, 1) as $file) { try { token_get_all(file_get_contents($file), TOKEN_PARSE); } catch (ParseError $e) { echo "$file: ", $e->getMessage(), "\\n"; } }';
    expect(await php('-r', check, '--', ...sources)).toBe('');
  });

  test('its tests pass', async () => {
    const { stdout } = await run('php', ['tests/run.php'], { cwd: plugin }).catch((error) => error);
    expect(stdout).toMatch(/^ok /);
    expect(stdout).not.toContain('FAIL');
  });

  test('its tokens are taken, for who they are for, on the pages of its site', async () => {
    const now = Date.UTC(2026, 10, 21);
    const token = await php('tests/print.php', 'token', `${now / 1000}`);
    expect(await judge(token, now, { issuer: 'https://blog.example' })).toMatchObject({
      verdict: 'accepted',
      identity: {
        account: `${escapeLocal('Jan Kowalski@Example')}@chat.example`,
        grant: {
          name: 'Zażółć "Gęślą" 🦆',
          avatar: 'https://pictures.example/1',
          rooms: { '*': 'moderate' },
          until: now + 600_000,
          signIn: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      },
    });
    const refused = { verdict: 'refused' };
    expect(await judge(token, now, {}, { origin: 'https://other.example' })).toMatchObject(refused);
    expect(await judge(token, now + 700_000)).toMatchObject(refused);
    expect(await judge(token, now, { secrets: ['another secret of thirty-two chars'] })).toMatchObject(
      refused,
    );
  });

  test.each([
    'joe',
    'Maria_O-Brien',
    'Jan Kowalski.v2@example.org',
    'it\'s "me"',
    'a\\20b',
    'a\\b',
    'a\\5Cb',
    'Żółw',
  ])('it asks the API about the account that %s is', async (login) => {
    expect(prepareLocal(await php('tests/print.php', 'local', login))).toBe(escapeLocal(login));
  });
});
