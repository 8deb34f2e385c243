// Measures what a page downloads (minified, gzip) and compares it with sizes.json.
// Usage: node scripts/check-sizes.mjs [--update]     after a build; --update records the figures of today
// A figure that grows by more than 2 % fails: record it on purpose, and say in the commit what it buys.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { embedBytes, gzip, staticGraph } from './lib/embed-files.mjs';
import { root } from './lib/run.mjs';

const GROWTH = 0.02;
const record = path.join(root, 'sizes.json');

async function sdkChunks() {
  const entry = path.join(root, 'packages/sdk/dist/index.js');
  if (!existsSync(entry)) return undefined;
  const result = await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      minify: true,
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: { sdk: entry },
        preserveEntrySignatures: 'strict',
        // What is needed at once is one file, as it is in a page's bundle.
        output: { format: 'es', codeSplitting: { groups: [{ name: 'core', tags: ['$initial'] }] } },
      },
    },
  });
  return new Map((Array.isArray(result) ? result[0] : result).output.map((chunk) => [chunk.fileName, chunk]));
}

function sdkCore(chunks) {
  const entry = [...(chunks?.values() ?? [])].find((chunk) => chunk.isEntry);
  if (!entry) return undefined;
  const names = staticGraph(entry.fileName, (name) => chunks.get(name)?.imports);
  return names.reduce((sum, name) => sum + gzip(chunks.get(name).code), 0);
}

/** What BOSH adds to a page that needs it: the lazy chunk alone. */
function boshChunk(chunks) {
  const lazy = [...(chunks?.values() ?? [])].find(
    (chunk) => chunk.isDynamicEntry && /bosh/i.test(chunk.facadeModuleId ?? chunk.name),
  );
  return lazy && gzip(lazy.code);
}

const chunks = await sdkChunks();
const loader = embedBytes();
const room = embedBytes('chat-room');
const measured = {
  'sdk core': sdkCore(chunks),
  'sdk BOSH chunk': boshChunk(chunks),
  'embed.js': loader,
  'embed/frame.js': embedBytes(undefined, 'src/frame/frame.ts'),
  // To read and to send, whatever is needed for that.
  '<chat-room>': loader && room && loader + room,
  '<chat-box> launcher': embedBytes('chat-box'),
  '<presence-badge>': embedBytes('presence-badge'),
};
/** Bytes that none may have. One that is not reached yet is said so; once reached, it is never passed again. */
const BARS = { 'embed.js': 2000, 'embed/frame.js': 2000, '<chat-room>': 45_000, '<presence-badge>': 4000 };
const known = existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')) : {};
const problems = [];
// What no --update makes right.
const passed = [];
const kB = (bytes) => (bytes === undefined ? '-' : `${(bytes / 1000).toFixed(2)} kB`).padStart(10);

console.log('  gzip                  recorded       now   at most');
for (const [name, bytes] of Object.entries(measured)) {
  const before = known[name];
  console.log(`  ${name.padEnd(20)}${kB(before)}${kB(bytes)}${kB(BARS[name])}`);
  if (bytes === undefined) {
    if (before !== undefined) problems.push(`${name} has a recorded size and was not built`);
    else console.log(`  ${name} is not built yet`);
  } else if (before === undefined) {
    problems.push(`${name} has no recorded size: node scripts/check-sizes.mjs --update`);
  } else if (bytes > before * (1 + GROWTH)) {
    const percent = ((bytes / before - 1) * 100).toFixed(1);
    problems.push(
      `${name} grew by ${percent} % (${before} to ${bytes} bytes); if it is worth it: node scripts/check-sizes.mjs --update`,
    );
  }
  if (bytes > BARS[name]) {
    if (before > BARS[name]) console.log(`  ${name} has not reached its bar yet`);
    else passed.push(`${name} has ${bytes} bytes, ${BARS[name]} at most`);
  }
}
if (process.argv.includes('--update') && passed.length === 0) {
  const kept = Object.fromEntries(Object.entries(measured).filter(([, bytes]) => bytes !== undefined));
  writeFileSync(record, `${JSON.stringify(kept, null, 2)}\n`);
  console.log('  recorded in sizes.json');
} else {
  for (const problem of [...problems, ...passed]) console.error(problem);
  process.exitCode = problems.length + passed.length > 0 ? 1 : 0;
}
