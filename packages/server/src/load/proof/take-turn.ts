import { readFile } from 'node:fs/promises';
import type { Env } from '@meerkat-chat/xmpp';
import { startMeerkat } from '../peers/meerkat.js';
import type { Peer, RunningPeer } from '../peers/peer.js';
import { runScenario } from '../run.js';
import { type Figures, figuresOf } from './figures.js';
import type { Variant } from './row.js';
import { credentialsOf } from './site.js';

/** How long a server has to let go of memory before it is looked at. */
const SETTLE = 2000;

/** What a turn needs to know of this machine. */
export interface Bench {
  /** The file of the command `meerkat`. */
  readonly main: string;
  /** A module that makes our server collect its garbage when it gets SIGUSR2; undefined where there is none. */
  readonly collector: string | undefined;
  /** Other servers that are installed. */
  readonly peers: readonly Peer[];
  /** The one core of the server; any when undefined. The generator is then on another one. */
  readonly cpu: number | undefined;
  readonly env: Env;
}

/** One turn: a server started afresh, loaded, and stopped. @throws Error when it could not be done, or took too long */
export type TakeTurn = (variant: Variant, say: (line: string) => void) => Promise<Figures>;

/** Takes turns on this machine. */
export function turnsOn(bench: Bench): TakeTurn {
  return async (variant, say) => {
    say('starting');
    const server = await start(variant, bench);
    try {
      return await load(server, variant, bench, say);
    } finally {
      await server.stop();
    }
  };
}

async function start(variant: Variant, { collector, cpu, env, main, peers }: Bench): Promise<RunningPeer> {
  if (variant.server === 'meerkat') {
    if (variant.collects && collector === undefined) throw new Error('there is no module that collects');
    const nodeArguments =
      variant.collects && collector !== undefined ? ['--expose-gc', '--require', collector] : [];
    return startMeerkat({ main, cpu, settings: variant.settings, nodeArguments }, env);
  }
  const peer = peers.find(({ name }) => name === variant.server);
  if (!peer) throw new Error(`${variant.server} is not installed`);
  return peer.start({ presence: 'own', cpu }, env);
}

async function load(
  { boshUrl, domain, pid, url }: RunningPeer,
  variant: Variant,
  { cpu, env }: Bench,
  say: (line: string) => void,
): Promise<Figures> {
  const { collects, late, mostSeconds, scenario, signIn, streamManagement, transport, users, values } =
    variant;
  const collect = (): void => {
    if (collects) process.kill(pid, 'SIGUSR2');
  };
  const tooLong = new AbortController();
  const off = env.clock.after(mostSeconds * 1000, () => tooLong.abort());
  try {
    collect();
    if (collects) await passed(env, SETTLE);
    const target = {
      url: transport === 'bosh' ? boshUrl : url,
      domain,
      credentials: credentialsOf(signIn),
      sasl2: false,
      streamManagement,
    } as const;
    const report = await runScenario(
      scenario,
      { target, users, values, pid, signal: tooLong.signal },
      env,
      (progress) => {
        if (progress.kind !== 'phase') return;
        say(progress.name);
        // The name of the work that is measured, in the only scenario that leaves memory in peace.
        if (progress.name === 'idle') collect();
      },
    );
    return figuresOf(report, await peakOf(pid), { oneCore: cpu !== undefined, late });
  } finally {
    off();
  }
}

function passed(env: Env, millis: number): Promise<void> {
  return new Promise((resolve) => {
    env.clock.after(millis, resolve);
  });
}

/** The most memory that a process ever had, in bytes; undefined where the system does not tell (Linux does). */
async function peakOf(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}
