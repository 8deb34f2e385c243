// npm start: makes a fresh clone ready (packages, build) and starts the server.
// Usage: npm start [-- ARGUMENTS OF meerkat start]     for example: npm start -- --port 8080

import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';
import { build, checkNode, installPackages, NotReady } from './lib/prepare.mjs';
import { root } from './lib/run.mjs';

try {
  checkNode();
  await installPackages();
  await build();
} catch (error) {
  if (!(error instanceof NotReady)) throw error;
  console.error(error.message);
  process.exit(1);
}

const server = spawn(
  process.execPath,
  [path.join(root, 'packages/server/dist/main.js'), 'start', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  // Ctrl-C in a terminal reaches the server by itself; a second one would cut its draining short.
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) server.kill(signal);
  });
}
// npm's shell keeps a signal for itself and dies of it: without this the server would live on, unseen.
const parent = process.ppid;
const orphaned = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(orphaned);
  server.kill('SIGTERM');
}, 250);
server.on('error', (error) => {
  console.error(`the server could not be started: ${error.message}`);
  process.exit(1);
});
server.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)));
