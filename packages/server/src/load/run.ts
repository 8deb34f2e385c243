import { type Env, type Millis, randomId } from '@meerkat-chat/xmpp';
import { SOCKETS_PER_ADDRESS } from './clients/connect.js';
import { Coordinator, type Outcome } from './fleet/coordinator.js';
import { shares } from './fleet/protocol.js';
import { startChild, startInProcess } from './fleet/start-worker.js';
import { probeMetrics, probeProcess, type ServerProbe } from './measure/server-probe.js';
import type { OnProgress } from './progress.js';
import type { GeneratorUse, Report, ServerUse } from './report.js';
import { valuesOf } from './scenario.js';
import { scenarioOf } from './scenarios/index.js';
import { type Target, transportOf } from './target.js';

/** Sockets of one generator process, where nothing else is asked for. */
const USERS_PER_PROCESS = 8000;
const DEFAULT_RAMP = 50;
/** A run ends by itself after that and the seconds that its scenario takes. */
const LONGEST: Millis = 1_800_000;
/** Above this share of a core, or later than this, a generator is no witness any more. */
const BUSY = 0.9;
const LATE: Millis = 50;

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
  /** Generator processes. Default one for every 8,000 users; one is this process itself. */
  readonly processes?: number;
  /** Addresses 127.0.0.1, 127.0.0.2... to connect from, to a server on this machine. Default one for every 16,000 users. */
  readonly sources?: number;
  /** Process of the server on this machine, to measure it and all that it has started. */
  readonly pid?: number;
  /** URL of the server's metrics in Prometheus' text, to measure it elsewhere. Not used beside `pid`. */
  readonly metrics?: string;
  /** Ends the run early; the report is then of what had happened. */
  readonly signal?: AbortSignal;
}

/**
 * Runs one scenario on one server.
 * @param env with several processes its monotonic clock must be the machine's: `createLoadEnv`
 * @throws RangeError for options that make no sense
 * @throws Error when users cannot sign in or a process fails
 */
export async function runScenario(
  name: string,
  options: RunOptions,
  env: Env,
  progress: OnProgress = () => {},
): Promise<Report> {
  const scenario = scenarioOf(name);
  const values = valuesOf(scenario, options.values ?? {});
  const transport = transportOf(options.target.url);
  const target = { ...options.target, streamManagement: options.target.streamManagement || scenario.resumes };
  const { users } = options;
  if (!(Number.isInteger(users) && users >= 2)) throw new RangeError('there must be two users or more');
  const parts = shares(users, options.processes ?? Math.ceil(users / USERS_PER_PROCESS));
  const run = randomId(env.random, 8);
  const epoch = env.clock.monotonic();
  const startedAt = new Date(env.clock.now()).toISOString();
  const outcome = await new Coordinator({
    orders: parts.map(([from, to]) => ({
      scenario: name,
      values,
      target,
      run,
      users,
      from,
      to,
      ramp: options.ramp ?? DEFAULT_RAMP,
      sources: options.sources ?? Math.ceil(users / SOCKETS_PER_ADDRESS),
      epoch,
    })),
    start: parts.length === 1 ? startInProcess(env) : startChild,
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
    label: options.label ?? options.target.url,
    target: {
      url: target.url,
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
    phases: outcome.phases.map(({ generatorCpuOfAll: _all, ...phase }) => phase),
    server: serverUse(outcome, users, seconds),
    generator: generatorUse(outcome, parts.length, seconds),
    timeline: outcome.timeline,
    failures: outcome.failures,
    broken: outcome.broken,
  };
}

function probeOf(options: RunOptions): ServerProbe | undefined {
  if (options.pid !== undefined) return probeProcess(options.pid);
  return options.metrics === undefined ? undefined : probeMetrics(options.metrics);
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
    residentBytes: Math.max(0, ...outcome.timeline.map((sample) => sample.serverResidentBytes ?? 0)),
    residentBytesPerUser: grown / users,
    deliveriesPerCpuSecond: cpuSeconds === 0 ? 0 : sum(outcome, (phase) => phase.delivered) / cpuSeconds,
  };
}

function generatorUse(outcome: Outcome, processes: number, seconds: number): GeneratorUse {
  const measured = outcome.phases.filter((phase) => phase.measured);
  const cpu = Math.max(0, ...measured.map((phase) => phase.generatorCpu));
  const lagP99 = Math.max(0, ...measured.map((phase) => phase.lagP99));
  const limits: string[] = [];
  if (cpu > BUSY)
    limits.push(`a generator process took ${Math.round(cpu * 100)} % of a core: use more processes`);
  if (lagP99 > LATE) limits.push(`a generator process was late by ${Math.round(lagP99)} ms (p99)`);
  return {
    processes,
    cpu,
    cpuOfAll: seconds === 0 ? 0 : sum(outcome, (phase) => phase.generatorCpuOfAll * phase.seconds) / seconds,
    lagP99,
    limits,
  };
}
