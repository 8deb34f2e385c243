import { Histogram } from '../measure/histogram.js';
import type { Findings, Interval } from '../measure/recorder.js';
import type { ServerUse } from '../measure/server-probe.js';
import type { Deliveries, Report, Sample } from '../report.js';

/** What all processes found together. */
export interface Merged {
  readonly messages: Omit<Deliveries, 'perSecond'>;
  readonly spans: Report['spans'];
  readonly counters: Readonly<Record<string, number>>;
  readonly failures: Report['failures'];
  readonly broken: readonly string[];
}

const EXAMPLES = 5;

/** Adds up what the processes found. */
export function mergeFindings(all: readonly Findings[]): Merged {
  const spans = new Map<string, Histogram>();
  const counters = new Map<string, number>();
  const examples = new Set<string>();
  const broken = new Set<string>();
  const messages = { sent: 0, expected: 0, delivered: 0, lost: 0, doubled: 0, outOfOrder: 0 };
  let failures = 0;
  for (const findings of all) {
    for (const [name, data] of Object.entries(findings.spans)) {
      const histogram = spans.get(name) ?? new Histogram();
      histogram.add(data);
      spans.set(name, histogram);
    }
    for (const [name, count] of Object.entries(findings.counters)) {
      counters.set(name, (counters.get(name) ?? 0) + count);
    }
    messages.sent += findings.sent;
    messages.expected += findings.ledger.expected;
    messages.delivered += findings.ledger.delivered;
    messages.doubled += findings.ledger.doubled;
    messages.outOfOrder += findings.ledger.outOfOrder;
    failures += findings.failures;
    for (const example of findings.examples) if (examples.size < EXAMPLES) examples.add(example);
    for (const what of findings.broken) broken.add(what);
  }
  messages.lost = messages.expected - messages.delivered;
  return {
    messages,
    spans: Object.fromEntries([...spans].map(([name, histogram]) => [name, histogram.spans()])),
    counters: Object.fromEntries(counters),
    failures: { count: failures, examples: [...examples] },
    broken: [...broken],
  };
}

interface Second {
  readonly latency: Histogram;
  sent: number;
  delivered: number;
  users: number;
  generatorCpu: number;
  serverCpu: number | undefined;
  serverResidentBytes: number | undefined;
}

/** What happened in every second of a run, over all processes. */
export class Timeline {
  readonly #seconds: Second[] = [];
  /** Of each process, when it last told. */
  readonly #users = new Map<number, number>();
  #before: { readonly at: number; readonly use: ServerUse } | undefined;

  /** What one process saw in one second. @param process which one */
  add(second: number, process: number, interval: Interval, cpu: number): void {
    const entry = this.#second(second);
    entry.latency.add(interval.latency);
    entry.sent += interval.sent;
    entry.delivered += interval.delivered;
    this.#users.set(process, interval.users);
    entry.users = this.#allUsers();
    entry.generatorCpu = Math.max(entry.generatorCpu, cpu);
  }

  /** A look at the server, at so many seconds after the start. */
  server(at: number, use: ServerUse): void {
    const entry = this.#second(Math.floor(at));
    entry.serverResidentBytes = use.residentBytes;
    const before = this.#before;
    if (before && at > before.at) {
      entry.serverCpu = Math.max(0, (use.cpuSeconds - before.use.cpuSeconds) / (at - before.at));
    }
    this.#before = { at, use };
  }

  sample(second: number): Sample {
    const { latency, ...entry } = this.#second(second);
    return {
      second,
      ...entry,
      p50: latency.percentile(0.5),
      p99: latency.percentile(0.99),
      max: latency.max,
    };
  }

  samples(): Sample[] {
    return this.#seconds.map((_, second) => this.sample(second));
  }

  /** Those of a process that is late are as many as before. */
  #allUsers(): number {
    return [...this.#users.values()].reduce((sum, users) => sum + users, 0);
  }

  #second(index: number): Second {
    const at = Math.max(0, index);
    while (this.#seconds.length <= at) {
      this.#seconds.push({
        latency: new Histogram(),
        sent: 0,
        delivered: 0,
        users: this.#allUsers(),
        generatorCpu: 0,
        serverCpu: undefined,
        serverResidentBytes: undefined,
      });
    }
    return this.#seconds[at] as Second;
  }
}
