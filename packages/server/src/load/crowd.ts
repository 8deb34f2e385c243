import type { User } from './clients/user.js';
import type { World } from './world.js';

/** Sign-ins that may fail in one process before the run is given up; more are a share of the users. */
const FAILURES = 10;
const FAILURES_SHARE = 0.05;

/**
 * Signs the users of this process in, a few at a time, and does with each what is to be done next.
 * @param only which users; all of this process by default
 * @returns those with whom it went well, by index
 * @throws Error when it goes wrong with too many
 */
export async function gather(
  world: World,
  then: (user: User) => Promise<void>,
  only: readonly number[] = world.mine,
): Promise<Map<number, User>> {
  const users = new Map<number, User>();
  const { clock } = world.env;
  await each(world, only, world.ramp, async (index) => {
    const user = world.user(index);
    const begun = clock.monotonic();
    await user.signIn();
    world.recorder.span('signIn', clock.monotonic() - begun);
    await then(user);
    users.set(index, user);
  });
  return users;
}

/**
 * Does something with each, so many at the same time; stops when the run is stopped.
 * @throws Error the last one, when it goes wrong with too many or with all
 */
export async function each(
  world: World,
  indices: readonly number[],
  atOnce: number,
  run: (index: number) => Promise<void>,
): Promise<void> {
  const allowed = Math.min(indices.length - 1, FAILURES + indices.length * FAILURES_SHARE);
  let failures = 0;
  let next = 0;
  let last: unknown;
  const lane = async (): Promise<void> => {
    while (!world.stopped.aborted && failures <= allowed) {
      const index = indices[next++];
      if (index === undefined) return;
      try {
        await run(index);
      } catch (error) {
        if (world.stopped.aborted) return;
        failures++;
        last = error;
        world.recorder.failed(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, indices.length) }, lane));
  if (failures > Math.max(0, allowed)) throw last;
}

/** Joins a room and notes how long that took. */
export async function joinRoom(world: World, user: User, room: number): Promise<void> {
  const { clock } = world.env;
  const begun = clock.monotonic();
  await user.join(world.room(room), nickOf(user.index));
  world.recorder.span('join', clock.monotonic() - begun);
}

/** What a user calls itself in rooms. */
export function nickOf(index: number): string {
  return `user-${index}`;
}
