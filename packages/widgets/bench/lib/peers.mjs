// What ours is measured beside, in a folder with a lockfile of its own.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isInstalled } from '../../../../scripts/lib/prepare.mjs';
import { npm, run } from '../../../../scripts/lib/run.mjs';

const home = path.resolve(import.meta.dirname, '../peers');
const readJson = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);

/** The folder that their packages are in. */
export const peersFolder = path.join(home, 'node_modules');

/** Their versions, as package.json pins them. @returns {Readonly<Record<string, string>>} */
export const peerVersions = readJson(path.join(home, 'package.json')).dependencies;

/** Installs them where they are not there yet; none of their scripts runs. @throws Error when that fails */
export async function installPeers() {
  const lock = (where) => readJson(path.join(home, where))?.packages;
  if (isInstalled(lock('package-lock.json'), lock('node_modules/.package-lock.json'))) return;
  console.log(`installing ${Object.keys(peerVersions).join(' and ')} (111 MB, once) …`);
  const args = ['ci', '--prefix', home, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { code, output } = await run(npm, args, { quiet: true });
  if (code !== 0) throw new Error(`the peers could not be installed:\n${output}`);
}
