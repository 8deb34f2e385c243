// npm run bench:widgets: the elements' bars, measured in Chromium beside deep-chat and converse.js. See README.md.
// Usage: npm run bench:widgets [-- OPTIONS]
//   --only ROW,ROW   these rows
//   --seconds N      how long each flood lasts (60)
//   --rounds N       how often each row is measured, instead of its own number
//   --slowdown N     how many times slower the processor is made (4)
//   --ours           without deep-chat and converse.js
//   --sample         ours, a few seconds, and only bars that do not hang on how busy the machine is: for the gate
//   --built          without building first
//   --json FILE      writes the figures; --docs FILE writes the tables into a document
// Ends with 1 when a bar of ours is missed.

import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build as buildPage } from 'vite';
import { embedFolder } from '../../../scripts/lib/embed-files.mjs';
import { build, NotReady } from '../../../scripts/lib/prepare.mjs';
import { browserVersion } from './lib/browser.mjs';
import { writeDocument } from './lib/document.mjs';
import { installPeers, peersFolder, peerVersions } from './lib/peers.mjs';
import { rowAsText } from './lib/report.mjs';
import { measureRow } from './lib/rounds.mjs';
import { openSite } from './lib/site.mjs';
import { missed } from './lib/verdict.mjs';
import { boot } from './rows/boot.mjs';
import { bytes } from './rows/bytes.mjs';
import { crowd } from './rows/crowd.mjs';
import { drift } from './rows/drift.mjs';
import { list } from './rows/list.mjs';
import { reload } from './rows/reload.mjs';
import { shift } from './rows/shift.mjs';
import { socket } from './rows/socket.mjs';

const ROWS = [list, socket, boot, bytes, shift, drift, reload, crowd];
const SAMPLED = ['list', 'drift', 'shift'];
const SAMPLE_SECONDS = '4';
const here = import.meta.dirname;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seconds: { type: 'string' },
    rounds: { type: 'string' },
    slowdown: { type: 'string', default: '4' },
    ours: { type: 'boolean', default: false },
    sample: { type: 'boolean', default: false },
    built: { type: 'boolean', default: false },
    json: { type: 'string' },
    docs: { type: 'string' },
  },
});

/** A whole number above 0. @throws NotReady for anything else */
function count(name, text) {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new NotReady(`--${name} ${text} is no number above 0`);
  return number;
}

function chosenRows() {
  const names = values.only?.split(',') ?? (values.sample ? SAMPLED : ROWS.map(({ id }) => id));
  return names.map((name) => {
    const row = ROWS.find(({ id }) => id === name);
    if (!row) throw new NotReady(`no row ${name}; there are ${ROWS.map(({ id }) => id).join(', ')}`);
    return row;
  });
}

async function main() {
  const rows = chosenRows();
  const options = {
    seconds: count('seconds', values.seconds ?? (values.sample ? SAMPLE_SECONDS : '60')),
    rounds: values.sample ? 1 : values.rounds && count('rounds', values.rounds),
    slowdown: count('slowdown', values.slowdown),
    ours: values.ours || values.sample,
    structural: values.sample,
  };
  // In the gate what is there has just been built.
  if (!values.sample && !values.built) await build();
  if (!options.ours) await installPeers();
  const built = await mkdtemp(path.join(tmpdir(), 'meerkat-bench-'));
  let site;
  try {
    const configFile = path.join(here, 'pages/vite.config.ts');
    await buildPage({ configFile, logLevel: 'error', build: { outDir: built } });
    site = await openSite({
      '': path.join(here, 'pages'),
      ours: built,
      peers: peersFolder,
      embed: embedFolder,
    });
    const results = [];
    for (const row of rows) {
      results.push(await measureRow(row, site, options));
      console.log(`\n${rowAsText(results.at(-1))}`);
    }
    const run = {
      taken: new Date().toISOString().slice(0, 10),
      machine: `${cpus().length} x ${cpus()[0]?.model.trim() ?? process.arch}`,
      browser: `${await browserVersion()}, processor slowed ${options.slowdown}x`,
      versions: options.ours ? {} : peerVersions,
      rows: results,
    };
    if (values.json) writeFileSync(values.json, `${JSON.stringify(run, null, 2)}\n`);
    if (values.docs) writeDocument(values.docs, run);
    const misses = results.flatMap(missed);
    for (const miss of misses) console.error(`missed: ${miss}`);
    process.exitCode = misses.length > 0 ? 1 : 0;
  } finally {
    await site?.close();
    await rm(built, { recursive: true, force: true });
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof NotReady ? error.message : error);
  process.exitCode = 1;
}
