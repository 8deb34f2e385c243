// npm test: makes a fresh machine ready (packages, browser, build) and runs every check and every test.
// Usage: npm test [-- --only STAGE,STAGE] [-- ARGUMENTS OF THAT STAGE'S RUNNER]
//   npm test -- --only unit -- jid      only the unit tests whose file name has "jid"
// A check counts as one test. The last line is "N passed, N failed".

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { failuresOfPlaywright, tellFailures } from './lib/failures.mjs';
import { ensureBrowser } from './lib/install-browser.mjs';
import { build, checkNode, installPackages, NotReady, turbo } from './lib/prepare.mjs';
import { root, run, say, seconds, tool } from './lib/run.mjs';

const scratch = mkdtempSync(path.join(tmpdir(), 'meerkat-test-'));
const PASS = { passed: 1, failed: 0, skipped: 0, failures: [] };
const FAIL = { passed: 0, failed: 1, skipped: 0, failures: [] };

function hasFiles(folder, ending) {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).some((entry) => {
    if (entry.name === 'node_modules') return false;
    return entry.isDirectory()
      ? hasFiles(path.join(folder, entry.name), ending)
      : entry.name.endsWith(ending);
  });
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** A runner that failed without a failed test (it crashed, it found nothing, it skipped all) is one failure. */
function settle(code, counts) {
  const { passed = 0, failed = 0, skipped = 0, failures = [] } = counts ?? {};
  const odd = failed === 0 && (code !== 0 || passed === 0);
  return { passed, failed: failed + (odd ? 1 : 0), skipped, failures };
}

const script = (name) => async () =>
  (await run(process.execPath, [`scripts/${name}.mjs`])).code === 0 ? PASS : FAIL;

const vitest = (config) => async (args) => {
  const counts = path.join(scratch, 'vitest.json');
  rmSync(counts, { force: true });
  const reporters = ['--reporter=default', '--reporter=./scripts/lib/vitest-counts.mjs'];
  const { code } = await tool('vitest/vitest.mjs', ['run', `--config=${config}`, ...reporters, ...args], {
    env: { MEERKAT_COUNTS: counts },
  });
  return settle(code, readJson(counts));
};

const playwright = (config) => async (args) => {
  const report = path.join(scratch, 'playwright.json');
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  const { code } = await tool(
    '@playwright/test/cli.js',
    ['test', `--config=${config}`, '--reporter=list,json', ...args],
    { env },
  );
  const told = readJson(report) ?? {};
  const { stats, errors = [] } = told;
  return settle(
    code,
    stats && {
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky + errors.length,
      skipped: stats.skipped,
      failures: failuresOfPlaywright(told),
    },
  );
};

/** Whether custom-elements.json tells all of the elements. */
const manifest = async () =>
  (await run(process.execPath, ['packages/widgets/scripts/check-manifest.mjs'])).code === 0 ? PASS : FAIL;

/** Storybook, built, and every story of it in a browser. */
async function stories(args) {
  const { code, output } = await turbo(['build-storybook'], ['--filter=@meerkat-chat/widgets']);
  if (code !== 0) {
    process.stdout.write(output);
    return FAIL;
  }
  return playwright('packages/widgets/.storybook/test')(args);
}

/** The speed of a message's path; nothing else runs beside it. Arguments: `--update`, `--main FILE`. */
const guard = async (args) =>
  (await run(process.execPath, ['packages/server/bench/guard.mjs', ...args])).code === 0 ? PASS : FAIL;

/** Rows, nodes, drift and shifts of the elements under a few seconds of load. Arguments: those of bench:widgets. */
const widgets = async (args) =>
  (await run(process.execPath, ['packages/widgets/bench/bench-widgets.mjs', '--sample', ...args])).code === 0
    ? PASS
    : FAIL;

const STAGES = {
  lint: {
    run: async () =>
      (await tool('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.'])).code === 0
        ? PASS
        : FAIL,
  },
  types: {
    run: async () => {
      const { code, output } = await turbo(['typecheck'], ['--continue']);
      if (code !== 0) process.stdout.write(output);
      return code === 0 ? PASS : FAIL;
    },
  },
  imports: { run: script('check-imports') },
  unit: { run: vitest('vitest.config.ts') },
  e2e: { run: playwright('e2e'), needs: ['build', 'browser'], files: ['e2e', '.spec.ts'] },
  manifest: { run: manifest, needs: ['build'] },
  stories: { run: stories, needs: ['build', 'browser'] },
  interop: { run: vitest('interop/vitest.config.ts'), needs: ['build'], files: ['interop', '.test.ts'] },
  packages: { run: script('check-packages'), needs: ['build'] },
  sizes: { run: script('check-sizes'), needs: ['build'] },
  widgets: { run: widgets, needs: ['build', 'browser'] },
  bench: { run: guard, needs: ['build'] },
};

const split = process.argv.indexOf('--', 2);
const { values } = parseArgs({
  args: process.argv.slice(2, split === -1 ? undefined : split),
  options: { only: { type: 'string' } },
});
const extra = split === -1 ? [] : process.argv.slice(split + 1);
const chosen = values.only?.split(',') ?? Object.keys(STAGES);
const unknown = chosen.filter((name) => !(name in STAGES));
if (unknown.length > 0) {
  console.error(`no stage ${unknown.join(', ')}; there are ${Object.keys(STAGES).join(', ')}`);
  process.exit(2);
}
const active = chosen.filter((name) => {
  const { files } = STAGES[name];
  if (!files || hasFiles(...files)) return true;
  say(`${name}: no *${files[1]} files, nothing to run`);
  return false;
});
const needed = new Set(active.flatMap((name) => STAGES[name].needs ?? []));

const total = { passed: 0, failed: 0, skipped: 0 };
const rows = [];
const failures = [];
function record(name, counts, start) {
  failures.push(...counts.failures.map((failure) => ({ ...failure, stage: name })));
  for (const key of Object.keys(total)) total[key] += counts[key];
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  rows.push(`${name.padEnd(10)} ${counts.passed} ok, ${counts.failed} not ok${skipped}, ${seconds(start)}`);
  say(rows.at(-1));
}

const missing = new Set();
async function prepare(what, work) {
  const start = performance.now();
  try {
    await work();
  } catch (error) {
    console.error(error instanceof NotReady ? error.message : error);
    missing.add(what);
    record(what, FAIL, start);
  }
}

try {
  await prepare('packages', async () => {
    checkNode();
    await installPackages();
  });
  if (missing.size === 0) {
    if (needed.has('browser')) await prepare('browser', ensureBrowser);
    if (needed.has('build')) await prepare('build', build);
    for (const name of active) {
      const { run: work, needs = [] } = STAGES[name];
      const start = performance.now();
      const lacks = needs.filter((what) => missing.has(what));
      if (lacks.length > 0) {
        record(`${name} (no ${lacks.join(', ')})`, FAIL, start);
        continue;
      }
      say(`${name} …`);
      record(name, await work(extra), start);
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
say('');
for (const line of tellFailures(failures)) say(line);
for (const row of rows) say(row);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
