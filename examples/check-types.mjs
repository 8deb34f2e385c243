// Type-checks every example as its framework's own tools do. They are built on TypeScript 6, which is beside this file;
// the repository itself is on 7.
// Usage: node examples/check-types.mjs     after a build of the packages

import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

const here = import.meta.dirname;
const require = createRequire(import.meta.url);
const tsc = require.resolve('typescript/lib/tsc.js');

/** vue-tsc would take the first TypeScript that it finds beside itself. */
const vueTsc = `require(${JSON.stringify(require.resolve('vue-tsc'))}).run(${JSON.stringify(tsc)})`;
const svelteCheck = path.join(path.dirname(require.resolve('svelte-check/package.json')), 'bin/svelte-check');

const CHECKS = {
  react: [tsc, '-p', 'react'],
  vue: ['-e', vueTsc, '--', 'vue-tsc', '-p', 'vue'],
  svelte: [svelteCheck, '--workspace', 'svelte', '--tsconfig', './tsconfig.json', '--fail-on-warnings'],
};

let failed = false;
for (const [name, args] of Object.entries(CHECKS)) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: here, encoding: 'utf8' });
  if (status === 0) continue;
  console.error(`examples/${name}:\n${stdout}${stderr}`);
  failed = true;
}
process.exit(failed ? 1 : 0);
