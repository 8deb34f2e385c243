import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test } from 'vitest';
import { each, inTurn, paced, shareOf } from './crowd.js';
import { Recorder } from './measure/recorder.js';
import { NOWHERE, play, turn, whileTimePasses } from './testing/play.js';
import type { World } from './world.js';

/** A world without a server. */
function crowd(options: Partial<Pick<World, 'mine' | 'users'>> = {}) {
  const clock = new FakeClock(0);
  const stop = new AbortController();
  const recorder = new Recorder();
  const never = (): never => {
    throw new Error('nobody needs that here');
  };
  const world: World = {
    env: { clock, random: new SeededRandom(1) },
    target: NOWHERE,
    run: 'run',
    users: 10,
    mine: [],
    ramp: 2,
    ...options,
    recorder,
    stopped: stop.signal,
    onNumber: () => {},
    onPresence: () => {},
    onLost: () => false,
    ledger: never,
    room: never,
    user: never,
    phase: never,
    until: (time) =>
      new Promise((resolve) => {
        if (stop.signal.aborted) return resolve();
        stop.signal.addEventListener('abort', () => resolve());
        clock.after(time - clock.monotonic(), resolve);
      }),
  };
  return { clock, recorder, stop, world };
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('each', () => {
  test('so many at the same time, and never more', async () => {
    const { clock, world } = crowd();
    let going = 0;
    let most = 0;
    const done: number[] = [];
    const work = each(world, numbers(7), 3, async (index) => {
      most = Math.max(most, ++going);
      await world.until(clock.monotonic() + 10);
      going--;
      done.push(index);
    });
    await whileTimePasses(clock, work);
    expect(most).toBe(3);
    expect(done).toEqual(numbers(7));
  });

  test('some may fail: 10 and 5 % of them, at the bound and one past it', async () => {
    const failing = (count: number) => {
      const { recorder, world } = crowd();
      const work = each(world, numbers(100), 1, async (index) => {
        if (index < count) throw new Error(`no ${index}`);
      });
      return work.then(() => recorder.failures);
    };
    expect(await failing(15)).toBe(15);
    await expect(failing(16)).rejects.toThrow('no 15');
  });

  test('not all of a few may fail', async () => {
    const { world } = crowd();
    const fail = async (): Promise<void> => {
      throw new Error('no');
    };
    await expect(each(world, [1, 2], 1, fail)).rejects.toThrow('no');
    await expect(each(world, [], 1, fail)).resolves.toBeUndefined();
  });

  test('a run that is stopped begins no more, and what fails then is no failure', async () => {
    const { recorder, stop, world } = crowd();
    const begun: number[] = [];
    await each(world, numbers(50), 1, async (index) => {
      begun.push(index);
      if (index === 2) {
        stop.abort();
        throw new Error('dropped');
      }
    });
    expect(begun).toEqual([0, 1, 2]);
    expect(recorder.failures).toBe(0);
  });
});

describe('paced', () => {
  test('each begins when it is due, whether or not those before are done', async () => {
    const { clock, world } = crowd();
    const begun: number[] = [];
    const work = paced(
      world,
      numbers(4),
      (_, place) => 100 + place * 50,
      async () => {
        begun.push(clock.monotonic());
        await world.until(100_000);
      },
    );
    for (let step = 0; step < 60; step++) {
      await turn();
      clock.advance(5);
    }
    expect(begun).toEqual([100, 150, 200, 250]);
    await whileTimePasses(clock, work);
  });

  test('what goes wrong is a failure of the run, and stops nobody else', async () => {
    const { clock, recorder, world } = crowd();
    let done = 0;
    await whileTimePasses(
      clock,
      paced(
        world,
        numbers(3),
        () => 0,
        async (index) => {
          if (index === 1) throw new Error('no');
          done++;
        },
      ),
    );
    expect([done, recorder.failures]).toEqual([2, 1]);
  });
});

test('in turn, again and again; who is busy is left out, and counted', async () => {
  const { clock, recorder, world } = crowd();
  const turns: [number, number][] = [];
  await whileTimePasses(
    clock,
    inTurn(world, [7, 8], { start: 100, seconds: 1, rate: 10 }, async (index) => {
      turns.push([index, clock.monotonic()]);
      if (index === 8) await world.until(clock.monotonic() + 350);
    }),
  );
  expect(turns.filter(([index]) => index === 7).map(([, at]) => at)).toEqual([100, 300, 500, 700, 900]);
  expect(turns.filter(([index]) => index === 8).map(([, at]) => at)).toEqual([200, 600, 1000]);
  expect(recorder.counted('skipped')).toBe(2);
});

test('a share of what all users do together', () => {
  expect(shareOf(crowd({ users: 10, mine: numbers(4) }).world, 5)).toBe(2);
});

describe('a crowd that signs in', () => {
  test('few who are refused are failures, and the others go on', async () => {
    const { counters, failures, messages } = await play('one-room', {
      users: 20,
      values: { rate: 5, seconds: 2 },
      refuses: (user) => user === 3 || user === 11,
    });
    expect(failures.count).toBe(2);
    expect(failures.examples[0]).toContain('not-authorized');
    // Who is not there is owed nothing; that the fourth user wrote nothing is missed by the 18 others.
    expect(messages).toMatchObject({ sent: 9, expected: 10 * 18, delivered: 9 * 18, lost: 18 });
    expect(counters.unsent).toBe(1);
  });

  test('a run that nobody can sign in to fails', async () => {
    await expect(play('idle', { users: 4, refuses: () => true })).rejects.toThrow('not-authorized');
  });

  test('whose sessions are gone comes back as somebody new', async () => {
    const { broken, counters } = await play('reconnect-storm', {
      users: 4,
      values: { roomSize: 4, rate: 10, seconds: 4, away: 1 },
      resumes: false,
    });
    expect(counters).toMatchObject({ refused: 3 });
    expect(broken).toEqual(['resumptions were refused']);
  });

  test('a connection that is lost is a failure', async () => {
    const { failures } = await play('idle', {
      users: 4,
      values: { seconds: 3 },
      begin: (server, clock) => {
        clock.after(1500, () => server.cut(2, 'the network is down'));
      },
    });
    expect(failures).toEqual({ count: 1, examples: ['the network is down'] });
  });
});
