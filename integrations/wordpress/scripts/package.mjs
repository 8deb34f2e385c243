// Packs the plugin as WordPress installs it: a ZIP with the folder meerkat-chat in it.
// Usage: npm run package-wordpress [-- FILE]     default: integrations/wordpress/meerkat-chat-VERSION.zip

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { zip } from './zip.mjs';

const home = path.resolve(import.meta.dirname, '..');
const plugin = path.join(home, 'meerkat-chat');

const names = readdirSync(plugin, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
  .map((entry) => path.relative(home, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
  .sort();
const [, version] = /^ \* Version: +(\S+)$/m.exec(
  readFileSync(path.join(plugin, 'meerkat-chat.php'), 'utf8'),
);
const file = path.resolve(process.argv[2] ?? path.join(home, `meerkat-chat-${version}.zip`));
const archive = zip(names.map((name) => [name, readFileSync(path.join(home, name))]));
writeFileSync(file, archive);
console.log(`${file}: ${names.length} files, ${archive.length} bytes`);
