import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { formatPage } from '../load/output/page.js';
import { formatReport } from '../load/output/text.js';
import { breaches, type Thresholds } from '../load/output/thresholds.js';
import { type RunOptions, runScenario } from '../load/run.js';
import { createLoadEnv } from '../load/runtime.js';
import type { Scenario } from '../load/scenario.js';
import { transportOfAll } from '../load/target.js';
import { installedFiles } from './files.js';
import { CliError, type CliIo, InterruptedError, UsageError } from './io.js';
import { showProgress } from './load-progress.js';
import { credentialsOf, SECRET, SIGN_IN_WAYS, type SignInWay } from './load-sign-in.js';
import { each, megabytes, millis, percent, whole, within } from './load-values.js';
import { addressesOf, tokenOf } from './load-worker.js';

/** The name that the server knows its own setting by. */
const METRICS_TOKEN = 'MEERKAT_METRICS__TOKEN';

interface LoadOptions extends Thresholds {
  readonly url?: readonly string[];
  readonly cluster?: true;
  readonly trustAnyCertificate?: true;
  readonly domain: string;
  readonly roomsDomain?: string;
  readonly users: number;
  readonly password?: string;
  readonly accounts: string;
  readonly mechanism: 'PLAIN' | 'SCRAM-SHA-1';
  readonly signIn?: SignInWay;
  readonly secret?: string;
  readonly data?: string;
  readonly cookie: string;
  readonly sasl2?: true;
  readonly sm?: true;
  readonly ramp: number;
  readonly processes?: number;
  readonly sources?: number;
  readonly workers?: readonly string[];
  readonly token?: string;
  readonly pid?: readonly number[];
  readonly metrics?: readonly string[];
  readonly metricsToken?: string;
  readonly label?: string;
  readonly json?: string;
  readonly html?: string;
}

const DEFAULT_URL = 'ws://127.0.0.1:5280/xmpp-websocket';

/** `meerkat load SCENARIO`, with the scenario's own options beside those of all. */
export function addLoadScenario(parent: Command, scenario: Scenario, io: CliIo): void {
  const command = parent.command(scenario.name).description(scenario.summary);
  command
    .option(
      '--url <url>',
      `ws:, wss:, http:, https: (BOSH) or xmpp: (TCP); once for each of several servers (default: ${DEFAULT_URL})`,
      each(String),
    )
    .option('--cluster', 'the servers are nodes of one: the users of a room are on all of them')
    .option('--trust-any-certificate', 'wss: and https: with whatever certificate the server has')
    .option('--domain <domain>', 'the domain of the users', 'localhost')
    .option('--rooms-domain <domain>', 'the domain of the rooms (default: rooms.DOMAIN)')
    .option('--users <number>', 'how many users', whole(2, 1_000_000), 100);
  for (const [name, option] of Object.entries(scenario.options)) {
    const flag = `--${kebab(name)} <${option.kind === 'number' ? 'number' : 'word'}>`;
    const made = new Option(flag, option.summary).default(option.default);
    if (option.kind === 'choice') made.choices([...option.choices]);
    else made.argParser(within(option.min, option.max));
    command.addOption(made);
  }
  command
    .addOption(
      new Option(
        '--sign-in <way>',
        'by what users sign in (default: guest; password where there is one)',
      ).choices([...SIGN_IN_WAYS]),
    )
    .option('--password <password>', 'users sign in with this password, as ACCOUNTS0, ACCOUNTS1...')
    .option(
      '--secret <secret>',
      `what tokens are signed with, for --sign-in token and cookie (default: ${SECRET} of the environment)`,
    )
    .option('--data <folder>', 'or the data folder of a server of ours on this machine, for its own secret')
    .option('--cookie <name>', 'the cookie that holds the token, for --sign-in cookie', 'chat')
    .option('--accounts <prefix>', 'what their names begin with', 'load-')
    .addOption(
      new Option('--mechanism <name>', 'of SASL').choices(['SCRAM-SHA-1', 'PLAIN']).default('SCRAM-SHA-1'),
    )
    .option('--sasl2', 'sign in by SASL2 and Bind 2 (XEP-0388, XEP-0386)')
    .option('--sm', `stream management on for every user${scenario.resumes ? ' (always on here)' : ''}`)
    .option('--ramp <number>', 'sign-ins at the same time, in each process', whole(1, 10_000), 50)
    .option('--processes <number>', 'generator processes (default: one for every 8,000 users)', whole(1, 64))
    .option('--workers <addresses>', 'HOST:PORT,HOST:PORT of "load worker": run them there', addressesOf)
    .option('--token <secret>', 'the one of the workers (default: MEERKAT_LOAD_TOKEN of the environment)')
    .option(
      '--sources <number>',
      'addresses 127.x.x.x to connect from (default: one for every 1,000 users)',
      whole(1, 65_024),
    )
    .option(
      '--pid <number>',
      'process of the server on this machine, to measure it; once for each',
      each(whole(1)),
    )
    .option('--metrics <url>', "the server's metrics, to measure it elsewhere; once for each", each(String))
    .option(
      '--metrics-token <secret>',
      `the bearer token that opens them (default: ${METRICS_TOKEN} of the environment)`,
    )
    .option('--label <text>', 'what is measured, for the report')
    .option('--json <file>', 'write the report there as JSON')
    .option('--html <file>', 'write the report there as a page')
    .option('--max-p99 <span>', 'fail when the 99th percentile of latency is higher, such as 100ms', millis)
    .option('--max-lost <number>', 'fail when more deliveries are lost', whole(0))
    .option('--max-doubled <number>', 'fail when more come twice', whole(0))
    .option('--max-out-of-order <number>', 'fail when more come out of order', whole(0))
    .option('--max-cpu <share>', 'fail when the server takes more of a core, such as 40%', percent)
    .option('--max-memory <size>', 'fail when the server takes more, such as 600MB', megabytes)
    .option('--max-failures <number>', 'fail when more connections or steps fail', whole(0))
    .action((options: LoadOptions & Record<string, unknown>) => load(scenario, options, io));
}

