// npm run proof -- NAME [arguments of that proof]: the long proofs. Builds first what is not built.
// Usage: npm run proof -- speed [--only ROW,ROW] [--rounds N] [--quick] [--docs docs/performance.md]
//   Its figures are in test-results/speed.json (of some rows only: speed-some.json), or where --json says.

import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { build, NotReady } from './lib/prepare.mjs';
import { root } from './lib/run.mjs';

const results = path.join(root, 'test-results');
const PROOFS = {
  speed: (args) => {
    mkdirSync(results, { recursive: true });
    const has = (...flags) => flags.some((flag) => args.some((arg) => arg.split('=')[0] === flag));
    // What some rows gave is not written over what all of them gave.
    const file = has('--only', '--quick') && !has('--also') ? 'speed-some.json' : 'speed.json';
    const json = has('--json') ? [] : ['--json', path.join(results, file)];
    return ['packages/server/dist/main.js', 'load', 'speed', ...json, ...args];
  },
};

const [name, ...args] = process.argv.slice(2);
const proof = Object.hasOwn(PROOFS, name ?? '') ? PROOFS[name] : undefined;
if (!proof) {
  console.error(`npm run proof -- NAME, one of: ${Object.keys(PROOFS).join(', ')}`);
  process.exit(2);
}
try {
  await build();
} catch (error) {
  console.error(error instanceof NotReady ? error.message : error);
  process.exit(1);
}
const child = spawn(process.execPath, proof(args), { cwd: root, stdio: 'inherit' });
// Ctrl-C is heard by the child as well, which ends what it has started.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
