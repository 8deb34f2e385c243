import type { PeerFigures, PeerWork } from './measure.js';
import type { PeersResult, Trial } from './run-peers.js';

/** The figures that servers are compared by, and whether more of it is better. */
export const COMPARED = {
  deliveriesPerCpuSecond: 'more',
  p50: 'less',
  p99: 'less',
  residentBytes: 'less',
  joinSeconds: 'less',
} as const satisfies Partial<Record<keyof PeerFigures, 'more' | 'less'>>;

export type Compared = keyof typeof COMPARED;
const NAMES = Object.keys(COMPARED) as readonly Compared[];

export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** All turns of one server at one load. */
export interface PeerRow {
  readonly server: string;
  readonly version: string;
  readonly turns: number;
  /** Turns without figures. */
  readonly failed: number;
  /** Over all turns together: what must not be, however seldom. */
  readonly lost: number;
  readonly doubled: number;
  readonly outOfOrder: number;
  readonly failures: number;
  /** Turns in which the generator was the limit, and not the server. */
  readonly limited: number;
  /** Undefined when every turn failed. */
  readonly spreads: Readonly<Record<Compared, Spread>> | undefined;
}

/** How many times better one server's medians are than another's; below 1 they are worse. */
export interface PeerRatio {
  readonly server: string;
  readonly than: string;
  readonly times: Readonly<Record<Compared, number>>;
}

export interface PeerTable {
  readonly work: PeerWork;
  readonly rows: readonly PeerRow[];
  readonly ratios: readonly PeerRatio[];
}

/**
 * Medians and spreads by load and server, and how the last server compares with the others.
 * @param result of a run; its last server is the one that is compared
 */
export function summarize(result: PeersResult): readonly PeerTable[] {
  const works = [...new Set(result.trials.map((trial) => trial.work))];
  return works.map((work) => {
    const rows = result.servers.map(({ name, version }) =>
      rowOf(
        name,
        version,
        result.trials.filter((trial) => trial.work === work && trial.server === name),
      ),
    );
    const ours = rows.at(-1);
    const ratios = rows.slice(0, -1).flatMap((theirs) => (ours ? ratioOf(ours, theirs) : []));
    return { work, rows, ratios };
  });
}

function rowOf(server: string, version: string, trials: readonly Trial[]): PeerRow {
  const figures = trials.flatMap(({ outcome }) => (outcome.done ? [outcome.figures] : []));
  const sum = (value: (one: PeerFigures) => number): number =>
    figures.reduce((total, one) => total + value(one), 0);
  return {
    server,
    version,
    turns: trials.length,
    failed: trials.length - figures.length,
    lost: sum((one) => one.lost),
    doubled: sum((one) => one.doubled),
    outOfOrder: sum((one) => one.outOfOrder),
    failures: sum((one) => one.failures),
    limited: sum((one) => (one.generatorLimited ? 1 : 0)),
    spreads: figures.length === 0 ? undefined : byName((name) => spreadOf(figures.map((one) => one[name]))),
  };
}

function ratioOf(ours: PeerRow, theirs: PeerRow): readonly PeerRatio[] {
  const [a, b] = [ours.spreads, theirs.spreads];
  if (!a || !b) return [];
  const times = byName((name) =>
    COMPARED[name] === 'more' ? a[name].median / b[name].median : b[name].median / a[name].median,
  );
  return [{ server: ours.server, than: theirs.server, times }];
}

/** @param values at least one */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const [low, high] = [at(Math.floor((sorted.length - 1) / 2)), at(Math.ceil((sorted.length - 1) / 2))];
  return { median: (low + high) / 2, low: at(0), high: at(sorted.length - 1) };
}

function byName<T>(value: (name: Compared) => T): Readonly<Record<Compared, T>> {
  return Object.fromEntries(NAMES.map((name) => [name, value(name)])) as Record<Compared, T>;
}
