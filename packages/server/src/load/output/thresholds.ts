import type { Report } from '../report.js';
import { formatCount, formatMillis, formatShare } from './words.js';

/** What a run must keep; what is not given is not judged. */
export interface Thresholds {
  readonly maxLost?: number;
  readonly maxDoubled?: number;
  readonly maxOutOfOrder?: number;
  /** Milliseconds of latency. */
  readonly maxP99?: number;
  /** Share of one core of the server. */
  readonly maxCpu?: number;
  /** Bytes of the server. */
  readonly maxMemory?: number;
  readonly maxFailures?: number;
}

/** One sentence for each threshold that a report breaks, or that could not be judged. */
export function breaches(report: Report, thresholds: Thresholds): readonly string[] {
  const { failures, messages, server, spans } = report;
  const found: string[] = [];
  const judge = (
    what: string,
    most: number | undefined,
    value: number | undefined,
    format: (value: number) => string,
  ): void => {
    if (most === undefined) return;
    if (value === undefined) found.push(`${what} was not measured, and ${format(most)} may be`);
    else if (value > most) found.push(`${what} was ${format(value)}, and ${format(most)} may be`);
  };
  judge('deliveries lost', thresholds.maxLost, messages.lost, formatCount);
  judge('deliveries doubled', thresholds.maxDoubled, messages.doubled, formatCount);
  judge('deliveries out of order', thresholds.maxOutOfOrder, messages.outOfOrder, formatCount);
  const latency = spans.message && spans.message.count > 0 ? spans.message.p99 : undefined;
  judge('the p99 of latency', thresholds.maxP99, latency, formatMillis);
  judge("the server's CPU", thresholds.maxCpu, server?.cpu, formatShare);
  judge("the server's memory", thresholds.maxMemory, server?.residentBytes, formatBytes);
  judge('failures', thresholds.maxFailures, failures.count, formatCount);
  return found;
}

function formatBytes(bytes: number): string {
  return `${formatCount(bytes / 1e6)} MB`;
}
