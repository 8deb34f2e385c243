import type { Env, Millis } from '@meerkat-chat/xmpp';
import { connector } from '../clients/connect.js';
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

/** Plays the users of one process. One object for one run. */
export class Worker {
  readonly #env: Env;
  readonly #own: OwnProcess;
  readonly #say: (message: FromWorker) => void;
  readonly #stopped = new AbortController();
  readonly #users: User[] = [];
  #go: (at: Millis) => void = () => {};

  constructor(env: Env, own: OwnProcess, say: (message: FromWorker) => void) {
    this.#env = env;
    this.#own = own;
    this.#say = say;
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
        this.#stopped.abort();
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
    try {
      const world = this.#world(order, recorder);
      const scenario = scenarioOf(order.scenario);
      await Promise.race([scenario.run(world, order.values), this.#graceAfterStop()]);
      this.#say({ kind: 'done', findings: recorder.findings(world.ledger()), use: this.#use(recorder) });
    } catch (error) {
      this.#say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    } finally {
      offSamples();
      this.#stopped.abort();
      for (const user of this.#users) user.close();
    }
  }

  #world(order: Order, recorder: Recorder): World {
    const { env } = this;
    const { target } = order;
    const connect = connector(target, order.sources, env);
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
      onLost: () => {},
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
            recorder.failed(why);
            world.onLost(index);
          },
          connected: (by) => recorder.connected(by),
        });
        this.#users.push(user);
        return user;
      },
      phase: (phase, options = {}) => {
        if (stopped.aborted) return Promise.resolve(env.clock.monotonic());
        return new Promise((resolve) => {
          const begin = (): void => resolve(env.clock.monotonic());
          stopped.addEventListener('abort', begin, { once: true });
          this.#go = (at) => {
            stopped.removeEventListener('abort', begin);
            void world.until(at).then(() => resolve(at));
          };
          this.#say({
            kind: 'arrived',
            phase,
            measured: options.measured ?? false,
            use: this.#use(recorder),
          });
        });
      },
      until: (time) =>
        new Promise((resolve) => {
          const left = time - env.clock.monotonic();
          if (left <= 0 || stopped.aborted) return resolve();
          const end = (): void => {
            off();
            stopped.removeEventListener('abort', end);
            resolve();
          };
          const off = env.clock.after(left, end);
          stopped.addEventListener('abort', end, { once: true });
        }),
    };
    return world;
  }

  get env(): Env {
    return this.#env;
  }

  #use(recorder: Recorder): WorkerUse {
    return { ...this.#own.look(), delivered: recorder.deliveries };
  }

  #graceAfterStop(): Promise<void> {
    const { signal } = this.#stopped;
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => this.#env.clock.after(GRACE, resolve), { once: true });
    });
  }
}
