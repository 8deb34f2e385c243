import { expect, test } from 'vitest';
import { checkSources, importsOf } from './source-rules.mjs';

const problemsOf = (files, exceptions, manifests) =>
  checkSources(new Map(Object.entries(files)), manifests, exceptions).problems.map(
    (p) => `${p.rule} ${p.file}: ${p.text}`,
  );
const one = (file, text) => problemsOf({ [file]: text });

test.each([
  ['packages/xmpp/src/a.ts', "import { x } from '@meerkat-chat/sdk';"],
  ['packages/xmpp/src/a.ts', "import fs from 'node:fs';"],
  ['packages/sdk/src/a.ts', "import { x } from '@meerkat-chat/server';"],
  ['packages/sdk/src/a.ts', "export * from '@meerkat-chat/server/testing';"],
  ['packages/sdk/src/a.ts', "import { x } from '../../server/src/router/router.js';"],
  ['packages/sdk/src/a.ts', "import { x } from '@meerkat-chat/xmpp/src/jid.ts';"],
  ['packages/sdk/src/a.ts', "import {\n  x,\n} from '@meerkat-chat/xmpp/testing';"],
  ['packages/widgets/src/a.ts', "const s = await import('@meerkat-chat/server');"],
  ['packages/widgets/src/a.ts', "import type { Jid } from '@meerkat-chat/xmpp';"],
  ['packages/widgets/src/chat-room/chat-room.ts', "import { createChat } from '@meerkat-chat/sdk';"],
  ['packages/server/src/modules/ping.ts', "import { x } from './mam.js';"],
  ['packages/server/src/modules/muc/room.ts', "import { x } from '../mam/query.js';"],
  ['packages/server/src/modules/ping.ts', "import type { Storage } from '../storage/storage.js';"],
  ['packages/server/src/modules/ping.ts', "import { WebSocket } from 'ws';"],
  ['packages/server/src/modules/ping.test.ts', "import knex from 'knex';"],
  ['packages/server/src/modules/ping.ts', "import net from 'node:net';"],
  ['packages/server/src/router/router.ts', "import sqlite3 from 'sqlite3';"],
  ['packages/server/src/stream/a.ts', "import { x } from '../router/router.js';"],
  ['packages/server/src/storage/a.ts', "import { x } from '../server.js';"],
  ['packages/server/src/kernel/a.ts', "import { x } from '../router/router.js';"],
  ['packages/server/src/load/a.ts', "import { x } from '../link/ws.js';"],
  ['packages/server/src/link/a.ts', "import { x } from '../testing/index.js';"],
  ['e2e/journeys/a.spec.ts', "import { x } from '../../packages/server/src/server.js';"],
  ['e2e/a.spec.ts', "import { x } from '@meerkat-chat/server';"],
  ['interop/a.test.ts', "import { x } from '@meerkat-chat/server/testing';"],
  ['apps/demo/src/a.ts', "import { x } from '@meerkat-chat/xmpp';"],
])('forbidden: %s with %s', (file, text) => {
  expect(one(file, text)).toEqual([expect.stringContaining(`import ${file}`)]);
});

test.each([
  ['packages/sdk/src/a.ts', "import { x } from '@meerkat-chat/xmpp';"],
  ['packages/sdk/src/a.test.ts', "import { linkPair } from '@meerkat-chat/xmpp/testing';"],
  ['packages/sdk/src/testing/a.ts', "import { linkPair } from '@meerkat-chat/xmpp/testing';"],
  ['packages/widgets/src/connect.ts', "import { createChat } from '@meerkat-chat/sdk';"],
  ['packages/widgets/src/a.ts', "import type { Room } from '@meerkat-chat/sdk';"],
  ['packages/server/src/modules/ping.ts', "import { defineModule } from '../kernel/module.js';"],
  [
    'packages/server/src/modules/muc/room.ts',
    "import { x } from './history.js';\nimport { y } from '../../kernel/z.js';",
  ],
  ['packages/server/src/modules/muc/features/subject.ts', "import { x } from '../room.js';"],
  ['packages/server/src/modules/ping.test.ts', "import { world } from '../testing/index.js';"],
  ['packages/server/src/stream/a.ts', "import type { Router } from '../router/router.js';"],
  ['packages/server/src/router/a.ts', "import { x } from '../stream/y.js';"],
  ['packages/server/src/server.ts', "import { x } from './modules/ping.js';\nimport fastify from 'fastify';"],
  ['packages/server/src/link/ws.ts', "import { WebSocketServer } from 'ws';"],
  ['packages/server/src/storage/sqlite.ts', "import knex from 'knex';"],
  ['tests/a.test.ts', "import { x } from '@meerkat-chat/server/testing';"],
  ['interop/a.test.ts', "import { x } from '../e2e/support/server-process.js';"],
  ['packages/server/src/storage/contract.ts', "import { describe } from 'vitest';"],
  ['packages/sdk/src/a.ts', " * import { x } from '@meerkat-chat/server';"],
  ['packages/widgets/scripts/a.mjs', "import path from 'node:path';"],
])('allowed: %s with %s', (file, text) => {
  expect(one(file, text)).toEqual([]);
});

