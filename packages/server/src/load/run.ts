import { type Env, type Millis, randomId } from '@meerkat-chat/xmpp';
import { sourcesFor } from './clients/connect.js';
import { Coordinator, type Outcome } from './fleet/coordinator.js';
import { type Fleet, gatherFleet, type RemoteWorkers } from './fleet/fleet.js';
import { generatorLimits } from './measure/generator-limits.js';
import {
  type MetricsSource,
  metricsProblem,
  probeAll,
  probeMetrics,
  probeProcess,
  type ServerProbe,
} from './measure/server-probe.js';
import type { OnProgress } from './progress.js';
import type { GeneratorUse, Machine, Report, ServerShare, ServerUse } from './report.js';
import { type Scenario, valuesOf } from './scenario.js';
import { scenarioOf } from './scenarios/index.js';
import { type Target, transportOfAll, urlsOf } from './target.js';

const DEFAULT_RAMP = 50;
/** A run ends by itself after that and the seconds that its scenario takes. */
const LONGEST: Millis = 1_800_000;
/** Clocks that are known no better than this are worth a word. */
const CLOCK_ERROR: Millis = 3;

/** How a scenario is run. */
export interface RunOptions {
  readonly target: Target;
  readonly users: number;
  /** The scenario's own options; defaults for what is not given. */
  readonly values?: Readonly<Record<string, number | string>>;
  /** What is measured, for the report. Default the URL. */
  readonly label?: string;
  /** Sign-ins at the same time in each process while users arrive. Default 50. */
  readonly ramp?: number;
  /** Generator processes, of all machines together. Default one for every 8,000 users; one is this process itself. */
  readonly processes?: number;
  /** Other machines to run them on, evenly. Default this one. */
  readonly workers?: RemoteWorkers;
  /** How many addresses 127.x.x.x to connect from, to a server on this machine. Default one for every 1,000 users. */
  readonly sources?: number;
  /** Process of the server on this machine, to measure it and all that it has started; of each, where there are several. */
  readonly pid?: number | readonly number[];
  /**
   * URL of the server's metrics in Prometheus' text, to measure it elsewhere; of each, where there are several. Not
   * used beside `pid`.
   */
  readonly metrics?: string | readonly string[];
  /** The bearer token that opens them, where the server asks for one. */
  readonly metricsToken?: string;
  /** Ends the run early; the report is then of what had happened. */
  readonly signal?: AbortSignal;
}

/**
 * Runs one scenario on one server.
 * @param env with several processes its monotonic clock must be the machine's: `createLoadEnv`
 * @throws RangeError for options that make no sense
 * @throws Error when users cannot sign in, a process fails, or metrics that are asked for cannot be read
 */
export async function runScenario(
  name: string,
  options: RunOptions,
  env: Env,
  progress: OnProgress = () => {},
): Promise<Report> {
  const scenario = scenarioOf(name);
  const values = valuesOf(scenario, options.values ?? {});
  const urls = urlsOf(options.target);
  const transport = transportOfAll(urls);
  const target = { ...options.target, streamManagement: options.target.streamManagement || scenario.resumes };
  const { users } = options;
  if (!(Number.isInteger(users) && users >= 2)) throw new RangeError('there must be two users or more');
  const together = togetherOf(scenario, values, options);
  await checkMetrics(options);
  const run = randomId(env.random, 8);
  const sources = sourcesFor(users, env.random, options.sources);
  const fleet = await gatherFleet(
    { users, run, processes: options.processes, workers: options.workers },
    env,
  );
  const epoch = env.clock.monotonic();
  const startedAt = new Date(env.clock.now()).toISOString();
  const outcome = await new Coordinator({
    orders: fleet.parts.map(([from, to]) => ({
      scenario: name,
      values,
      target,
      run,
      users,
      from,
      to,
      ramp: options.ramp ?? DEFAULT_RAMP,
      sources,
      together,
      epoch,
    })),
    start: fleet.start,
    headStart: fleet.headStart,
    probe: probeOf(options),
    env,
    progress,
    signal: options.signal,
    longest: LONGEST + Number(values.seconds ?? 0) * 1000,
  }).run();
  const seconds = sum(outcome, (phase) => phase.seconds);
  return {
    version: 1,
    scenario: name,
    startedAt,
    label: options.label ?? urls.join(', '),
    target: {
      url: urls.join(', '),
      domain: target.domain,
      transport,
      auth: target.credentials.kind,
      sasl2: target.sasl2,
      streamManagement: target.streamManagement,
    },
    users,
    options: values,
    interrupted: outcome.interrupted,
    messages: {
      ...outcome.messages,
      perSecond: seconds === 0 ? 0 : sum(outcome, (phase) => phase.delivered) / seconds,
    },
    spans: outcome.spans,
    counters: outcome.counters,
    phases: outcome.phases.map(({ generatorCpuOfAll: _all, serverEach: _each, ...phase }) => phase),
    server: serverUse(outcome, users, seconds),
    ...serverShares(outcome, seconds),
    generator: generatorUse(outcome, fleet, seconds),
    timeline: outcome.timeline,
    failures: outcome.failures,
    broken: outcome.broken,
  };
}

