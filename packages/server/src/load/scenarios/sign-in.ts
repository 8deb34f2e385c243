import { gather } from '../crowd.js';
import { defineScenario } from '../scenario.js';

/** Users sign in, so many at a time, and stay until all have: what a sign-in costs, by whatever credential. */
export const signIn = defineScenario({
  name: 'sign-in',
  summary: 'everybody signs in, --ramp at a time, and stays: what a sign-in costs',
  options: {},
  together: () => 1,
  async run(world) {
    const { clock } = world.env;
    const start = await world.phase('signIns', { measured: true });
    await world.until(start);
    const users = await gather(world, async () => {});
    world.recorder.span('untilAllAreIn', clock.monotonic() - start);
    world.recorder.count('signedIn', users.size);
    await world.phase('end');
  },
});
