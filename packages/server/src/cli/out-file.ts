import { createWriteStream } from 'node:fs';
import { lstat, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CliError } from './io.js';

/**
 * Writes text into a new file, readable by its owner alone. It is written beside and gets its name when it is whole: what
 * breaks off leaves nothing that could be taken for all of it.
 * @throws CliError where there is such a file, and what `text` throws
 */
export async function writeOut(file: string, text: AsyncIterable<string>): Promise<void> {
  await refuseTaken(file);
  const beside = await mkdtemp(path.join(path.dirname(file), '.meerkat-'));
  try {
    const whole = path.join(beside, 'out');
    await pipeline(Readable.from(text), createWriteStream(whole, { flags: 'wx', mode: 0o600, flush: true }));
    await refuseTaken(file);
    await rename(whole, file);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

async function refuseTaken(file: string): Promise<void> {
  const there = await lstat(file).catch(() => undefined);
  if (there) throw new CliError(`${file} is there already, and stays as it is`);
}
