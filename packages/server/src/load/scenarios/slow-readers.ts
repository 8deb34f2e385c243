import { comeBack, gather, joinRoom } from '../crowd.js';
import { talkInRooms } from '../groupchat.js';
import { planRooms } from '../plan.js';
import { defineScenario, number, TALK_OPTIONS } from '../scenario.js';

const BEFORE = 1000;

/**
 * One room where some stop reading for a while, as a phone in a tunnel does. Nobody else may notice; what the slow
 * ones are owed while they do not read depends on the server's bounds, and is not asked.
 */
export const slowReaders = defineScenario({
  name: 'slow-readers',
  summary: 'one room where some stop reading for a while; nobody else may notice',
  options: {
    slow: number('percent of the users who stop reading', { default: 5, min: 0.1, max: 90 }),
    pause: number('seconds without reading', { default: 10, min: 0.1, max: 3600 }),
    rate: number('messages per second into the room', { default: 20, min: 0.1, max: 100_000 }),
    senders: number('how many of the users write; they read, too', { default: 10, min: 1 }),
    ...TALK_OPTIONS,
    body: number('length of a message, in characters', { default: 2000, min: 1, max: 100_000 }),
  },
  async run(world, { body, pause, rate, seconds, senders, slow }) {
    const writers = Math.min(senders, Math.floor(world.users / 2));
    const plan = planRooms({ users: world.users, size: world.users, rate, seconds, senders: writers });
    const talk = talkInRooms(world, plan, body);
    const paused = new Set<number>();
    world.onLost = (index) => {
      if (!paused.has(index)) return false;
      world.recorder.count('cutOff');
      return true;
    };
    await world.phase('arrivals');
    const users = await gather(world, async (user) => {
      await joinRoom(world, user, 0);
      talk.enter(user.index);
    });
    const start = await world.phase('messages', { measured: true });
    const talking = talk.run(start, users);
    await world.until(start + BEFORE);
    for (const [index, user] of users) {
      if (index < writers || !isSlow(index - writers, slow)) continue;
      paused.add(index);
      talk.leave(index);
      talk.away(index);
      user.pause();
      world.recorder.count('slow');
    }
    await world.until(start + BEFORE + pause * 1000);
    for (const index of paused) users.get(index)?.unpause();
    await talking;
    await world.phase('drain');
    await talk.drained();
    for (const index of paused) {
      const user = users.get(index);
      if (user && !user.connected && world.target.streamManagement) {
        await comeBack(world, user, async () => {});
      }
    }
  },
});

/** Spreads so many percent evenly. */
function isSlow(place: number, percent: number): boolean {
  return Math.floor(((place + 1) * percent) / 100) > Math.floor((place * percent) / 100);
}
