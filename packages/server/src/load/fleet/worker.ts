import type { Env, Millis, Off } from '@meerkat-chat/xmpp';
import { type Connect, type ConnectorOptions, connector } from '../clients/connect.js';
import { NumberFinder } from '../clients/frame.js';
import { SaltedPasswords } from '../clients/scram.js';
import { User } from '../clients/user.js';
import { Recorder } from '../measure/recorder.js';
import type { OwnProcess } from '../runtime.js';
import { scenarioOf } from '../scenarios/index.js';
import type { World } from '../world.js';
import type { FromWorker, Order, ToWorker, WorkerUse } from './protocol.js';

const SECOND = 1000;
/** How long a script has to come to its end after it was told to stop. */
const GRACE = 3000;

/** Makes the connections of a process. */
export type MakeConnections = (options: ConnectorOptions, env: Env) => Connect;

/** Plays the users of one process. One object for one run. */
export class Worker {
  readonly #env: Env;
  readonly #own: Pick<OwnProcess, 'cpuSeconds' | 'look'>;
  readonly #say: (message: FromWorker) => void;
  readonly #connections: MakeConnections;
  readonly #stopped = new AbortController();
  readonly #users: User[] = [];
  readonly #waits = new Set<() => void>();
  #go: (at: Millis) => void = () => {};

  constructor(
    env: Env,
    own: Pick<OwnProcess, 'cpuSeconds' | 'look'>,
    say: (message: FromWorker) => void,
    connections: MakeConnections = connector,
  ) {
    this.#env = env;
    this.#own = own;
    this.#say = say;
    this.#connections = connections;
  }

  hear(message: ToWorker): void {
    switch (message.kind) {
      case 'start':
        void this.#run(message.order);
        return;
      case 'go':
        this.#go(message.at);
        return;
      case 'stop':
        this.#stop();
        return;
    }
  }

  async #run(order: Order): Promise<void> {
    const recorder = new Recorder();
    const clock = this.#env.clock;
    let cpuBefore = this.#own.cpuSeconds;
    let lookedAt = clock.monotonic();
    const offSamples = clock.every(SECOND, () => {
      const now = clock.monotonic();
      const cpu = (this.#own.cpuSeconds - cpuBefore) / ((now - lookedAt) / SECOND);
      cpuBefore = this.#own.cpuSeconds;
      lookedAt = now;
      const second = Math.floor((now - order.epoch) / SECOND);
      this.#say({ kind: 'sample', second, interval: recorder.interval(), cpu });
    });
    const grace = this.#grace();
    try {
      const world = this.#world(order, recorder);
      const scenario = scenarioOf(order.scenario);
      await Promise.race([scenario.run(world, order.values), grace.over]);
      this.#say({ kind: 'done', findings: recorder.findings(world.ledger()), use: this.#use(recorder) });
    } catch (error) {
      this.#say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    } finally {
      offSamples();
      this.#stop();
      grace.off();
      for (const user of this.#users) user.close();
    }
  }

  #world(order: Order, recorder: Recorder): World {
    const env = this.#env;
    const { target } = order;
    const spread = { users: order.users, together: order.together };
    const connect = this.#connections({ target, spread, sources: order.sources }, env);
    const salted = new SaltedPasswords();
    const finder = new NumberFinder(order.run);
    const { resumes } = scenarioOf(order.scenario);
    const stopped = this.#stopped.signal;
    const world: World = {
      env,
      target,
      run: order.run,
      users: order.users,
      mine: Array.from({ length: order.to - order.from }, (_, index) => order.from + index),
      ramp: order.ramp,
      recorder,
      stopped,
      onNumber: () => {},
      onPresence: () => {},
      onLost: () => false,
      ledger: () => ({ expected: 0, delivered: 0, doubled: 0, outOfOrder: 0 }),
      room: (number) => `load-${order.run}-${number}@${target.roomsDomain ?? `rooms.${target.domain}`}`,
      user: (index) => {
        const context = { target, env, salted, index, resumes };
        const user = new User(connect, context, finder, {
          numbered: (number) => world.onNumber(index, number),
          presence: () => {
            recorder.count('presences');
            world.onPresence(index);
          },
          lost: (why) => {
            if (!world.onLost(index)) recorder.failed(why);
          },
          connected: (by) => recorder.connected(by),
        });
        this.#users.push(user);
        return user;
      },
      phase: async (phase, options = {}) => {
        const measured = options.measured ?? false;
        const begin = await this.#orStopped<Millis>((resolve) => {
          this.#go = resolve;
          this.#say({ kind: 'arrived', phase, measured, use: this.#use(recorder) });
        });
        if (begin !== undefined) await world.until(begin);
        return begin ?? env.clock.monotonic();
      },
      until: async (time) => {
        const left = time - env.clock.monotonic();
        if (left <= 0) return;
        let off: Off = () => {};
        await this.#orStopped<void>((resolve) => {
          off = env.clock.after(left, resolve);
        });
        off();
      },
    };
    return world;
  }

  #use(recorder: Recorder): WorkerUse {
    return { ...this.#own.look(), delivered: recorder.deliveries };
  }

  #stop(): void {
    this.#stopped.abort();
    for (const end of this.#waits) end();
    this.#waits.clear();
  }

  /** Waits for something that the end of the run cuts short: undefined then. */
  #orStopped<T>(begin: (resolve: (value: T) => void) => void): Promise<T | undefined> {
    return new Promise((resolve) => {
      if (this.#stopped.signal.aborted) return resolve(undefined);
      const end = (): void => resolve(undefined);
      this.#waits.add(end);
      begin((value) => {
        this.#waits.delete(end);
        resolve(value);
      });
    });
  }

  /** What is over a while after the run was told to end, for scripts that hang. */
  #grace(): { readonly over: Promise<void>; off(): void } {
    let off: Off = () => {};
    const over = new Promise<void>((resolve) => {
      this.#stopped.signal.addEventListener(
        'abort',
        () => {
          off = this.#env.clock.after(GRACE, resolve);
        },
        { once: true },
      );
    });
    return { over, off: () => off() };
  }
}
