// Packs every published package, installs the tarballs together in an empty folder, and looks at them as a
// stranger would: publint, every entry imported in Node, types compiled, the command run.
// Usage: node scripts/check-packages.mjs [--keep]     after a build; --keep leaves the folder and prints it

import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { npm, root, run } from './lib/run.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'meerkat-packages-'));
const problems = [];
const published = readdirSync(path.join(root, 'packages'))
  .map((name) => ({ dir: path.join(root, 'packages', name) }))
  .map(({ dir }) => ({ dir, manifest: JSON.parse(readFileSync(path.join(dir, 'package.json'), 'utf8')) }))
  .filter(({ manifest }) => !manifest.private);

async function pack({ dir, manifest }) {
  const { code, output } = await run(
    npm,
    ['pack', dir, '--json', '--loglevel=error', `--pack-destination=${folder}`],
    { quiet: true },
  );
  if (code !== 0) throw new Error(`npm pack ${manifest.name}: ${output}`);
  const [packed] = JSON.parse(output.slice(output.indexOf('[\n')));
  const unwanted = packed.files
    .map((file) => file.path)
    .filter((file) => /\.(test|stories)\.|storybook|tsbuildinfo|(^|\/)\.env/.test(file));
  if (unwanted.length > 0) problems.push(`${manifest.name} ships ${unwanted.join(', ')}`);
  if (!packed.files.some((file) => file.path === 'LICENSE'))
    problems.push(`${manifest.name} ships no LICENSE`);
  const tarball = path.join(folder, packed.filename);
  const bytes = readFileSync(tarball);
  const { messages, pkg } = await publint({
    pack: { tarball: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) },
    level: 'warning',
  });
  for (const message of messages)
    problems.push(`${manifest.name}: publint: ${formatMessage(message, pkg, { color: false })}`);
  console.log(
    `  ${manifest.name} ${(packed.size / 1024).toFixed(1)} kB packed, ${packed.files.length} files`,
  );
  return tarball;
}

async function install(tarballs) {
  const dependencies = Object.fromEntries(
    published.map(({ manifest }, i) => [manifest.name, `file:${tarballs[i]}`]),
  );
  writeFileSync(
    path.join(folder, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies, overrides: dependencies }),
  );
  const args = [
    'install',
    '--prefix',
    folder,
    '--prefer-offline',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const { code, output } = await run(npm, args, { quiet: true });
  if (code !== 0) throw new Error(`npm install of the tarballs failed:\n${output}`);
  // The binary that the repository's own install has compiled or fetched already: a minute saved.
  const binary = path.join(root, 'node_modules/sqlite3/build');
  if (existsSync(binary))
    cpSync(binary, path.join(folder, 'node_modules/sqlite3/build'), { recursive: true });
}

function entriesOf({ manifest }) {
  return (
    Object.entries(manifest.exports)
      // Types alone (`/jsx`, `/react`) lean on a framework that is not here: their package compiles them itself.
      .filter(([, target]) => typeof target === 'object' && target.default !== undefined)
      .map(([key]) => path.posix.join(manifest.name, key))
  );
}

/** Files for a page that a bundle may import as well; they have no types. */
function scriptsOf({ manifest }) {
  return Object.keys(manifest.exports)
    .filter((key) => key.endsWith('.js'))
    .map((key) => path.posix.join(manifest.name, key));
}

/** Each does nothing where there is no page: lib/import-entry.mjs says what that means. */
async function importEach(entries) {
  const program = path.join(folder, 'import-entry.mjs');
  cpSync(path.join(root, 'scripts/lib/import-entry.mjs'), program);
  for (const entry of entries) {
    const { code, output } = await run(process.execPath, [program, entry], { quiet: true, timeout: 60_000 });
    if (code === 0 && output.trim() === '') continue;
    const why =
      output.match(/^\w*Error.*$/m)?.[0] ?? (output.trim() || 'it leaves something that keeps Node alive');
    problems.push(`import('${entry}') in Node: ${why}`);
  }
}

/** A package whose types lean on something that only its developers have fails here. */
async function compileTypes(entries) {
  mkdirSync(path.join(folder, 'types'));
  const lines = entries.map((entry, i) => `import * as entry${i} from '${entry}';\nexport { entry${i} };`);
  writeFileSync(path.join(folder, 'types/consumer.ts'), `${lines.join('\n')}\n`);
  const options = {
    noEmit: true,
    strict: true,
    target: 'es2022',
    lib: ['es2023', 'dom', 'dom.iterable'],
    module: 'nodenext',
    types: ['node'],
  };
  const typeRoots = [path.join(root, 'node_modules/@types')];
  writeFileSync(
    path.join(folder, 'types/tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...options, typeRoots }, files: ['consumer.ts'] }),
  );
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  const { code, output } = await run(
    process.execPath,
    [tsc, '-p', path.join(folder, 'types'), '--pretty', 'false'],
    { quiet: true },
  );
  if (code === 0) return;
  // Other people's declarations are theirs to mend.
  const ours = output
    .split('\n')
    .filter((line) => /@meerkat-chat\/|consumer\.ts/.test(line) && /error TS/.test(line));
  for (const line of ours.slice(0, 10)) problems.push(`types: ${line.replace(/^.*?node_modules\//, '')}`);
}

async function runCommands() {
  for (const { manifest } of published) {
    for (const name of Object.keys(manifest.bin ?? {})) {
      const bin = path.join(folder, 'node_modules/.bin', name);
      if (!existsSync(bin)) problems.push(`${manifest.name}: no command ${name} after the install`);
      else {
        const { code, output } = await run(bin, ['--version'], { quiet: true, timeout: 30_000 });
        if (code !== 0) problems.push(`${name} --version: ${output.trim()}`);
      }
    }
  }
}

try {
  const tarballs = [];
  for (const one of published) tarballs.push(await pack(one));
  const entries = published.flatMap(entriesOf);
  const scripts = published.flatMap(scriptsOf);
  await install(tarballs);
  await importEach([...entries, ...scripts]);
  await compileTypes(entries);
  await runCommands();
  console.log(`  ${entries.length + scripts.length} entries imported, ${entries.length} compiled`);
} catch (error) {
  problems.push(error.message);
}
if (process.argv.includes('--keep')) console.log(`  left in ${folder}`);
else rmSync(folder, { recursive: true, force: true });
for (const problem of problems) console.error(problem);
process.exit(problems.length > 0 ? 1 : 0);
