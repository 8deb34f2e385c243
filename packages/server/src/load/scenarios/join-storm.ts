import type { Millis } from '@meerkat-chat/xmpp';
import { gather, paced } from '../crowd.js';
import { defineScenario, number } from '../scenario.js';

/** Presences are over when none has come for so long. */
const QUIET: Millis = 1000;

/** Everybody is signed in and then joins: all at once, or so many a second. */
export const joinStorm = defineScenario({
  name: 'join-storm',
  summary: 'everybody is signed in, and joins at once or at a fixed rate',
  options: {
    arrivals: number('joins per second, of all; 0: all at once', { default: 0 }),
    roomSize: number('users of each room; 0: one room for all', { default: 0 }),
    seconds: number('how long presences are waited for at the end', { default: 300, min: 1, max: 3600 }),
  },
  together: ({ roomSize }) => (roomSize === 0 ? undefined : roomSize),
  async run(world, { arrivals, roomSize, seconds }) {
    const { clock } = world.env;
    let last = 0;
    world.onPresence = () => {
      last = clock.monotonic();
    };
    await world.phase('arrivals');
    const users = await gather(world, async () => {});
    const start = await world.phase('storm', { measured: true });
    const due = (index: number): Millis => (arrivals === 0 ? start : start + (index * 1000) / arrivals);
    await paced(
      world,
      [...users.keys()].sort((a, b) => a - b),
      due,
      async (index, at) => {
        const room = roomSize === 0 ? 0 : Math.floor(index / roomSize);
        await users.get(index)?.join(world.room(room), {
          subject: true,
          entered: () => world.recorder.span('join', clock.monotonic() - at),
        });
        world.recorder.span('subject', clock.monotonic() - at);
      },
    );
    const end = clock.monotonic() + seconds * 1000;
    while (!world.stopped.aborted && clock.monotonic() < Math.min(last + QUIET, end)) {
      await world.until(Math.min(last + QUIET, end));
    }
    if (last > start) world.recorder.span('lastPresence', last - start);
    await world.phase('settled');
  },
});
