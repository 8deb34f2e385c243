// Imports an entry where there is no page, in the process and in a worker of it, and fails when that does anything: adds to
// the globals, or throws. It ends by itself, so a timer or a handle that is left keeps it until its parent gives up.
// Copied by check-packages.mjs to where the packages are installed.
// Usage: node import-entry.mjs ENTRY

import { isMainThread, Worker } from 'node:worker_threads';

/** What Lit and zod keep for their own further copies, and the registry that Lit's build for servers brings along. */
const THEIRS = /^(lit\w+|reactiveElementVersions|customElements|__zod_\w+)$/;

const entry = process.argv[2];
for (const name of ['window', 'document']) {
  if (name in globalThis) throw new Error(`there is a ${name}`);
}
const before = new Set(Reflect.ownKeys(globalThis));
await import(entry);
const added = Reflect.ownKeys(globalThis).filter((key) => !before.has(key) && !THEIRS.test(String(key)));
if (added.length > 0) throw new Error(`it adds ${added.map(String).join(', ')} to the globals`);
if (isMainThread) new Worker(new URL(import.meta.url), { argv: [entry] });
