import { gather, joinRoom } from '../crowd.js';
import { talkInRooms } from '../groupchat.js';
import { planRooms } from '../plan.js';
import { defineScenario, number, TALK_OPTIONS } from '../scenario.js';

/** Many small rooms, all at the same rate. */
export const manyRooms = defineScenario({
  name: 'many-rooms',
  summary: 'many small rooms, all at the same rate',
  options: {
    roomSize: number('users of each room', { default: 25, min: 2 }),
    rate: number('messages per second into each room', { default: 0.6, min: 0.01, max: 10_000 }),
    ...TALK_OPTIONS,
  },
  together: ({ roomSize }) => roomSize,
  async run(world, { body, rate, roomSize, seconds }) {
    const plan = planRooms({ users: world.users, size: roomSize, rate, seconds });
    const talk = talkInRooms(world, plan, body);
    await world.phase('arrivals');
    const users = await gather(world, async (user) => {
      await joinRoom(world, user, plan.roomOf(user.index));
      talk.enter(user.index);
    });
    const start = await world.phase('messages', { measured: true });
    await talk.run(start, users);
    await world.phase('drain');
    await talk.drained();
  },
});
