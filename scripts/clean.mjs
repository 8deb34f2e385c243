// Removes everything that a build, a type check or a test run has left. Usage: npm run clean

import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const inside = (folder) =>
  existsSync(path.join(root, folder))
    ? readdirSync(path.join(root, folder)).map((name) => path.join(folder, name))
    : [];
for (const folder of [...inside('packages'), ...inside('apps'), 'e2e', 'interop', 'tests', '.']) {
  for (const what of ['dist', '.turbo', 'test-results', 'node_modules/.cache', 'node_modules/.vite']) {
    rmSync(path.join(root, folder, what), { recursive: true, force: true });
  }
}
rmSync(path.join(root, 'packages/server/web'), { recursive: true, force: true });
