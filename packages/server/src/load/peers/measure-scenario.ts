import type { Report } from '../report.js';
import { runScenario } from '../run.js';
import type { Measure, PeerFigures } from './measure.js';

/** Guests over WebSocket play a scenario. */
export const measureScenario: Measure = async (server, { scenario, users, values }, env, say) => {
  const { url, domain, pid } = server;
  const target = {
    url,
    domain,
    credentials: { kind: 'guest' },
    sasl2: false,
    streamManagement: false,
  } as const;
  const report = await runScenario(scenario, { target, users, values, pid }, env, (progress) => {
    if (progress.kind === 'phase') say(progress.name);
  });
  return figuresOf(report);
};

/** @throws Error when the server was not measured, so that there is nothing to compare */
export function figuresOf(report: Report): PeerFigures {
  const { failures, generator, messages, phases, server, spans } = report;
  if (!server) throw new Error('the server could not be measured');
  const first = phases.findIndex((phase) => phase.measured);
  const before = phases.slice(0, Math.max(0, first));
  return {
    expected: messages.expected,
    delivered: messages.delivered,
    lost: messages.lost,
    doubled: messages.doubled,
    outOfOrder: messages.outOfOrder,
    deliveriesPerCpuSecond: server.deliveriesPerCpuSecond,
    p50: spans.message?.p50 ?? 0,
    p99: spans.message?.p99 ?? 0,
    joinSeconds: before.reduce((total, phase) => total + phase.seconds, 0),
    residentBytes: server.residentBytes,
    serverCpu: server.cpu,
    generatorCpu: generator.cpu,
    generatorLimited: generator.limits.length > 0,
    failures: failures.count,
  };
}
