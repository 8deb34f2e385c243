// Micro-benchmarks of the path of a message, each as a ratio to a reference that runs in turn with it: absolute times say
// more of the machine than of the server.
// Usage: npm run bench [-- --update] [-- --only WORD]
//   --update      records the figures of today in micro.json
//   --only WORD   only those whose name has that word

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cases } from './micro/cases.mjs';
import { compare } from './micro/compare.mjs';
import { measure } from './micro/measure.mjs';

const record = path.join(import.meta.dirname, 'micro.json');
const { values: options } = parseArgs({
  options: { only: { type: 'string', default: '' }, update: { type: 'boolean', default: false } },
});
const recorded = existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')) : {};
const measured = {};
const problems = [];

const row = (name, ...cells) =>
  console.log(`${name.padEnd(47)}${cells.map((cell) => cell.padStart(11)).join('')}`);
row('', 'CPU each', 'per CPU-s', 'allocated', 'ratio', 'recorded', 'spread');
for await (const work of cases()) {
  if (work.name.includes(options.only)) {
    const { bytes, microseconds, ratio, spread } = await measure(work);
    const before = recorded[work.name];
    row(
      work.name,
      `${microseconds.toPrecision(3)} us`,
      Math.round(1e6 / microseconds).toLocaleString('en'),
      bytes === undefined ? '-' : `${Math.round(bytes)} B`,
      ratio.toFixed(2),
      before?.ratio.toFixed(2) ?? '-',
      `+-${Math.round(spread * 100)} %`,
    );
    console.log(`  beside ${work.reference}`);
    const now = {
      ratio: Number(ratio.toPrecision(3)),
      ...(bytes !== undefined && { bytes: Math.round(bytes) }),
    };
    measured[work.name] = { ...now, ...(before?.tolerance !== undefined && { tolerance: before.tolerance }) };
    problems.push(...compare(work.name, now, before));
  }
  await work.close?.();
}

if (options.update) {
  // Of a part, the rest is kept; of all, what has gone is dropped.
  const next = options.only === '' ? measured : { ...recorded, ...measured };
  writeFileSync(record, `${JSON.stringify(next, null, 2)}\n`);
  console.log('recorded in micro.json');
} else {
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
