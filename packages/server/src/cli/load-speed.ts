import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { EJABBERD } from '../load/peers/ejabberd.js';
import { replaceBlock } from '../load/peers/generated-block.js';
import { thisMachine } from '../load/peers/machine.js';
import { GENERATOR_CPU, pinSelf, SERVER_CPU } from '../load/peers/pinning.js';
import { PROSODY } from '../load/peers/prosody.js';
import { installedPeers } from '../load/peers/run-peers.js';
import { formatProof, type ProofFacts, proofMarkdown, score } from '../load/proof/format-proof.js';
import { mergeResults, readResults, writeResults } from '../load/proof/result-file.js';
import { quickened } from '../load/proof/row.js';
import { ROWS } from '../load/proof/rows/index.js';
import { type RowResult, runRows } from '../load/proof/run-rows.js';
import { sizingMarkdown } from '../load/proof/sizing.js';
import { turnsOn } from '../load/proof/take-turn.js';
import { createLoadEnv } from '../load/runtime.js';
import { installedFiles } from './files.js';
import { CliError, type CliIo, UsageError } from './io.js';
import { whole } from './load-values.js';

interface SpeedOptions {
  readonly only?: readonly string[];
  readonly rounds: number;
  readonly quick: boolean;
  readonly pin: boolean;
  readonly also?: string;
  readonly note?: string;
  readonly json?: string;
  readonly docs?: string;
}

const BLOCK = 'npm run proof -- speed';
/** The block of what an operator can plan with. */
const SIZING = `${BLOCK}: sizing`;
const PEERS = [EJABBERD, PROSODY];

function rowNames(text: string): readonly string[] {
  if (text === 'none') return [];
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !ROWS.some((row) => row.name === name));
  if (unknown.length === 0) return names;
  throw new InvalidArgumentError(`No ${unknown.join(', ')}: ${ROWS.map((row) => row.name).join(', ')}.`);
}

/** `meerkat load speed`: what this server promises of its speed, measured. @param load the command `load` */
export function addLoadSpeed(load: Command, io: CliIo): void {
  load
    .command('speed')
    .description('measure all that this server promises of its speed, beside its bars')
    .option('--only <rows>', `only these, or none: ${ROWS.map((row) => row.name).join(', ')}`, rowNames)
    .option('--rounds <number>', 'rounds of each row; some that take long have fewer', whole(1, 100), 3)
    .option('--quick', 'small crowds for a second each: only whether everything can be measured', false)
    .option('--no-pin', 'do not keep the server on the first core and this generator on the second')
    .option('--also <file>', 'tell what --json has written before as well, of rows that are not measured now')
    .option('--note <text>', 'a sentence to put under the tables')
    .option('--json <file>', 'write every figure of every turn there, after every row')
    .option(
      '--docs <file>',
      `put the tables into the blocks "${BLOCK}" and "${SIZING}" of that Markdown file`,
    )
    .action((options: SpeedOptions) => loadSpeed(options, io));
}

async function loadSpeed(options: SpeedOptions, io: CliIo): Promise<void> {
  const env = createLoadEnv();
  const begun = env.clock.monotonic();
  const { json, docs, only, quick, rounds } = options;
  const pin = options.pin && !quick;
  if (pin && availableParallelism() < 2) throw new CliError('it takes two cores, or --no-pin');
  const say = (line: string): void => {
    const seconds = Math.round((env.clock.monotonic() - begun) / 1000);
    io.stderr.write(`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} ${line}\n`);
  };
  const { present, absent } = await installedPeers(PEERS);
  for (const name of absent) say(`${name} is not installed and is left out`);
  const { version } = installedFiles();
  const facts: ProofFacts = {
    command: commandOf(options),
    machine: thisMachine(),
    rounds,
    servers: [`meerkat ${version}`, ...present.map(({ peer, version: theirs }) => `${peer.name} ${theirs}`)],
    absent,
    quick,
    note: options.note,
  };
  const rows = ROWS.filter((row) => only?.includes(row.name) ?? true);
  let results = options.also === undefined ? [] : await resultsIn(options.also);
  // What was started is ended with this process: no turn is worth waiting for.
  const giveUp = (): never => process.exit(130);
  process.once('SIGINT', giveUp).once('SIGTERM', giveUp);
  const unpin = pin ? await pinSelf(GENERATOR_CPU) : undefined;
  try {
    await runRows({
      rows: quick ? rows.map(quickened) : rows,
      rounds,
      absent,
      day: new Date(env.clock.now()).toISOString().slice(0, 10),
      takeTurn: turnsOn({
        main: path.resolve(import.meta.dirname, '../main.js'),
        collector: collectorOf(),
        peers: present.map(({ peer }) => peer),
        cpu: pin ? SERVER_CPU : undefined,
        env,
      }),
      say,
      done: async (result) => {
        results = mergeResults([result], results);
        if (json !== undefined) await writeFile(json, writeResults(results, facts));
      },
    });
  } finally {
    await unpin?.();
    process.off('SIGINT', giveUp).off('SIGTERM', giveUp);
  }
  io.stdout.write(`${formatProof(results, facts)}\n`);
  if (docs !== undefined) {
    const document = await readFile(docs, 'utf8');
    const tables = replaceBlock(document, BLOCK, proofMarkdown(results, facts));
    await writeFile(docs, replaceBlock(tables, SIZING, sizingMarkdown(results)));
  }
  const failed = results.flatMap(({ turns }) => turns).filter(({ outcome }) => outcome.kind === 'failed');
  if (failed.length > 0) throw new CliError(`${failed.length} turns failed`);
  const { judged, met } = score(results);
  if (!quick && met < judged) throw new CliError(`${judged - met} of ${judged} bars were not met`);
}

/** @throws UsageError for a file that --json has not written */
async function resultsIn(file: string): Promise<readonly RowResult[]> {
  try {
    return readResults(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** In the repository, not in the package: for measurements only. */
function collectorOf(): string | undefined {
  const file = path.resolve(import.meta.dirname, '../../bench/collect-on-signal.cjs');
  return existsSync(file) ? file : undefined;
}

/** What has to be typed to do it again. */
function commandOf({ also, only, pin, quick, rounds }: SpeedOptions): string {
  return [
    BLOCK,
    ...(only && also === undefined ? [`--only ${only.join(',')}`] : []),
    quick ? '--quick' : `--rounds ${rounds}`,
    ...(pin ? [] : ['--no-pin']),
  ].join(' ');
}
