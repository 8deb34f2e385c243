import { gather, joinRoom } from '../crowd.js';
import { talkInRooms } from '../groupchat.js';
import { planRooms } from '../plan.js';
import { defineScenario, number, TALK_OPTIONS } from '../scenario.js';

/** Everybody in one room, messages at a fixed rate. */
export const oneRoom = defineScenario({
  name: 'one-room',
  summary: 'everybody in one room, messages at a fixed rate',
  options: {
    rate: number('messages per second into the room', { default: 10, min: 0.1, max: 100_000 }),
    ...TALK_OPTIONS,
    senders: number('how many of the users write; 0: all', { default: 0 }),
  },
  async run(world, { body, rate, seconds, senders }) {
    const plan = planRooms({ users: world.users, size: world.users, rate, seconds, senders });
    const talk = talkInRooms(world, plan, body);
    await world.phase('arrivals');
    const users = await gather(world, async (user) => {
      await joinRoom(world, user, 0);
      talk.enter(user.index);
    });
    const start = await world.phase('messages', { measured: true });
    await talk.run(start, users);
    await world.phase('drain');
    await talk.drained();
  },
});
