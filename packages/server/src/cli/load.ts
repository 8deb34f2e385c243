import { writeFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { oneRoom } from '../load/one-room.js';
import { formatReport } from '../load/report.js';
import { createRuntimeEnv } from '../runtime.js';
import { CliError, type CliIo } from './io.js';

interface LoadOptions {
  readonly url: string;
  readonly domain: string;
  readonly room?: string;
  readonly users: number;
  readonly rate: number;
  readonly seconds: number;
  readonly body: number;
  readonly pid?: number;
  readonly json?: string;
  readonly maxLost?: number;
  readonly maxP99?: number;
}

function above(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isFinite(value) || value < least)
      throw new InvalidArgumentError(`A number from ${least} up.`);
    return value;
  };
}

/** `meerkat load`: fills one room of any XMPP server with guests and counts every delivery. */
export function addLoad(program: Command, io: CliIo): void {
  program
    .command('load')
    .description('load one room of any XMPP server over WebSocket, and count every delivery')
    .option('--url <url>', 'the WebSocket endpoint', 'ws://127.0.0.1:5280/xmpp-websocket')
    .option('--domain <domain>', 'the domain that lets guests in', 'localhost')
    .option('--room <address>', 'the room (default: a new one at rooms.DOMAIN)')
    .option('--users <number>', 'how many are in the room', above(1), 100)
    .option('--rate <number>', 'messages per second into the room', above(0.1), 10)
    .option('--seconds <number>', 'how long messages are sent', above(1), 30)
    .option('--body <characters>', 'length of a message', above(1), 100)
    .option('--pid <number>', 'process id of the server, to measure it', above(1))
    .option('--json <file>', 'write the report there as JSON, too')
    .option('--max-lost <number>', 'fail when more deliveries are lost', above(0))
    .option('--max-p99 <ms>', 'fail when the 99th percentile of latency is higher', above(0))
    .action((options: LoadOptions) => load(options, io));
}

async function load(options: LoadOptions, io: CliIo): Promise<void> {
  const report = await oneRoom(
    {
      url: options.url,
      domain: options.domain,
      users: Math.round(options.users),
      rate: options.rate,
      seconds: options.seconds,
      bodyLength: Math.round(options.body),
      ...(options.room === undefined ? {} : { room: options.room }),
      ...(options.pid === undefined ? {} : { pid: options.pid }),
    },
    createRuntimeEnv(),
    (line) => io.stderr.write(`${line}\n`),
  );
  io.stdout.write(`${formatReport(report)}\n`);
  if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(report, undefined, 2)}\n`);
  if (options.maxLost !== undefined && report.lost > options.maxLost) {
    throw new CliError(`${report.lost} deliveries were lost, and ${options.maxLost} may be`);
  }
  if (options.maxP99 !== undefined && report.latency.p99 > options.maxP99) {
    throw new CliError(
      `the p99 of latency was ${report.latency.p99.toFixed(0)} ms, and ${options.maxP99} ms may be`,
    );
  }
}
