// What a fresh clone needs before it can start or be tested: a fit Node, the packages, a build.
// Node only: this runs before any package is installed.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { npm, root, run, say, seconds, tool } from './run.mjs';

/** A failure that one line explains; nothing else is to be printed about it. */
export class NotReady extends Error {}

export function atLeast(version, least) {
  const [a, b] = [version, least].map((v) =>
    v
      .replace(/^[^\d]*/, '')
      .split('.')
      .map(Number),
  );
  for (const i of [0, 1, 2]) {
    if ((a[i] ?? 0) !== (b[i] ?? 0)) return (a[i] ?? 0) > (b[i] ?? 0);
  }
  return true;
}

export function checkNode() {
  const { engines } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const least = engines.node.replace('>=', '');
  if (atLeast(process.versions.node, least)) return;
  throw new NotReady(`Node ${least} or newer is needed, this is ${process.versions.node}.`);
}

function readLock(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/**
 * Whether what is installed is what the lockfile says. By versions, not by file times: a checkout sets those anew.
 * @param wanted    `packages` of package-lock.json
 * @param installed `packages` of node_modules/.package-lock.json
 */
export function isInstalled(wanted, installed) {
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([where, entry]) => {
    if (!where.startsWith('node_modules/') || entry.optional || entry.devOptional || entry.peer) return true;
    const there = installed[where];
    return there !== undefined && (entry.link === true || there.version === entry.version);
  });
}

function whyInstallFailed(output) {
  if (/gyp|prebuild|sqlite3/i.test(output) && /python|make|g\+\+|compiler|not found|gyp ERR/i.test(output)) {
    return (
      'sqlite3 has no ready binary for this machine and could not be compiled: ' +
      'install python3, make and a C++ compiler (Debian: apt-get install python3 make g++), then run again.'
    );
  }
  const line =
    output.split('\n').findLast((text) => /npm error (?!A complete log)/.test(text)) ??
    output.trim().split('\n').at(-1);
  return `npm ci failed: ${line ?? 'no reason given'}`;
}

export async function installPackages() {
  if (isInstalled(readLock('package-lock.json'), readLock('node_modules/.package-lock.json'))) return;
  say('installing packages (the first time takes a minute or two) …');
  const start = performance.now();
  const beat = setInterval(() => say(`  still installing, ${seconds(start)}`), 10_000);
  try {
    const { code, output } = await run(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      quiet: true,
    });
    if (code === 0) return say(`packages installed in ${seconds(start)}`);
    if (process.env.CI) process.stderr.write(output);
    throw new NotReady(whyInstallFailed(output));
  } finally {
    clearInterval(beat);
  }
}

const TURBO_ENV = { TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', DO_NOT_TRACK: '1' };

/** Runs tasks through turbo: what has not changed since the last time comes from its cache. */
export function turbo(tasks, args = []) {
  return tool('turbo/bin/turbo', ['run', ...tasks, '--output-logs=errors-only', ...args], {
    quiet: true,
    env: TURBO_ENV,
  });
}

export async function build() {
  const start = performance.now();
  say('building …');
  const { code, output } = await turbo(['build']);
  if (code !== 0) {
    process.stderr.write(output);
    throw new NotReady('the build failed, see above.');
  }
  say(`built in ${seconds(start)}`);
}
