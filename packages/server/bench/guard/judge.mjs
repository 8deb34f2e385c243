// Whether a server has become slower, by rounds in which it and the bare broadcast took turns.

import { median, spread } from '../../../../scripts/lib/statistics.mjs';

/** How much the ratio may be above the recorded one. On a calm machine the result is the same within 3 %. */
export const TOLERANCE = 0.1;
/**
 * The same where the machine was busy with other things. What a server holds in caches is then thrown out of them again
 * and again; that costs one that has users and queues more than one that has mere sockets.
 */
export const TOLERANCE_DISTURBED = 0.35;
/** A round is calm when the bare broadcast, which waits for nothing but its clients, had a core for that share of it. */
export const CALM = 0.8;
/**
 * So many calm rounds are enough to judge by them alone, where they are half of all: what keeps the others from being
 * calm throws things out of the caches in between, too.
 */
export const ENOUGH = 40;

/**
 * One side's part of a round.
 * @typedef {{ readonly cpu: number, readonly wall: number }} Part microseconds for the same number of deliveries
 * @typedef {{ readonly server: Part, readonly bare: Part }} Round
 */

/** @param {Round} round */
export const isCalm = ({ bare }) => bare.cpu / bare.wall >= CALM;

/**
 * Judges by the median of the rounds' ratios: the two parts of a round are a tenth of a second apart, so that what the
 * machine does meanwhile happens to both, and the odd round that it does not happen to both does not count.
 * @param {readonly Round[]} rounds
 * @param {number | undefined} recorded the ratio of before; without one, nothing is worse
 */
export function judge(rounds, recorded) {
  const calm = rounds.filter(isCalm);
  const disturbed = calm.length < Math.max(ENOUGH, rounds.length / 2);
  const judged = disturbed ? rounds : calm;
  const ratios = judged.map(({ server, bare }) => server.cpu / bare.cpu);
  const ratio = median(ratios);
  const limit = (recorded ?? Number.POSITIVE_INFINITY) * (1 + (disturbed ? TOLERANCE_DISTURBED : TOLERANCE));
  return { ratio, spread: spread(ratios), judged, disturbed, limit, worse: ratio > limit };
}