test('every form of import is seen', () => {
  const text = `import 'a';\nimport b from "b";\nimport type { C } from 'c';\nexport { d } from 'd';
type E = import('e').E;\nconst f = await import('f');\nlet g: import('g').G;\nimport {\n  h,\n} from 'h';`;
  expect(
    importsOf(text)
      .map((i) => i.name)
      .sort(),
  ).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
});

test('a library must be declared by the package that ships it', () => {
  const manifests = { root: { devDependencies: { vitest: '4' } }, sdk: { dependencies: { lit: '3' } } };
  const files = {
    'packages/sdk/src/a.ts': "import 'lit';\nimport 'vitest';",
    'packages/sdk/src/a.test.ts': "import 'vitest';",
  };
  expect(problemsOf(files, {}, manifests)).toEqual([
    expect.stringContaining('vitest is not among the dependencies'),
  ]);
});

test.each([
  'Date.now()',
  'new Date()',
  'setTimeout(f, 1)',
  'window.setInterval(f, 1)',
  'Math.random()',
  'crypto.randomUUID()',
])('%s only in runtime and testing folders', (code) => {
  expect(one('packages/sdk/src/a.ts', `f(${code})`)).toEqual([
    expect.stringContaining('global packages/sdk/src/a.ts'),
  ]);
  expect(one('packages/sdk/src/a.test.ts', `f(${code})`)).toHaveLength(1);
  expect(one('packages/sdk/src/runtime/clock.ts', `f(${code})`)).toEqual([]);
  expect(one('packages/sdk/src/runtime.ts', `f(${code})`)).toEqual([]);
  expect(one('packages/sdk/src/a.ts', `// ${code}\n/* ${code} */`)).toEqual([]);
});

test('pure uses of Date and methods of that name pass', () => {
  expect(one('packages/sdk/src/a.ts', 'new Date(at); Date.UTC(2026); clock.setTimeout(f)')).toEqual([]);
});

test('a long file needs a test beside it, unless it is listed, and the list may not rot', () => {
  const file = 'packages/sdk/src/a.ts';
  const code = `export function f() {}\n${'\n'.repeat(50)}`;
  expect(one(file, code)).toEqual([expect.stringContaining('no a.test.ts')]);
  expect(problemsOf({ [file]: code, 'packages/sdk/src/a.test.ts': '' })).toEqual([]);
  expect(problemsOf({ [file]: code, 'packages/sdk/src/src.test.ts': '' })).toEqual([]);
  expect(problemsOf({ [file]: code }, { test: { [file]: 'why' } })).toEqual([]);
  expect(problemsOf({ [file]: '' }, { test: { [file]: 'why' } })).toEqual([
    expect.stringContaining('no longer needs'),
  ]);
  expect(one(file, `export interface A {}\n${'\n'.repeat(50)}`)).toEqual([]);
});

test('no file is longer than 600 lines, and a TODO has a number', () => {
  expect(one('tests/a.test.ts', '\n'.repeat(601))).toEqual([expect.stringContaining('600 at most')]);
  expect(one('tests/a.test.ts', '// TODO later')).toHaveLength(1);
  expect(one('tests/a.test.ts', '// TODO(#12) later')).toEqual([]);
});
