// Copies what the server hands to browsers into its own package: the widgets' embed files and the demo,
// and their Storybook, which is not published.
// What has not been built is left out; the server then says so at `/`.
// Usage: node scripts/copy-web.mjs     (a step of this package's build)

import { cpSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';

const here = path.resolve(import.meta.dirname, '..');
const root = path.resolve(here, '../..');
const PARTS = {
  embed: 'packages/widgets/dist/embed',
  demo: 'apps/demo/dist',
  storybook: 'packages/widgets/storybook-static',
};

for (const [name, source] of Object.entries(PARTS)) {
  const [from, to] = [path.join(root, source), path.join(here, 'web', name)];
  rmSync(to, { recursive: true, force: true });
  // A type check leaves its notes in a folder that a build would fill.
  const built = existsSync(path.join(from, name === 'embed' ? 'embed.js' : 'index.html'));
  if (built) cpSync(from, to, { recursive: true, filter: (file) => !file.endsWith('.tsbuildinfo') });
  else console.log(`${source} has not been built: left out`);
}
