/** What a run found, as it is written to JSON. Fields are only ever added while `version` stays 1. */
export interface Report {
  readonly version: 1;
  readonly scenario: string;
  /** Time of day at the start, ISO 8601. */
  readonly startedAt: string;
  /** What was measured, in the words of whoever ran it, such as a server's name and version. */
  readonly label: string;
  readonly target: {
    /** Of several servers, one after the other with a comma and a space between them. */
    readonly url: string;
    readonly domain: string;
    readonly transport: Transport;
    readonly auth: 'cookie' | 'guest' | 'password' | 'token';
    readonly sasl2: boolean;
    readonly streamManagement: boolean;
  };
  readonly users: number;
  /** The scenario's own options, defaults filled in. */
  readonly options: Readonly<Record<string, number | string>>;
  /** True when the run was ended early: the figures are of what had happened until then. */
  readonly interrupted: boolean;
  readonly messages: Deliveries;
  /**
   * Spans by what they are of: `message` (due until received), `whileAway` (the same, of users who were not reading
   * when it was due), `signIn`, `join`, `subject`, `resume`...
   */
  readonly spans: Readonly<Record<string, Spans>>;
  /** Counts by what was counted: `presences`, `reloads`, `refused`, `cutOff`... */
  readonly counters: Readonly<Record<string, number>>;
  readonly phases: readonly PhaseReport[];
  /** Of the measured phases together; undefined when the server was not measured. */
  readonly server: ServerUse | undefined;
  /** The same of each, where several servers were measured: `server` is then their sum. */
  readonly servers?: readonly ServerShare[];
  readonly generator: GeneratorUse;
  /** One entry a second, from the first connection on. */
  readonly timeline: readonly Sample[];
  /** Connections and steps that failed. */
  readonly failures: {
    readonly count: number;
    /** The first few, told apart. */
    readonly examples: readonly string[];
  };
  /** What a scenario demands and did not get; empty when all is well. */
  readonly broken: readonly string[];
}

/** How the users are connected. */
export type Transport = 'websocket' | 'bosh' | 'tcp';

/** Every recipient's every message, counted over all processes. */
export interface Deliveries {
  /** Messages that were sent. */
  readonly sent: number;
  /** Deliveries that had to be. */
  readonly expected: number;
  readonly delivered: number;
  readonly lost: number;
  readonly doubled: number;
  /** Came after a later message of the same sender. */
  readonly outOfOrder: number;
  /** Deliveries a second while messages were due. */
  readonly perSecond: number;
}

/** A distribution of spans, in milliseconds; all 0 where `count` is 0. Values are right to within 1.1 %. */
export interface Spans {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
  /** `[share, milliseconds]`, shares rising: the curve of percentiles. */
  readonly curve: readonly (readonly [number, number])[];
}

/** One part of a run, from when every process began it until every process was done with it. */
export interface PhaseReport {
  readonly name: string;
  /** True for what the scenario is about; ramps and drains are not. */
  readonly measured: boolean;
  /** From the start of the run. */
  readonly startSecond: number;
  readonly seconds: number;
  readonly delivered: number;
  /** Undefined where the server is not measured. */
  readonly serverCpuSeconds: number | undefined;
  /** At the end of the phase. */
  readonly serverResidentBytes: number | undefined;
  /** Share of one core, of the busiest generator process. */
  readonly generatorCpu: number;
  /** 99th percentile of how late the event loop of the worst generator process was, in milliseconds. */
  readonly lagP99: number;
}

export interface ServerUse {
  /** Share of one core; above 1 where several were used. */
  readonly cpu: number;
  readonly cpuSeconds: number;
  /** The most that a sample found. */
  readonly residentBytes: number;
  /** Growth of memory from before the first connection until the end of the last measured phase, by user. */
  readonly residentBytesPerUser: number;
  readonly deliveriesPerCpuSecond: number;
}

/** What one of several servers took. */
export interface ServerShare {
  /** Share of one core. */
  readonly cpu: number;
  readonly cpuSeconds: number;
  /** At the end. */
  readonly residentBytes: number;
}

/** One machine of several that the generator ran on, and how far its clock can be trusted. */
export interface Machine {
  /** `HOST:PORT` of its worker. */
  readonly address: string;
  readonly processes: number;
  /** Its clock less the coordinator's, in milliseconds. */
  readonly clockOffset: number;
  /**
   * How wrong a time of its was at most, in milliseconds: half of the quickest round trip, and how far the clocks ran
   * apart during a phase. Latencies between two machines are off by no more than the sum of both.
   */
  readonly clockError: number;
}

/** Of the measured phases. */
export interface GeneratorUse {
  readonly processes: number;
  /** Where it ran, when that was on other machines. */
  readonly machines?: readonly Machine[];
  /** Share of one core that the busiest process took. */
  readonly cpu: number;
  /** Share of one core that all took together. */
  readonly cpuOfAll: number;
  /** 99th percentile of how late the event loop of the worst process was, in milliseconds. */
  readonly lagP99: number;
  /** Why the figures speak of the generator rather than of the server; empty when they do not. */
  readonly limits: readonly string[];
}

export interface Sample {
  /** Seconds since the start of the run. */
  readonly second: number;
  readonly sent: number;
  readonly delivered: number;
  /** Latency of what was received in that second, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Connections that are open. */
  readonly users: number;
  readonly serverCpu: number | undefined;
  readonly serverResidentBytes: number | undefined;
  /** Of the busiest process. */
  readonly generatorCpu: number;
}