/**
 * How many neighbours have to be on the same server.
 * @throws RangeError when that leaves a server without users
 */
function togetherOf(
  scenario: Scenario,
  values: Readonly<Record<string, number | string>>,
  { target, users }: RunOptions,
): number {
  const together = scenario.together(values) ?? users;
  const servers = urlsOf(target).length;
  if (target.cluster !== true && Math.ceil(users / together) < servers) {
    throw new RangeError(
      `the users of ${scenario.name} belong together and cannot be spread over ${servers} servers, unless these are a cluster`,
    );
  }
  return together;
}

function probeOf({ metrics, metricsToken, pid }: RunOptions): ServerProbe | undefined {
  if (pid !== undefined) return probeAll([pid].flat().map(probeProcess));
  return metrics === undefined ? undefined : probeAll(sourcesOf(metrics, metricsToken).map(probeMetrics));
}

function sourcesOf(metrics: string | readonly string[], token: string | undefined): readonly MetricsSource[] {
  return [metrics].flat().map((url) => ({ url, token }));
}

async function checkMetrics({ metrics, metricsToken, pid }: RunOptions): Promise<void> {
  if (pid !== undefined || metrics === undefined) return;
  for (const source of sourcesOf(metrics, metricsToken)) {
    const problem = await metricsProblem(source);
    if (problem !== undefined) throw new Error(problem);
  }
}

type Phase = Outcome['phases'][number];

/** Adds something up over the measured phases. */
function sum(outcome: Outcome, of: (phase: Phase) => number): number {
  return outcome.phases.reduce((total, phase) => total + (phase.measured ? of(phase) : 0), 0);
}

function serverUse(outcome: Outcome, users: number, seconds: number): ServerUse | undefined {
  const last = outcome.phases.findLast((phase) => phase.measured);
  if (!last || last.serverCpuSeconds === undefined || !outcome.serverBefore) return undefined;
  const cpuSeconds = sum(outcome, (phase) => phase.serverCpuSeconds ?? 0);
  const grown = (last.serverResidentBytes ?? 0) - outcome.serverBefore.residentBytes;
  return {
    cpu: cpuSeconds / seconds,
    cpuSeconds,
    residentBytes: Math.max(
      last.serverResidentBytes ?? 0,
      ...outcome.timeline.map((sample) => sample.serverResidentBytes ?? 0),
    ),
    residentBytesPerUser: grown / users,
    deliveriesPerCpuSecond: cpuSeconds === 0 ? 0 : sum(outcome, (phase) => phase.delivered) / cpuSeconds,
  };
}

function serverShares(outcome: Outcome, seconds: number): Pick<Report, 'servers'> {
  const measured = outcome.phases.filter((phase) => phase.measured);
  const last = measured.at(-1)?.serverEach;
  if (!last) return {};
  return {
    servers: last.map(({ residentBytes }, index): ServerShare => {
      const cpuSeconds = sum(outcome, (phase) => phase.serverEach?.[index]?.cpuSeconds ?? 0);
      return { cpu: cpuSeconds / seconds, cpuSeconds, residentBytes };
    }),
  };
}

function generatorUse(outcome: Outcome, fleet: Fleet, seconds: number): GeneratorUse {
  const measured = outcome.phases.filter((phase) => phase.measured);
  const cpu = Math.max(0, ...measured.map((phase) => phase.generatorCpu));
  const lagP99 = Math.max(0, ...measured.map((phase) => phase.lagP99));
  const machines = fleet.machines();
  return {
    processes: fleet.parts.length,
    ...(machines.length === 0 ? {} : { machines }),
    cpu,
    cpuOfAll: seconds === 0 ? 0 : sum(outcome, (phase) => phase.generatorCpuOfAll * phase.seconds) / seconds,
    lagP99,
    limits: [...generatorLimits(cpu, lagP99), ...clockLimits(machines)],
  };
}

function clockLimits(machines: readonly Machine[]): readonly string[] {
  return machines
    .filter((machine) => machine.clockError > CLOCK_ERROR)
    .map(
      ({ address, clockError }) =>
        `the clock of ${address} is known to within ${clockError.toFixed(1)} ms, and latencies no better`,
    );
}
