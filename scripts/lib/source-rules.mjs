// The rules of the house, as a pure function over source texts: who may import whom, what may read a
// clock, how long a file may be, and which file needs a test beside it. check-imports.mjs feeds it.

import path from 'node:path';

const MAX_LINES = 600;
const LINES_THAT_NEED_A_TEST = 40;

const OURS = '@meerkat-chat/';

/** Packages of ours that a part may import. What is missing here may import none. */
const MAY_IMPORT = {
  xmpp: [],
  sdk: ['xmpp'],
  widgets: ['sdk'],
  server: ['xmpp'],
  'apps/demo': ['widgets', 'sdk'],
  tests: ['xmpp', 'sdk', 'server'],
  e2e: ['xmpp', 'sdk', 'widgets'],
  interop: ['xmpp', 'sdk', 'widgets'],
  scripts: [],
};

/** Folders outside a part that it may reach by a relative path. */
const MAY_REACH = { e2e: ['scripts/lib/'], interop: ['e2e/support/', 'scripts/lib/'] };

/** From the ground up: a layer runs code of itself, of the kernel and of the layers before it. */
const LAYERS = ['storage', 'link', 'stream', 'router', 'auth', 'modules', 'http', 'cluster'];

/** The parts of the server that alone may touch a library. */
const OWNERS = {
  ws: ['link', 'http', 'load'],
  // WordPress's own database is read by what judges its cookies.
  knex: ['storage', 'auth'],
  sqlite3: ['storage'],
  pg: ['storage'],
  mysql2: ['auth'],
  fastify: ['http'],
  '@fastify/': ['http'],
  '@nats-io/': ['cluster'],
};
const NOT_IN_MODULES = /^(node:(net|tls|https?|http2|dgram|fs|child_process|worker_threads|cluster)\b)/;

