import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { EJABBERD } from '../load/peers/ejabberd.js';
import { formatPeers, type PeersFacts, peersMarkdown } from '../load/peers/format-peers.js';
import { replaceBlock } from '../load/peers/generated-block.js';
import { thisMachine } from '../load/peers/machine.js';
import { measureScenario } from '../load/peers/measure-scenario.js';
import { meerkatPeer } from '../load/peers/meerkat.js';
import { type Peer, type PeerPresence, PRESENCES } from '../load/peers/peer.js';
import { PROSODY } from '../load/peers/prosody.js';
import { installedPeers, runPeers } from '../load/peers/run-peers.js';
import { summarize } from '../load/peers/summary.js';
import { createLoadEnv } from '../load/runtime.js';
import { SCENARIOS } from '../load/scenarios/index.js';
import { installedFiles } from './files.js';
import { CliError, type CliIo } from './io.js';
import { whole, within } from './load-values.js';

interface PeersCliOptions {
  readonly servers: readonly string[];
  readonly users: readonly number[];
  readonly rate?: number;
  readonly seconds?: number;
  readonly body?: number;
  readonly rounds: number;
  readonly presence: PeerPresence;
  readonly pin: boolean;
  readonly require: boolean;
  readonly note?: string;
  readonly json?: string;
  readonly docs?: string;
  readonly block: string;
}

/** Every server that can be started here; ours is the last, which the others are compared with. */
function allPeers(): readonly Peer[] {
  const main = path.resolve(import.meta.dirname, '../main.js');
  return [EJABBERD, PROSODY, meerkatPeer(main, installedFiles().version)];
}

function peerNamed(name: string): Peer {
  const peers = allPeers();
  const peer = peers.find((one) => one.name === name);
  if (!peer) throw new InvalidArgumentError(`One of ${peers.map((one) => one.name).join(', ')}.`);
  return peer;
}

const listOf =
  <T>(one: (text: string) => T) =>
  (text: string): readonly T[] =>
    text.split(',').map((part) => one(part.trim()));

/** `meerkat load peers` and `meerkat load peer`: other servers beside ours. @param load the command `load` */
export function addLoadPeers(load: Command, io: CliIo): void {
  load
    .command('peers')
    .addArgument(
      new Argument('[scenario]', 'what they are loaded with')
        .choices(SCENARIOS.map((scenario) => scenario.name))
        .default('one-room'),
    )
    .description('load ejabberd, Prosody and this server in turn, and compare them')
    .option(
      '--servers <names>',
      'which, in the order of their turns; the last is compared with the others',
      listOf((name) => peerNamed(name).name),
      allPeers().map((peer) => peer.name),
    )
    .option('--users <numbers>', 'how many users, one load after the other', listOf(whole(2, 100_000)), [300])
    .option('--rate <number>', 'messages per second, in the words of the scenario', within(0.1))
    .option('--seconds <number>', 'how long messages are sent', within(1))
    .option('--body <characters>', 'length of a message', whole(1))
    .option('--rounds <number>', 'turns of each server', whole(1, 100), 3)
    .addOption(
      new Option('--presence <policy>', 'who hears of whom: everybody of all, or each of their own only')
        .choices(PRESENCES)
        .default('all'),
    )
    .option('--pin', 'the server alone on the first core, this generator on the second', false)
    .option('--require', 'fail when one of the servers is not installed', false)
    .option('--note <text>', 'a sentence to put under the tables')
    .option('--json <file>', 'write every figure of every turn there')
    .option('--docs <file>', 'put the tables into a block of that Markdown file')
    .option('--block <name>', 'which block: the one between its two lines', 'meerkat load peers')
    .action((scenario: string, options: PeersCliOptions) => loadPeers(scenario, options, io));
  load
    .command('peer <name>')
    .description('run ejabberd, Prosody or this server as "load peers" does, until told to end')
    .action((name: string) => runPeer(name, io));
}

async function loadPeers(scenario: string, options: PeersCliOptions, io: CliIo): Promise<void> {
  const env = createLoadEnv();
  const peers = options.servers.map(peerNamed);
  if (options.pin && availableParallelism() < 2) throw new CliError('--pin needs two cores');
  const { present, absent } = await installedPeers(peers);
  if (options.require && absent.length > 0) throw new CliError(`not installed: ${absent.join(', ')}`);
  if (present.length === 0) throw new CliError('none of the servers is installed');
  const say = (line: string): void => io.stderr.write(`${line}\n`);
  for (const name of absent) say(`${name} is not installed and is left out`);
  const works = options.users.map((users) => ({
    scenario,
    users,
    values: valuesOf(options),
  }));
  const { rounds, presence, pin } = options;
  const giveUp = (): never => process.exit(1);
  process.once('SIGINT', giveUp).once('SIGTERM', giveUp);
  const result = await runPeers(
    { peers, works, rounds, presence, pin, measure: measureScenario },
    env,
    say,
  ).finally(() => process.off('SIGINT', giveUp).off('SIGTERM', giveUp));
  const tables = summarize(result);
  const facts: PeersFacts = {
    command: commandOf(scenario, options),
    day: new Date(env.clock.now()).toISOString().slice(0, 10),
    machine: thisMachine(),
    rounds,
    absent,
    note: options.note,
  };
  io.stdout.write(`${formatPeers(tables, facts)}\n`);
  if (options.json !== undefined) {
    await writeFile(options.json, `${JSON.stringify({ ...facts, ...result, tables }, undefined, 2)}\n`);
  }
  if (options.docs !== undefined) {
    const document = await readFile(options.docs, 'utf8');
    await writeFile(options.docs, replaceBlock(document, options.block, peersMarkdown(tables, facts)));
  }
  const failed = result.trials.filter((trial) => !trial.outcome.done).length;
  if (failed > 0) throw new CliError(`${failed} of ${result.trials.length} turns failed`);
}

/** The options of the scenario that were given. */
function valuesOf({ body, rate, seconds }: PeersCliOptions): Readonly<Record<string, number>> {
  const given = Object.entries({ rate, seconds, body });
  return Object.fromEntries(given.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** What has to be typed to do it again. */
function commandOf(scenario: string, options: PeersCliOptions): string {
  const { servers, users, rounds, presence, pin } = options;
  return [
    `meerkat load peers ${scenario} --servers ${servers.join(',')} --users ${users.join(',')}`,
    ...Object.entries(valuesOf(options)).map(([name, value]) => `--${name} ${value}`),
    `--rounds ${rounds} --presence ${presence}`,
    ...(pin ? ['--pin'] : []),
  ].join(' ');
}

async function runPeer(name: string, io: CliIo): Promise<void> {
  const peer = peerNamed(name);
  const version = await peer.version();
  if (version === undefined) throw new CliError(`not installed: ${name}`);
  const told = new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve()).once('SIGTERM', () => resolve());
  });
  const server = await peer.start({ presence: 'all', cpu: undefined }, createLoadEnv());
  const { url, boshUrl, tcpUrl, domain, pid } = server;
  io.stdout.write(`${JSON.stringify({ name, version, url, boshUrl, tcpUrl, domain, pid })}\n`);
  await told;
  await server.stop();
}
