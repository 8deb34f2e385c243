import type { Env, Millis } from '@meerkat-chat/xmpp';
import type { Machine } from '../report.js';
import { dialWorkers } from './network/dial.js';
import type { RemoteWorker } from './network/remote-worker.js';
import { type StartWorker, shares } from './protocol.js';
import { startChild, startInProcess } from './start-worker.js';

/** Sockets of one generator process, where nothing else is asked for: systems let a process have some 20,000. */
const USERS_PER_PROCESS = 8000;
/** What a word from the coordinator to every process takes at most, on one machine and between machines. */
const HEAD_START: Millis = 100;
const HEAD_START_REMOTE: Millis = 500;

/** Workers on other machines (`meerkat load worker`). */
export interface RemoteWorkers {
  /** `HOST:PORT` of each. */
  readonly addresses: readonly string[];
  readonly token: string;
  /** Of this program: a worker must be of the same. */
  readonly version: string;
}

/** The processes of one run, not yet started. */
export interface Fleet {
  /** The users of each: from the first, up to and without the last. */
  readonly parts: readonly (readonly [number, number])[];
  readonly start: StartWorker;
  readonly headStart: Millis;
  /** The other machines, as far as they are known by now; empty when all run on this one. */
  machines(): readonly Machine[];
}

/** What a fleet is gathered for. */
export interface FleetOptions {
  readonly users: number;
  readonly run: string;
  /** How many processes, or as many as it takes. */
  readonly processes: number | undefined;
  readonly workers: RemoteWorkers | undefined;
}

/** Decides on the processes of a run, and connects to other machines. @throws Error when one of those cannot be used */
export async function gatherFleet(options: FleetOptions, env: Env): Promise<Fleet> {
  const { run, users, workers } = options;
  const needed = options.processes ?? Math.ceil(users / USERS_PER_PROCESS);
  if (!workers) {
    const parts = shares(users, needed);
    const start = parts.length === 1 ? startInProcess(env) : startChild;
    return { parts, start, headStart: HEAD_START, machines: () => [] };
  }
  const parts = shares(users, processesOn(workers.addresses.length, needed));
  const addresses = parts.map((_, index) => workers.addresses[index % workers.addresses.length] ?? '');
  const remote = await dialWorkers({ ...workers, addresses, run, env });
  return {
    parts,
    start: (heard, index) => {
      const worker = remote[index];
      if (!worker) throw new RangeError(`there is no worker ${index}`);
      return worker.attach(heard);
    },
    headStart: HEAD_START_REMOTE,
    machines: () => machinesOf(remote),
  };
}

/** As many processes on each machine as on any other. */
export function processesOn(machines: number, processes: number): number {
  return Math.ceil(processes / machines) * machines;
}

/** What is known of the clocks of a run's processes, by machine: the worst counts. */
export function machinesOf(workers: readonly Pick<RemoteWorker, 'clock'>[]): readonly Machine[] {
  const machines = new Map<string, Machine>();
  for (const { clock } of workers) {
    const error = clock.uncertainty + clock.drift;
    const known = machines.get(clock.address);
    const worst = !known || error > known.clockError;
    machines.set(clock.address, {
      address: clock.address,
      processes: (known?.processes ?? 0) + 1,
      clockOffset: worst ? clock.offset : known.clockOffset,
      clockError: worst ? error : known.clockError,
    });
  }
  return [...machines.values()];
}
