import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { formatComparison } from '../load/output/compare.js';
import type { Report } from '../load/report.js';
import { type CliIo, UsageError } from './io.js';

/** `meerkat load compare A.json B.json`. */
export function addLoadCompare(load: Command, io: CliIo): void {
  load
    .command('compare <a> <b>')
    .description('set two reports in JSON side by side')
    .action((a: string, b: string) => compareReports([a, b], io));
}

/** Prints two reports side by side. @throws UsageError for another number of files, and for one that is no report */
export async function compareReports(files: readonly string[], io: CliIo): Promise<void> {
  const [a, b] = files;
  if (a === undefined || b === undefined || files.length > 2) {
    throw new UsageError('two reports are compared: --compare A.json B.json');
  }
  io.stdout.write(`${formatComparison(await readReport(a), await readReport(b))}\n`);
}

/** @throws UsageError for a file that is no report */
async function readReport(file: string): Promise<Report> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isReport(content)) throw new UsageError(`${file} is no report of a load`);
  return content;
}

/** What this program wrote is believed by its version. */
function isReport(content: unknown): content is Report {
  return (
    typeof content === 'object' &&
    content !== null &&
    'version' in content &&
    content.version === 1 &&
    'scenario' in content
  );
}
