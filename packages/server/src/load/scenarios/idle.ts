import { gather } from '../crowd.js';
import { defineScenario, number } from '../scenario.js';

/** Users who are signed in and do nothing: what a connection costs. */
export const idle = defineScenario({
  name: 'idle',
  summary: 'users who are signed in and do nothing: what a connection costs',
  options: {
    seconds: number('how long they stay', { default: 30, min: 1, max: 86_400 }),
  },
  together: () => 1,
  async run(world, { seconds }) {
    await world.phase('arrivals');
    await gather(world, async () => {});
    const start = await world.phase('idle', { measured: true });
    await world.until(start + seconds * 1000);
    await world.phase('end');
  },
});
