import type { User } from '../clients/user.js';
import { comeBack, each, gather, joinRoom } from '../crowd.js';
import { talkInRooms } from '../groupchat.js';
import { planRooms } from '../plan.js';
import { choice, defineScenario, number, TALK_OPTIONS } from '../scenario.js';

/** The talk goes on for so long before the connections are lost. */
const BEFORE = 1000;

/** All but the one who talks in each room lose their connection at the same moment, and come back at the same moment. */
export const reconnectStorm = defineScenario({
  name: 'reconnect-storm',
  summary: 'all lose their connection at once, and resume or sign in anew at once, while rooms talk on',
  resumes: true,
  options: {
    how: choice('what they do', 'resume', 'anew'),
    away: number('seconds without a connection', { default: 2, max: 3600 }),
    atOnce: number('how many come back at the same time, in each process; 0: all', { default: 0 }),
    roomSize: number('users of each room', { default: 25, min: 2 }),
    rate: number('messages per second into each room', { default: 0.6, min: 0.01, max: 10_000 }),
    ...TALK_OPTIONS,
  },
  together: ({ roomSize }) => roomSize,
  async run(world, { atOnce, away, body, how, rate, roomSize, seconds }) {
    const { clock } = world.env;
    const plan = planRooms({ users: world.users, size: roomSize, rate, seconds, senders: 1 });
    const talk = talkInRooms(world, plan, body);
    const enter = async (user: User): Promise<void> => {
      await joinRoom(world, user, plan.roomOf(user.index));
      talk.enter(user.index);
    };
    await world.phase('arrivals');
    const users = await gather(world, enter);
    const start = await world.phase('messages', { measured: true });
    const talking = talk.run(start, users);
    await world.until(start + BEFORE);
    const gone = [...users.keys()].filter((index) => index % roomSize !== 0);
    for (const index of gone) {
      users.get(index)?.drop();
      talk.away(index);
      if (how === 'anew') talk.leave(index);
    }
    await world.until(start + BEFORE + away * 1000);
    const begun = clock.monotonic();
    await each(world, gone, atOnce === 0 ? gone.length : atOnce, async (index) => {
      const user = users.get(index);
      if (!user) return;
      if (how === 'resume') {
        await comeBack(world, user, async (again) => {
          talk.leave(index);
          await enter(again);
        });
      } else {
        const since = clock.monotonic();
        await user.signIn();
        world.recorder.span('signInAgain', clock.monotonic() - since);
        await enter(user);
      }
      talk.back(index);
    });
    world.recorder.span('storm', clock.monotonic() - begun);
    await talking;
    await world.phase('drain');
    await talk.drained();
    if (how === 'resume' && world.recorder.counted('refused') > 0) {
      world.recorder.broke('resumptions were refused');
    }
  },
});
