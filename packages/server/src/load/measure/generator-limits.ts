import type { Millis } from '@meerkat-chat/xmpp';

/** Above this share of a core a generator is no witness any more, ... */
const BUSY = 0.9;
/** ... nor when it is later than this, where spans of some hundred milliseconds are judged. */
export const LATE: Millis = 50;

/**
 * Why figures speak of the generator rather than of the server; empty when they do not.
 * @param cpu share of a core that its busiest process took
 * @param lagP99 99th percentile of how late the event loop of its worst process was
 * @param late how late it may be
 */
export function generatorLimits(cpu: number, lagP99: Millis, late: Millis = LATE): readonly string[] {
  const limits: string[] = [];
  if (cpu > BUSY)
    limits.push(`a generator process took ${Math.round(cpu * 100)} % of a core: use more processes`);
  if (lagP99 > late) limits.push(`a generator process was late by ${Math.round(lagP99)} ms (p99)`);
  return limits;
}
