import type { Env, Millis } from '@meerkat-chat/xmpp';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { Coordinator, type Outcome } from '../fleet/coordinator.js';
import { shares } from '../fleet/protocol.js';
import { Worker } from '../fleet/worker.js';
import { valuesOf } from '../scenario.js';
import { scenarioOf } from '../scenarios/index.js';
import type { Target } from '../target.js';
import { FakeServer, type FakeServerOptions } from './fake-server.js';

/** How much time passes at once. */
const STEP: Millis = 5;

/** A server that nobody connects to. */
export const NOWHERE: Target = {
  url: 'ws://localhost/',
  domain: 'localhost',
  credentials: { kind: 'guest' },
  sasl2: false,
  streamManagement: false,
};

/** Lets everything run that waits for nothing but its turn. */
export async function turn(): Promise<void> {
  for (let turns = 0; turns < 3; turns++) await new Promise((resolve) => setImmediate(resolve));
}

/** Lets time pass until something is done. @returns what has come of it @throws whatever it threw */
export async function whileTimePasses<T>(clock: FakeClock, work: Promise<T>): Promise<T> {
  let over = false;
  const end = (): void => {
    over = true;
  };
  work.then(end, end);
  for (;;) {
    await turn();
    if (over) return work;
    clock.advance(STEP);
  }
}

/** A load in memory. */
export interface PlayOptions extends Omit<FakeServerOptions, 'env'> {
  readonly users: number;
  readonly values?: Readonly<Record<string, number | string>>;
  readonly target?: Partial<Target>;
  /** How many "processes" share the users. Default 1. */
  readonly processes?: number;
  readonly ramp?: number;
  readonly signal?: AbortSignal;
  /** Hears of the server and the clock before the run begins. */
  readonly begin?: (server: FakeServer, clock: FakeClock) => void;
}

/** Runs a scenario as it is run on a server, on a fake one and by a fake clock. */
export async function play(name: string, options: PlayOptions): Promise<Outcome & { server: FakeServer }> {
  const clock = new FakeClock();
  const env: Env = { clock, random: new SeededRandom(1) };
  const server = new FakeServer({ ...options, env });
  const scenario = scenarioOf(name);
  const orders = shares(options.users, options.processes ?? 1).map(([from, to]) => ({
    scenario: name,
    values: valuesOf(scenario, options.values ?? {}),
    target: { ...NOWHERE, ...options.target },
    run: 'run',
    users: options.users,
    from,
    to,
    ramp: options.ramp ?? 10,
    sources: { count: 1, net: 0 },
    together: options.users,
    epoch: clock.monotonic(),
  }));
  const own = { cpuSeconds: 0, look: () => ({ cpuSeconds: 0, lagP99: 0 }) };
  const coordinator = new Coordinator({
    orders,
    start: (heard) => {
      const worker = new Worker(env, own, heard, () => server.connect);
      return { send: (message) => worker.hear(message), kill: () => worker.hear({ kind: 'stop' }) };
    },
    headStart: 100,
    probe: undefined,
    env,
    progress: () => {},
    signal: options.signal,
    longest: 3_600_000,
  });
  options.begin?.(server, clock);
  return { ...(await whileTimePasses(clock, coordinator.run())), server };
}
