import type { Millis } from '@meerkat-chat/xmpp';
import { generatorLimits } from '../measure/generator-limits.js';
import type { PhaseReport, Report } from '../report.js';
import { phaseOfRate } from '../scenarios/saturation.js';

/** What one turn found. Times in milliseconds, memory in bytes. */
export interface Figures {
  readonly expected: number;
  readonly delivered: number;
  /** Deliveries that were lost, doubled or out of order, and connections and steps that failed. */
  readonly wrong: number;
  /** Deliveries a second while messages were due. */
  readonly perSecond: number;
  readonly deliveriesPerCpuSecond: number;
  /** Share of one core that the server took while it was measured. */
  readonly cpu: number;
  /** What the kernel charged to the server while it was measured. */
  readonly cpuSeconds: number;
  /** From when a message was due until it was received. */
  readonly p50: number;
  readonly p99: number;
  /** The most memory that the server ever had. */
  readonly peakBytes: number;
  /** How much it had grown by user, at the end of what was measured. */
  readonly bytesPerUser: number;
  /** Other spans, by name as in the report. */
  readonly spans: Readonly<
    Record<string, { readonly p50: number; readonly p95: number; readonly p99: number; readonly max: number }>
  >;
  /** Counts, by name as in the report. */
  readonly counters: Readonly<Record<string, number>>;
  /** Why they speak of the generator rather than of the server; empty when they do not. */
  readonly limits: readonly string[];
}

/**
 * The figures of a report. Of a search for saturation, rates and CPU are those of the best rate.
 * @param peakBytes the most memory that the server ever had; the report knows of whole seconds only
 * @param generator whether its processes had one core together, and how late it may be
 * @throws Error when the run was no good, or the server was not measured
 */
export function figuresOf(
  report: Report,
  peakBytes: number | undefined,
  generator: { readonly oneCore: boolean; readonly late: Millis },
): Figures {
  const { broken, counters, failures, interrupted, messages, server, spans } = report;
  const use = report.generator;
  if (interrupted) throw new Error('it took too long');
  if (broken.length > 0) throw new Error(broken.join('; '));
  if (!server) throw new Error('the server could not be measured');
  const message = spans.message ?? { p50: 0, p99: 0 };
  const best = bestOf(report);
  const busy = best?.generatorCpu ?? (generator.oneCore ? use.cpuOfAll : use.cpu);
  return {
    expected: messages.expected,
    delivered: messages.delivered,
    wrong: messages.lost + messages.doubled + messages.outOfOrder + failures.count,
    perSecond: best ? best.delivered / best.seconds : messages.perSecond,
    deliveriesPerCpuSecond: best
      ? best.delivered / (best.serverCpuSeconds ?? Number.NaN)
      : server.deliveriesPerCpuSecond,
    cpuSeconds: server.cpuSeconds,
    cpu: best ? (best.serverCpuSeconds ?? Number.NaN) / best.seconds : server.cpu,
    p50: message.p50,
    p99: message.p99,
    peakBytes: Math.max(server.residentBytes, peakBytes ?? 0),
    bytesPerUser: server.residentBytesPerUser,
    spans: Object.fromEntries(
      Object.entries(spans).map(([name, { max, p50, p95, p99 }]) => [name, { p50, p95, p99, max }]),
    ),
    counters,
    limits: generatorLimits(busy, best?.lagP99 ?? use.lagP99, generator.late),
  };
}

/** The phase of the best rate, of a search for it. */
function bestOf({ counters, phases }: Report): PhaseReport | undefined {
  const { keptRate } = counters;
  return keptRate === undefined ? undefined : phases.find(({ name }) => name === phaseOfRate(keptRate));
}
