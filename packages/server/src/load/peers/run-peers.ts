import type { Env } from '@meerkat-chat/xmpp';
import type { Measure, PeerFigures, PeerWork } from './measure.js';
import type { Peer, PeerPresence } from './peer.js';
import { GENERATOR_CPU, pinSelf, SERVER_CPU } from './pinning.js';

export interface PeersOptions {
  /** In the order of their turns. */
  readonly peers: readonly Peer[];
  /** One load after the other; of each, all rounds. */
  readonly works: readonly PeerWork[];
  /** How often every server has its turn. */
  readonly rounds: number;
  readonly presence: PeerPresence;
  /** The server alone on one core and the generator on another; needs taskset(1) and two cores. */
  readonly pin: boolean;
  readonly measure: Measure;
}

/** One turn of one server: what it did, or why there are no figures. */
export interface Trial {
  readonly server: string;
  readonly work: PeerWork;
  /** From 1. */
  readonly round: number;
  readonly outcome:
    | { readonly done: true; readonly figures: PeerFigures }
    | { readonly done: false; readonly error: string };
}

export interface PeersResult {
  /** Those that were here, in the order of their turns. */
  readonly servers: readonly { readonly name: string; readonly version: string }[];
  /** Those that were not. */
  readonly absent: readonly string[];
  readonly trials: readonly Trial[];
}

/** Tells which of the peers are installed. */
export async function installedPeers(peers: readonly Peer[]): Promise<{
  readonly present: readonly { readonly peer: Peer; readonly version: string }[];
  readonly absent: readonly string[];
}> {
  const present: { peer: Peer; version: string }[] = [];
  const absent: string[] = [];
  for (const peer of peers) {
    const version = await peer.version();
    if (version === undefined) absent.push(peer.name);
    else present.push({ peer, version });
  }
  return { present, absent };
}

/**
 * Loads one server after the other, each started afresh for its turn and alone while it lasts: A B C A B C. A turn
 * that fails is told and the others go on.
 */
export async function runPeers(
  options: PeersOptions,
  env: Env,
  say: (line: string) => void,
): Promise<PeersResult> {
  const { present, absent } = await installedPeers(options.peers);
  const trials: Trial[] = [];
  const unpin = options.pin ? await pinSelf(GENERATOR_CPU) : undefined;
  try {
    for (const work of options.works) {
      for (let round = 1; round <= options.rounds; round++) {
        for (const { peer } of present) {
          const title = `${peer.name}, ${work.users} users, round ${round} of ${options.rounds}`;
          const tell = (line: string): void => say(`${title}: ${line}`);
          tell('starting');
          const outcome = await turn(peer, work, options, env, tell);
          tell(outcome.done ? `${outcome.figures.delivered} deliveries` : `failed: ${outcome.error}`);
          trials.push({ server: peer.name, work, round, outcome });
        }
      }
    }
  } finally {
    await unpin?.();
  }
  return { servers: present.map(({ peer, version }) => ({ name: peer.name, version })), absent, trials };
}

async function turn(
  peer: Peer,
  work: PeerWork,
  { pin, presence, measure }: PeersOptions,
  env: Env,
  say: (line: string) => void,
): Promise<Trial['outcome']> {
  try {
    const server = await peer.start({ presence, cpu: pin ? SERVER_CPU : undefined }, env);
    try {
      return { done: true, figures: await measure(server, work, env, say) };
    } finally {
      await server.stop();
    }
  } catch (error) {
    return { done: false, error: error instanceof Error ? error.message : String(error) };
  }
}
