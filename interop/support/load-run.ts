import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';

/** The command `meerkat`, as it is built. */
export const main = path.resolve(import.meta.dirname, '../../packages/server/dist/main.js');

/** What is judged of a report of `meerkat load`. */
export interface LoadReport {
  readonly interrupted: boolean;
  readonly target: { readonly url: string; readonly transport: string; readonly auth: string };
  readonly messages: { readonly expected: number; readonly lost: number; readonly doubled: number };
  readonly counters: Readonly<Record<string, number>>;
  readonly spans: Readonly<Record<string, { readonly count: number; readonly max: number }>>;
  readonly failures: { readonly count: number; readonly examples: readonly string[] };
  readonly broken: readonly string[];
  readonly server?: { readonly residentBytes: number };
  readonly servers?: readonly { readonly residentBytes: number }[];
  readonly generator: {
    readonly processes: number;
    readonly machines?: readonly {
      readonly address: string;
      readonly processes: number;
      readonly clockOffset: number;
      readonly clockError: number;
    }[];
  };
}

/** Runs `meerkat load` with these words. @throws Error with all that it printed when it fails */
export async function runLoad(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<LoadReport> {
  const file = path.join(tmpdir(), `meerkat-load-${randomUUID()}.json`);
  try {
    await new Promise<void>((resolve, reject) => {
      const options = { env: { ...process.env, ...env } };
      execFile(
        process.execPath,
        [main, 'load', ...words, '--json', file],
        options,
        (error, stdout, stderr) => {
          if (error) reject(new Error(`${error.message}\n${stdout}\n${stderr}`));
          else resolve();
        },
      );
    });
    return JSON.parse(await readFile(file, 'utf8')) as LoadReport;
  } finally {
    await rm(file, { force: true });
  }
}

/** That every message reached everybody who was owed it, once, and nothing failed. */
export function expectNothingLost(report: LoadReport): void {
  expect(report).toMatchObject({ interrupted: false, broken: [], failures: { count: 0, examples: [] } });
  expect(report.messages).toMatchObject({ lost: 0, doubled: 0 });
}
