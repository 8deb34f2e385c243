import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { FIGURES } from './figures.js';

const DOCS = path.resolve(import.meta.dirname, '../../../../docs/how-to/run-the-server.md');

/** The table of the docs, as it has to be. */
function table(): string {
  const rows = FIGURES.map((figure) => {
    const label = 'label' in figure ? `{${figure.label}}` : '';
    return `| \`${figure.name}${label}\` | ${figure.kind === 'spans' ? 'histogram' : figure.kind} | ${figure.help} |`;
  });
  return ['| name | type | what it says |', '|---|---|---|', ...rows].join('\n');
}

test('the docs list every metric, as it is', () => {
  // Where this fails, what is expected is what belongs into the docs.
  expect(readFileSync(DOCS, 'utf8')).toContain(table());
});

test('no name comes twice', () => {
  expect(new Set(FIGURES.map(({ name }) => name)).size).toBe(FIGURES.length);
});
