import { type Env, escapeAttr, NS, randomId } from '@meerkat-chat/xmpp';
import { LoadClient } from './load-client.js';
import { processUse } from './process-cpu.js';
import { Tally, type TallyResult } from './tally.js';

/** How many sign in at the same time while the room is filled. */
const RAMP = 25;
/** How long after the last message stragglers are waited for. */
const DRAIN = 10_000;
/** How often the sender looks what is due. */
const TICK = 10;

export interface OneRoomOptions {
  /** `ws://HOST:PORT/xmpp-websocket` */
  readonly url: string;
  readonly domain: string;
  /** The room's address; a new one by default. */
  readonly room?: string;
  readonly users: number;
  /** Messages per second into the room, taking turns among the users. */
  readonly rate: number;
  readonly seconds: number;
  /** Length of a body, in characters. */
  readonly bodyLength: number;
  /** Process id of a server on this machine, to measure its CPU and memory. */
  readonly pid?: number;
}

export interface OneRoomReport extends TallyResult {
  readonly users: number;
  readonly rate: number;
  readonly seconds: number;
  /** From the first connection until everybody was in the room. */
  readonly joinSeconds: number;
  /** Share of one core that the server took while messages flowed; undefined without `pid`. */
  readonly serverCpu: number | undefined;
  readonly serverResidentBytes: number | undefined;
  /** Share of one core that this generator took: near 1, it was the limit and not the server. */
  readonly generatorCpu: number;
  /** Users whose connection failed on the way. */
  readonly failures: number;
}

/**
 * Everybody in one room, messages at a fixed rate in an open loop: they fall due by the clock, so that a slow server
 * shows as latency and cannot slow the sender down.
 */
export async function oneRoom(
  options: OneRoomOptions,
  env: Env,
  progress: (line: string) => void,
): Promise<OneRoomReport> {
  const run = randomId(env.random, 8);
  const room = options.room ?? `load-${run}@rooms.${options.domain}`;
  const started = env.clock.monotonic();
  const clients = await fill(room, options, env, progress);
  const joinSeconds = (env.clock.monotonic() - started) / 1000;
  try {
    const messages = Math.round(options.rate * options.seconds);
    const tally = new Tally(clients.length, clients.length, messages);
    const pattern = new RegExp(`${run}-(\\d+) `);
    for (const [index, client] of clients.entries()) {
      client.onFrame((frame) => {
        if (!frame.startsWith('<message')) return;
        const number = pattern.exec(frame)?.[1];
        if (number !== undefined) tally.received(index, Number(number), env.clock.monotonic());
      });
    }
    const use = options.pid === undefined ? undefined : await processUse(options.pid);
    const ownCpu = process.cpuUsage();
    const begun = env.clock.monotonic();
    await send(clients, tally, { ...options, room, run, messages }, env, progress);
    const span = (env.clock.monotonic() - begun) / 1000;
    const own = process.cpuUsage(ownCpu);
    const useNow = options.pid === undefined ? undefined : await processUse(options.pid);
    await drained(tally, env);
    return {
      ...tally.result(),
      users: clients.length,
      rate: options.rate,
      seconds: options.seconds,
      joinSeconds,
      serverCpu: use && useNow && (useNow.cpuSeconds - use.cpuSeconds) / span,
      serverResidentBytes: useNow?.residentBytes,
      generatorCpu: (own.user + own.system) / 1e6 / span,
      failures: clients.filter((client) => client.failure).length,
    };
  } finally {
    for (const client of clients) client.close();
  }
}

async function fill(
  room: string,
  options: OneRoomOptions,
  env: Env,
  progress: (line: string) => void,
): Promise<LoadClient[]> {
  const clients: LoadClient[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < options.users; index = next++) {
      const client = await LoadClient.signIn(options.url, options.domain, env);
      clients.push(client);
      await client.join(room, `user-${index}`);
      if (clients.length % 100 === 0) progress(`${clients.length} of ${options.users} users are in the room`);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(RAMP, options.users) }, worker));
  } catch (error) {
    for (const client of clients) client.close();
    throw error;
  }
  return clients;
}

function send(
  clients: readonly LoadClient[],
  tally: Tally,
  work: OneRoomOptions & { readonly room: string; readonly run: string; readonly messages: number },
  env: Env,
  progress: (line: string) => void,
): Promise<void> {
  const interval = 1000 / work.rate;
  const begun = env.clock.monotonic();
  const padding = 'x'.repeat(work.bodyLength);
  let next = 0;
  return new Promise((resolve) => {
    const off = env.clock.every(TICK, () => {
      const now = env.clock.monotonic();
      for (; next < work.messages && begun + next * interval <= now; next++) {
        tally.sent(next, begun + next * interval);
        const body = `${work.run}-${next} ${padding}`.slice(
          0,
          Math.max(work.bodyLength, work.run.length + 12),
        );
        clients[next % clients.length]?.send(
          `<message xmlns="${NS.client}" to="${escapeAttr(work.room)}" type="groupchat" id="${next}"><body>${body}</body></message>`,
        );
        if ((next + 1) % Math.ceil(work.rate * 5) === 0) {
          progress(`${next + 1} of ${work.messages} messages sent, ${tally.delivered} deliveries`);
        }
      }
      if (next < work.messages) return;
      off();
      resolve();
    });
  });
}

function drained(tally: Tally, env: Env): Promise<void> {
  const end = env.clock.monotonic() + DRAIN;
  return new Promise((resolve) => {
    const off = env.clock.every(TICK, () => {
      if (!tally.complete && env.clock.monotonic() < end) return;
      off();
      resolve();
    });
  });
}
