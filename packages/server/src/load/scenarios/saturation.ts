import { gather, joinRoom } from '../crowd.js';
import { talkInRooms } from '../groupchat.js';
import { Histogram } from '../measure/histogram.js';
import type { LedgerResult } from '../measure/ledger.js';
import { planRooms } from '../plan.js';
import { bestRate, nextRate, type TriedRate } from '../rate-search.js';
import { defineScenario, number, TALK_OPTIONS } from '../scenario.js';

/** The name of the phase in which a rate was tried. */
export function phaseOfRate(rate: number): string {
  return `${rate}/s`;
}

/**
 * Everybody in one room, at rising rates, until the server no longer keeps up. A rate is kept when the p99 is below
 * `within`, and all has come no later than that after the last message was due: nothing has piled up.
 */
export const saturation = defineScenario({
  name: 'saturation',
  summary: 'everybody in one room: the highest rate that the server keeps up with (in one process)',
  options: {
    rate: number('messages per second to begin with', { default: 10, min: 0.1, max: 100_000 }),
    within: number('the highest p99 of a rate that is kept, in milliseconds', { default: 1000, min: 1 }),
    tries: number('rates that are tried at most', { default: 12, min: 1, max: 100 }),
    body: TALK_OPTIONS.body,
    seconds: number('how long messages are sent at each rate', { default: 5, min: 1, max: 3600 }),
  },
  async run(world, { body, rate: first, seconds, tries, within }) {
    // Every process would find another rate.
    if (world.mine.length < world.users) throw new RangeError('saturation is played by one process only');
    const { env, recorder, users: count } = world;
    const room = 0;
    await world.phase('arrivals');
    const users = await gather(world, (user) => joinRoom(world, user, room));
    const tried: TriedRate[] = [];
    const ledgers: (() => LedgerResult)[] = [];
    let rate = nextRate(first, tried);
    while (rate !== undefined && tried.length < tries && !world.stopped.aborted) {
      const plan = planRooms({ users: count, size: count, rate, seconds });
      const talk = talkInRooms(world, plan, body);
      for (const index of users.keys()) talk.enter(index);
      ledgers.push(world.ledger);
      world.ledger = () => sumOf(ledgers);
      const latency = new Histogram();
      const start = await world.phase(phaseOfRate(rate), { measured: true });
      const heard = world.onNumber;
      world.onNumber = (user, number) => {
        latency.record(env.clock.monotonic() - start - plan.due(number));
        heard(user, number);
      };
      await talk.run(start, users);
      const sent = env.clock.monotonic();
      await world.phase(`after ${phaseOfRate(rate)}`);
      await talk.drained();
      const late = env.clock.monotonic() - sent;
      tried.push({ rate, kept: latency.percentile(0.99) < within && late < within });
      // What has not come by now would be taken for a message of the next rate.
      if (ledgers.at(-1)?.().delivered !== ledgers.at(-1)?.().expected) break;
      rate = nextRate(first, tried);
    }
    const best = bestRate(tried);
    if (best === undefined) recorder.broke('the server kept up with no rate');
    else recorder.count('keptRate', best);
    await world.phase('end');
  },
});

function sumOf(ledgers: readonly (() => LedgerResult)[]): LedgerResult {
  const sum = { expected: 0, delivered: 0, doubled: 0, outOfOrder: 0 };
  for (const ledger of ledgers) {
    const { delivered, doubled, expected, outOfOrder } = ledger();
    sum.expected += expected;
    sum.delivered += delivered;
    sum.doubled += doubled;
    sum.outOfOrder += outOfOrder;
  }
  return sum;
}
