import type { Millis } from '@meerkat-chat/xmpp';
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
  await each(world, only, world.ramp, async (index) => {
    const user = await signedIn(world, index);
    await then(user);
    users.set(index, user);
  });
  return users;
}

/** A user who has signed in; notes how long that took. */
export async function signedIn(world: World, index: number): Promise<User> {
  const { clock } = world.env;
  const user = world.user(index);
  const begun = clock.monotonic();
  await user.signIn();
  world.recorder.span('signIn', clock.monotonic() - begun);
  return user;
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
        failures++;
        last = error;
        failed(world, error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, indices.length) }, lane));
  if (failures > Math.max(0, allowed) && !world.stopped.aborted) throw last;
}

/**
 * Does something with each when it falls due, whether or not those before are done: an open loop. Fulfils when all
 * are done; what goes wrong is a failure of the run.
 * @param indices in the order of `due`
 */
export async function paced(
  world: World,
  indices: readonly number[],
  due: (index: number, place: number) => Millis,
  run: (index: number, due: Millis) => Promise<void>,
): Promise<void> {
  const going: Promise<void>[] = [];
  for (const [place, index] of indices.entries()) {
    const at = due(index, place);
    await world.until(at);
    if (world.stopped.aborted) break;
    going.push(run(index, at).catch((error: unknown) => failed(world, error)));
  }
  await Promise.all(going);
}

/** Again and again something with the next one of them, so many times a second, until the end. */
export async function inTurn(
  world: World,
  indices: readonly number[],
  turns: { readonly start: Millis; readonly seconds: number; readonly rate: number },
  run: (index: number) => Promise<void>,
): Promise<void> {
  if (indices.length === 0 || turns.rate <= 0) return;
  const busy = new Set<number>();
  const places = Array.from({ length: Math.floor(turns.rate * turns.seconds) }, (_, place) => place);
  await paced(
    world,
    places,
    (place) => turns.start + (place * 1000) / turns.rate,
    async (place) => {
      const index = indices[place % indices.length] ?? 0;
      if (busy.has(index)) return world.recorder.count('skipped');
      busy.add(index);
      try {
        await run(index);
      } finally {
        busy.delete(index);
      }
    },
  );
}

/** Resumes a user's session, or where that is refused begins one anew. Notes which, and how long it took. */
export async function comeBack(world: World, user: User, anew: (user: User) => Promise<void>): Promise<void> {
  const { clock } = world.env;
  const begun = clock.monotonic();
  if (await user.resume()) {
    world.recorder.span('resume', clock.monotonic() - begun);
    world.recorder.count('resumed');
    return;
  }
  world.recorder.count('refused');
  await user.signIn();
  await anew(user);
}

/** This process's share of something that is so much for all users together. */
export function shareOf(world: World, all: number): number {
  return (all * world.mine.length) / world.users;
}

/** Joins a room and notes how long that took. */
export async function joinRoom(world: World, user: User, room: number): Promise<void> {
  const { clock } = world.env;
  const begun = clock.monotonic();
  await user.join(world.room(room));
  world.recorder.span('join', clock.monotonic() - begun);
}

/** When a run is stopped, whatever was going on fails: that is nobody's fault. */
function failed(world: World, error: unknown): void {
  if (!world.stopped.aborted) world.recorder.failed(error);
}
