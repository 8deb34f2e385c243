import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ServerFiles } from '../server.js';

/** What belongs to this package: its version, and the pages that its build has copied beside it. */
export function installedFiles(): ServerFiles {
  const root = path.resolve(import.meta.dirname, '../..');
  const manifest: unknown = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : undefined;
  return { version: String(version), webFolder: path.join(root, 'web') };
}
