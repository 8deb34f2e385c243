import { gather, inTurn, joinRoom, shareOf } from '../crowd.js';
import { talkInRooms } from '../groupchat.js';
import { planRooms } from '../plan.js';
import { defineScenario, number, TALK_OPTIONS } from '../scenario.js';

/** Users of one room who leave and join again all the time, while one talks. */
export const presenceChurn = defineScenario({
  name: 'presence-churn',
  summary: 'users of one room leave and join again all the time, while one talks',
  options: {
    changes: number('users who leave and come back, per second', { default: 20, min: 0.01, max: 10_000 }),
    rate: number('messages per second into the room', { default: 1, min: 0.1, max: 100_000 }),
    ...TALK_OPTIONS,
  },
  async run(world, { body, changes, rate, seconds }) {
    const { clock } = world.env;
    const plan = planRooms({ users: world.users, size: world.users, rate, seconds, senders: 1 });
    const talk = talkInRooms(world, plan, body);
    await world.phase('arrivals');
    const users = await gather(world, async (user) => {
      await joinRoom(world, user, 0);
      talk.enter(user.index);
    });
    const start = await world.phase('messages', { measured: true });
    const restless = [...users.keys()].filter((index) => index > 0);
    const turns = { start, seconds, rate: shareOf(world, changes) };
    const churning = inTurn(world, restless, turns, async (index) => {
      const user = users.get(index);
      if (!user) return;
      talk.leave(index);
      const begun = clock.monotonic();
      await user.leave(world.room(0));
      world.recorder.span('leave', clock.monotonic() - begun);
      await joinRoom(world, user, 0);
      talk.enter(index);
    });
    await Promise.all([talk.run(start, users), churning]);
    await world.phase('drain');
    await talk.drained();
  },
});