async function load(
  scenario: Scenario,
  options: LoadOptions & Record<string, unknown>,
  io: CliIo,
): Promise<void> {
  try {
    transportOfAll(urlsOf(options));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const interrupted = new AbortController();
  const interrupt = (): void => interrupted.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const progress = showProgress(io);
  try {
    const report = await runScenario(
      scenario.name,
      await runOptionsOf(scenario, options, io, interrupted.signal),
      createLoadEnv(),
      progress.show,
    );
    progress.end();
    io.stdout.write(`${formatReport(report)}\n`);
    if (options.json !== undefined) {
      await writeFile(options.json, `${JSON.stringify(report, undefined, 2)}\n`);
    }
    if (options.html !== undefined) await writeFile(options.html, formatPage(report));
    const failed = breaches(report, options);
    for (const breach of failed) io.stderr.write(`! ${breach}\n`);
    // Whatever else was found, it is not the finding of a whole run.
    if (report.interrupted && interrupted.signal.aborted)
      throw new InterruptedError('the run was ended early');
    if (failed.length > 0) throw new CliError(`${failed.length} of the thresholds are broken`);
    if (report.broken.length > 0) throw new CliError(report.broken.join('; '));
    if (report.interrupted) throw new CliError('the run took too long and was ended early');
  } finally {
    progress.end();
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

async function runOptionsOf(
  scenario: Scenario,
  options: LoadOptions & Record<string, unknown>,
  io: CliIo,
  signal: AbortSignal,
): Promise<RunOptions> {
  const values: Record<string, number | string> = {};
  for (const name of Object.keys(scenario.options)) {
    const value = options[name];
    if (typeof value === 'number' || typeof value === 'string') values[name] = value;
  }
  const metricsToken = options.metricsToken ?? io.env[METRICS_TOKEN];
  return {
    target: {
      url: urlsOf(options),
      cluster: options.cluster ?? false,
      trustAnyCertificate: options.trustAnyCertificate ?? false,
      domain: options.domain,
      ...(options.roomsDomain === undefined ? {} : { roomsDomain: options.roomsDomain }),
      credentials: await credentialsOf(options, io),
      sasl2: options.sasl2 ?? false,
      streamManagement: options.sm ?? false,
    },
    users: options.users,
    values,
    ramp: options.ramp,
    signal,
    ...(options.label === undefined ? {} : { label: options.label }),
    ...(options.processes === undefined ? {} : { processes: options.processes }),
    ...(options.sources === undefined ? {} : { sources: options.sources }),
    ...(options.workers === undefined
      ? {}
      : {
          workers: {
            addresses: options.workers,
            token: tokenOf(options.token, io),
            version: installedFiles().version,
          },
        }),
    ...(options.pid === undefined ? {} : { pid: options.pid }),
    ...(options.metrics === undefined ? {} : { metrics: options.metrics }),
    ...(metricsToken === undefined ? {} : { metricsToken }),
  };
}

function urlsOf({ url = [DEFAULT_URL] }: LoadOptions): readonly string[] {
  return url;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
