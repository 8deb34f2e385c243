// What the records of a page's meter (pages/meter.js) come to.

import { quantile } from '../../../../scripts/lib/statistics.mjs';

/** Milliseconds of a task that a person does not notice; what is beyond blocks (Total Blocking Time). */
const UNNOTICED = 50;

/**
 * @param {readonly number[]} times when each frame began, in ms
 * @returns {{ fps: number, p95: number, worst: number }} the last two are gaps between frames, in ms
 * @throws RangeError when there are fewer than two frames
 */
export function frameFigures(times) {
  if (times.length < 2) throw new RangeError('there are no frames');
  const gaps = times.slice(1).map((time, at) => time - times[at]);
  const took = times.at(-1) - times[0];
  return { fps: (gaps.length / took) * 1000, p95: quantile(gaps, 0.95), worst: Math.max(...gaps) };
}

/** How long a page did not answer, in ms. @param {readonly number[]} tasks durations of its long tasks, in ms */
export function blockingTime(tasks) {
  return tasks.reduce((sum, task) => sum + Math.max(0, task - UNNOTICED), 0);
}
