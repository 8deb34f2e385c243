import type { User } from '../clients/user.js';
import { comeBack, gather, inTurn, joinRoom, shareOf } from '../crowd.js';
import { talkInRooms } from '../groupchat.js';
import { planRooms } from '../plan.js';
import { defineScenario, number, TALK_OPTIONS } from '../scenario.js';

/** One room where users reload their pages all the time; nobody may miss a word. */
export const reload = defineScenario({
  name: 'reload',
  summary: 'one room, and users who reload their pages all the time',
  resumes: true,
  options: {
    reloads: number('reloads per second, of all users', { default: 10, min: 0.01, max: 10_000 }),
    away: number('milliseconds without a connection', { default: 300, max: 600_000 }),
    rate: number('messages per second into the room', { default: 5, min: 0.1, max: 100_000 }),
    senders: number('how many of the users write, and do not reload', { default: 10, min: 1 }),
    ...TALK_OPTIONS,
  },
  async run(world, { away, body, rate, reloads, seconds, senders }) {
    const writers = Math.min(senders, Math.floor(world.users / 2));
    const plan = planRooms({ users: world.users, size: world.users, rate, seconds, senders: writers });
    const talk = talkInRooms(world, plan, body);
    const enter = async (user: User): Promise<void> => {
      await joinRoom(world, user, 0);
      talk.enter(user.index);
    };
    await world.phase('arrivals');
    const users = await gather(world, enter);
    const start = await world.phase('messages', { measured: true });
    const readers = [...users.keys()].filter((index) => index >= writers);
    const turns = { start, seconds, rate: shareOf(world, reloads) };
    const reloading = inTurn(world, readers, turns, async (index) => {
      const user = users.get(index);
      if (!user) return;
      user.drop();
      talk.away(index);
      world.recorder.count('reloads');
      await world.until(world.env.clock.monotonic() + away);
      await comeBack(world, user, enter);
      talk.back(index);
    });
    await Promise.all([talk.run(start, users), reloading]);
    await world.phase('drain');
    await talk.drained();
    if (world.recorder.counted('refused') > 0) world.recorder.broke('resumptions were refused');
  },
});