const GLOBALS = [
  [/(?<![.\w$])Date\.now\b/, 'Date.now'],
  [/\bnew Date\(\s*\)/, 'new Date()'],
  [/(?<![.\w$])(?:(?:globalThis|window|self)\.)?set(?:Timeout|Interval)\s*\(/, 'a global timer'],
  [/\bMath\.random\b/, 'Math.random'],
  [/\bcrypto\.(?:randomUUID|getRandomValues)\b/, 'crypto randomness'],
];

/** `packages/sdk/src/a.ts` -> `sdk`; `e2e/a.ts` -> `e2e`; `apps/demo/src/a.ts` -> `apps/demo`. */
export function partOf(file) {
  const [top, second] = file.split('/');
  if (top === 'packages') return second;
  return top === 'apps' ? `apps/${second}` : top;
}

/** Every module name that a text imports, statically or not, and whether only types come of it. */
export function importsOf(text) {
  const found = [];
  const statement = /^[ \t]*(import|export)\b([^'"`;]*?)\bfrom\s*['"]([^'"]+)['"]/gm;
  for (const [, , clause, name] of text.matchAll(statement)) {
    found.push({ name, clause, typeOnly: /^\s*type\b/.test(clause) });
  }
  for (const [, name] of text.matchAll(/^[ \t]*import\s*['"]([^'"]+)['"]/gm)) {
    found.push({ name, clause: '', typeOnly: false });
  }
  for (const [, before, name] of text.matchAll(/(typeof\s+|:\s*)?\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)) {
    found.push({ name, clause: '', typeOnly: before !== undefined });
  }
  return found;
}

function withoutComments(text) {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (c) => c.replace(/[^\n]/g, ''))
    .replace(/(?<![:'"`\\])\/\/.*$/gm, '');
}

// A contract suite (contract.ts, contract/) is the body of tests that several implementations share.
const isTest = (file) =>
  /\.(test|stories|spec)\.[cm]?[jt]sx?$/.test(file) || /\/contract(\/|\.ts$)/.test(file);
const isSupport = (file) => /(^|\/)(testing|runtime)\//.test(file) || /(^|\/)runtime\.ts$/.test(file);
// What builds and checks a package runs in Node, whatever the package runs in.
const isConfig = (file) =>
  /^packages\/[^/]+\/(bench|bundle|scripts)\/|(^|\/)(\.storybook\/|[\w.-]+\.config\.[cm]?[jt]s$)/.test(file);
const isSource = (file) => /^packages\/[^/]+\/src\//.test(file);

function packageName(specifier) {
  const [first, second] = specifier.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

function serverPlace(file) {
  const rest = file.match(/^packages\/server\/src\/(.+)$/)?.[1];
  if (rest === undefined) return undefined;
  const [folder, inner, deeper] = rest.split('/');
  if (inner === undefined || folder === 'cli') return { layer: 'wiring' };
  if (folder === 'modules') {
    return { layer: 'modules', module: deeper === undefined ? inner.replace(/(\.test)?\.ts$/, '') : inner };
  }
  return { layer: folder };
}

function checkServerRelative(file, target, entry) {
  const from = serverPlace(file);
  const to = serverPlace(target);
  if (!from || !to || from.layer === 'wiring') return undefined;
  if (to.layer === 'testing' && !isTest(file) && from.layer !== 'testing')
    return 'shipped code may not import testing/';
  if (from.layer === 'modules') {
    if (to.layer === 'modules') {
      return from.module === to.module ? undefined : `module ${from.module} may not see module ${to.module}`;
    }
    if (isTest(file) && to.layer === 'testing') return undefined;
    return to.layer === 'kernel'
      ? undefined
      : `a module sees kernel/ and its own folder only, not ${to.layer}/`;
  }
  if (from.layer === 'load')
    return to.layer === 'load' ? undefined : 'the load harness imports @meerkat-chat/xmpp only';
  // Types cost nothing at run time, and tests bring parts together: neither ties a layer to one above it.
  if (entry.typeOnly || isTest(file) || from.layer === 'testing') return undefined;
  if (to.layer === from.layer || to.layer === 'kernel') return undefined;
  const [a, b] = [LAYERS.indexOf(from.layer), LAYERS.indexOf(to.layer)];
  if (to.layer === 'wiring')
    return `${from.layer}/ may not run what wires it (${path.posix.basename(target)})`;
  if (from.layer === 'kernel') return `kernel/ may not run code of ${to.layer}/`;
  return a !== -1 && b > a ? `${from.layer}/ may not run code of ${to.layer}/, a layer above it` : undefined;
}

function checkImport(file, entry, manifests) {
  const part = partOf(file);
  const { name } = entry;
  if (name.startsWith('.')) {
    const target = path.posix
      .normalize(path.posix.join(path.posix.dirname(file), name))
      .replace(/\.js$/, '.ts');
    if (partOf(target) !== part || target.startsWith('..')) {
      const reach = MAY_REACH[part] ?? [];
      if (reach.some((folder) => target.startsWith(folder)) || isConfig(file)) return undefined;
      return `reaches out of ${part} by a path`;
    }
    if (isSource(file) && !isSource(target) && !target.endsWith('package.json')) return 'reaches out of src/';
    return checkServerRelative(file, target, entry);
  }
  if (name.startsWith(OURS)) {
    const [other] = name.slice(OURS.length).split('/');
    if (other === part) return 'imports its own package by name';
    if (/\/(src|dist)(\/|$)/.test(name)) return 'imports the inside of a package';
    if (!(MAY_IMPORT[part] ?? []).includes(other)) return `${part} may not import ${OURS}${other}`;
    if (name.endsWith('/testing') && isSource(file) && !isTest(file) && !isSupport(file)) {
      return 'shipped code may not import a testing entry';
    }
    const makesSessions = part === 'widgets' && /\bcreateChat\b/.test(entry.clause) && !entry.typeOnly;
    if (makesSessions && !isTest(file) && !file.endsWith('/connect.ts'))
      return 'only connect.ts makes sessions';
  }
  if (isConfig(file)) return undefined;
  if (name.startsWith('node:')) {
    if (['xmpp', 'sdk', 'widgets', 'apps/demo'].includes(part) && !isTest(file))
      return `${part} runs in a browser`;
    if (serverPlace(file)?.layer === 'modules' && NOT_IN_MODULES.test(name))
      return 'a module does no I/O of its own';
    return undefined;
  }
  const place = serverPlace(file);
  if (place && place.layer !== 'wiring') {
    const owner = Object.keys(OWNERS).find((lib) =>
      lib.endsWith('/') ? name.startsWith(lib) : packageName(name) === lib,
    );
    const strict = place.layer === 'modules' || !isTest(file);
    if (owner && strict && place.layer !== 'testing' && !OWNERS[owner].includes(place.layer)) {
      return `${place.layer}/ may not import ${packageName(name)}`;
    }
  }
  return checkDeclared(file, name, manifests);
}

function checkDeclared(file, name, manifests) {
  const part = partOf(file);
  const manifest = manifests[part];
  if (!manifest) return undefined;
  const shipped = isSource(file) && !isTest(file);
  const known = { ...manifest.dependencies, ...manifest.peerDependencies };
  if (!shipped) Object.assign(known, manifest.devDependencies, manifests.root?.devDependencies);
  return packageName(name) in known
    ? undefined
    : `${packageName(name)} is not among the dependencies of ${part}`;
}

const TYPES_ONLY = /^(export\s+)?(default\s+)?(abstract\s+|async\s+)?(function|class|const|let)\b/m;

function needsTest(file, text, lines) {
  if (!isSource(file) || isTest(file) || !/\.ts$/.test(file) || /\.(styles|d|generated)\.ts$/.test(file))
    return false;
  return lines > LINES_THAT_NEED_A_TEST && (TYPES_ONLY.test(text) || /^export default /m.test(text));
}

/** `a.test.ts` or `a.more.test.ts` for `a.ts`; `folder.test.ts` inside a folder speaks for all of it. */
function hasTest(file, files) {
  const stem = file.replace(/\.ts$/, '');
  const folder = path.posix.dirname(file);
  if (files.has(`${folder}/${path.posix.basename(folder)}.test.ts`)) return true;
  return [...files.keys()].some((other) => other.startsWith(`${stem}.`) && other.endsWith('.test.ts'));
}

function quantile(sorted, q) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
}

/**
 * @param files      Map of path (from the root, with /) to text
 * @param manifests  package.json by part, and the root's as `root`
 * @param exceptions by rule (`import`, `global`, `test`), path -> reason
 */
export function checkSources(files, manifests = {}, exceptions = {}) {
  const problems = [];
  const used = new Set();
  const report = (rule, file, text) => {
    if (exceptions[rule]?.[file]) used.add(`${rule} ${file}`);
    else problems.push({ rule, file, text });
  };
  const lengths = new Map();

  for (const [file, text] of files) {
    const lines = text.split('\n').length - 1;
    const code = withoutComments(text);
    if (lines > MAX_LINES && !file.includes('.generated.')) {
      problems.push({ rule: 'length', file, text: `${lines} lines, ${MAX_LINES} at most` });
    }
    if (isSource(file) && !isTest(file)) {
      const part = partOf(file);
      lengths.set(part, [...(lengths.get(part) ?? []), lines]);
    }
    for (const entry of importsOf(text)) {
      const problem = checkImport(file, entry, manifests);
      if (problem) report('import', file, `'${entry.name}': ${problem}`);
    }
    if (isSource(file) && !isSupport(file)) {
      for (const [pattern, what] of GLOBALS) {
        if (pattern.test(code))
          report('global', file, `${what}: take it from the environment passed in (runtime/ makes it)`);
      }
    }
    if (/\b(TODO|FIXME)\b(?!\(#\d+\))/.test(text) && partOf(file) !== 'scripts') {
      problems.push({ rule: 'todo', file, text: 'a TODO needs its issue: TODO(#12)' });
    }
    if (needsTest(file, code, lines) && !hasTest(file, files)) {
      report('test', file, `${lines} lines and no ${path.posix.basename(file, '.ts')}.test.ts beside it`);
    }
  }
  for (const [rule, list] of Object.entries(exceptions)) {
    for (const file of Object.keys(list)) {
      if (!used.has(`${rule} ${file}`))
        problems.push({ rule: 'exception', file, text: `no longer needs its "${rule}" entry` });
    }
  }
  const sizes = [...lengths].map(([part, list]) => {
    const sorted = list.sort((a, b) => a - b);
    return {
      part,
      files: sorted.length,
      lines: sorted.reduce((sum, n) => sum + n, 0),
      median: quantile(sorted, 0.5),
      p90: quantile(sorted, 0.9),
      max: sorted.at(-1) ?? 0,
    };
  });
  return { problems, sizes };
}
