// Measures one piece of work beside its reference, in turn, in one process. Libraries for benchmarks measure one thing
// to its end and then the next: what the machine does meanwhile would be taken for a difference.

import { median, spread } from '../../../../scripts/lib/statistics.mjs';

const ROUNDS = 31;
/** CPU time that one side takes in one round, in microseconds. */
const ROUND = 10_000;
/** CPU microseconds until V8 has compiled what there is to compile. */
const WARM_UP = 150_000;
const SAMPLES = 9;
/** Calls in a sample of memory: enough that the pool of small Buffers does not show. */
const SAMPLE_BYTES = 300_000;

/**
 * A piece of work. `ours` and `reference` are called again and again; each call does `operations` of them.
 * @typedef {object} Case
 * @property {string} name
 * @property {string} reference what the reference does, in words
 * @property {number} operations
 * @property {() => void | Promise<void>} ours
 * @property {() => void | Promise<void>} bare
 * @property {number} [calls] how many of `ours` make a round, where what one leaves behind costs the next
 * @property {() => void} [between] brings back the state of before, after each round; not measured
 * @property {() => Promise<void>} [close]
 */

/**
 * @param {Case} work
 * @returns what it took: `ratio` is the median over the rounds of CPU time by CPU time of the reference, `microseconds`
 * are of CPU per operation, `bytes` are allocated per operation, undefined without --expose-gc
 */
export async function measure(work) {
  const ours = await sized(work.ours, work.between, work.calls);
  const bare = await sized(work.bare);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    // A B B A: neither is always the second.
    if (round % 2 === 0) rounds.push({ ours: await ours(), bare: await bare() });
    else rounds.push({ bare: await bare(), ours: await ours() });
  }
  const ratios = rounds.map((round) => round.ours / round.bare);
  return {
    ratio: median(ratios),
    spread: spread(ratios),
    microseconds: median(rounds.map((round) => round.ours)) / work.operations,
    bytes: await allocated(work),
  };
}

/** A round of that work: as many calls as take long enough. It gives the CPU microseconds of one call. */
async function sized(call, between = () => {}, fixed = undefined) {
  const times = async (calls) => {
    const start = cpu();
    for (let done = 0; done < calls; done++) {
      const pending = call();
      if (pending) await pending;
    }
    const taken = cpu() - start;
    between();
    return taken / calls;
  };
  let calls = fixed ?? 1;
  for (let warm = 0; warm < WARM_UP; ) {
    const taken = (await times(calls)) * calls;
    warm += taken;
    if (taken < ROUND && fixed === undefined) calls *= 2;
  }
  return () => times(calls);
}

/** Of all threads, so that what the garbage collector and the database do counts. */
function cpu() {
  const { system, user } = process.cpuUsage();
  return user + system;
}

async function allocated({ between = () => {}, operations, ours }) {
  const collect = globalThis.gc;
  if (typeof collect !== 'function') return undefined;
  const sample = async (calls) => {
    collect();
    const before = memory();
    for (let done = 0; done < calls; done++) {
      const pending = ours();
      if (pending) await pending;
    }
    const bytes = memory() - before;
    between();
    return bytes / calls;
  };
  // A call that allocates much is sampled alone: a collection on the way would hide what was let go.
  let calls = 1;
  while ((await sample(calls)) * calls < SAMPLE_BYTES && calls < 10_000) calls *= 2;
  const samples = [];
  for (let count = 0; count < SAMPLES; count++) samples.push(await sample(calls));
  return Math.max(0, median(samples) / operations);
}

function memory() {
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
}
