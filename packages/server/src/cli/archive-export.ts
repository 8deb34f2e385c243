import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { openApi } from './api-client.js';
import { orMeant } from './api-command.js';
import { type CommonOptions, configOf, withCommonOptions } from './common.js';
import { CliError, type CliIo, UsageError } from './io.js';
import { writeOut } from './out-file.js';

interface ExportOptions extends CommonOptions {
  readonly user?: string;
  readonly from?: string;
  readonly to?: string;
  readonly out?: string;
  readonly format: 'csv' | 'jsonl';
}

/** Messages after which it is told how many there are. */
const PROGRESS = 1000;

const message = z.object({ at: z.string(), sender: z.string(), text: z.string().optional() });

/** `meerkat archive export`: what was said in a room, or what a person has in their archive, as it is read. */
export function addArchiveExport(program: Command, io: CliIo): void {
  const archive = program.command('archive').description('read what was said');
  withCommonOptions(archive.command('export').description('write out the archive of a room or of a person'))
    .argument('[room]', 'its name, or its whole address')
    .option('--user <name>', 'a person in place of a room')
    .option('--from <time>', 'messages from then on: a date, or a time such as 2026-01-15T18:00:00Z')
    .option('--to <time>', 'messages before then (default: now)')
    .option(
      '--out <file>',
      'write it there, readable by its owner alone; a file that is there stays as it is',
    )
    .addOption(
      new Option('--format <name>', 'every field of each message, or time, sender and text')
        .choices(['jsonl', 'csv'])
        .default('jsonl'),
    )
    .action((room: string | undefined, options: ExportOptions) => exportArchive(room, options, io));
}

async function exportArchive(room: string | undefined, options: ExportOptions, io: CliIo): Promise<void> {
  const { format, from, out, to, user } = options;
  if ((room === undefined) === (user === undefined)) throw new UsageError('a room is wanted, or --user');
  const whose =
    room === undefined ? `/users/${encodeURIComponent(user ?? '')}` : `/rooms/${encodeURIComponent(room)}`;
  const range = new URLSearchParams(
    Object.entries({ from, to }).filter((one): one is [string, string] => one[1] !== undefined),
  );
  const config = configOf(options, io);
  const path = `${whose}/archive/export?${range}`;
  const answer = await orMeant(config, room, () => openApi(config, { method: 'GET', path }));
  const counted = { messages: 0 };
  const lines = written(answer, format, counted, io);
  try {
    if (out !== undefined) await writeOut(out, lines);
    else if (io.stdout instanceof Writable) await pipeline(Readable.from(lines), io.stdout, { end: false });
    else for await (const line of lines) io.stdout.write(line);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CliError(`the export ended after ${counted.messages} messages: ${why}`);
  }
  io.stderr.write(`exported: ${counted.messages === 1 ? '1 message' : `${counted.messages} messages`}\n`);
}

async function* written(
  answer: Readable,
  format: ExportOptions['format'],
  counted: { messages: number },
  io: CliIo,
): AsyncGenerator<string> {
  if (format === 'csv') yield 'at,sender,text\r\n';
  let rest = '';
  // An answer that breaks off is an error here, and never taken for the end.
  for await (const part of answer.setEncoding('utf8') as AsyncIterable<string>) {
    const lines = (rest + part).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      counted.messages++;
      if (io.stderr.isTTY && counted.messages % PROGRESS === 0)
        io.stderr.write(`\r${counted.messages} messages`);
      yield format === 'csv' ? csvOf(line) : `${line}\n`;
    }
  }
  if (io.stderr.isTTY && counted.messages >= PROGRESS) io.stderr.write('\n');
}

/** One row (RFC 4180). What a table would take for a formula has an apostrophe before it. */
function csvOf(line: string): string {
  const { at, sender, text = '' } = message.parse(JSON.parse(line));
  const cells = [at, sender, text].map(
    (cell) => `"${cell.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`,
  );
  return `${cells.join(',')}\r\n`;
}
