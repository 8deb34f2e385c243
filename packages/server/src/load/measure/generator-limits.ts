import type { Millis } from '@meerkat-chat/xmpp';

/** Above this share of a core, or later than this, a generator is no witness any more. */
const BUSY = 0.9;
const LATE: Millis = 50;

/**
 * Why figures speak of the generator rather than of the server; empty when they do not.
 * @param cpu share of a core that its busiest process took
 * @param lagP99 99th percentile of how late the event loop of its worst process was
 */
export function generatorLimits(cpu: number, lagP99: Millis): readonly string[] {
  const limits: string[] = [];
  if (cpu > BUSY)
    limits.push(`a generator process took ${Math.round(cpu * 100)} % of a core: use more processes`);
  if (lagP99 > LATE) limits.push(`a generator process was late by ${Math.round(lagP99)} ms (p99)`);
  return limits;
}
