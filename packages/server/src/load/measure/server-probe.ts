import { readdir, readFile } from 'node:fs/promises';

/** The kernel's clock tick for these figures on every Linux that Node runs on: USER_HZ is 100. */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;
const METRICS_TIMEOUT = 5000;
/** Characters that are shown of what a page says in place of metrics. */
const LINE = 200;

/** What a server has used so far: CPU seconds in user and kernel mode, and resident bytes. */
export interface ServerUse {
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  /** Of each, where this is the sum of several servers. */
  readonly each?: readonly ServerUse[];
}

/** Looks at the server; undefined when it is not there. */
export type ServerProbe = () => Promise<ServerUse | undefined>;

interface Stat extends ServerUse {
  readonly parent: number;
}

/** Reads the text of `/proc/PID/stat` (proc(5)). */
export function parseStat(stat: string): Stat {
  // The second field is the name in parentheses and may hold spaces, so count from the last parenthesis.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return {
    parent: Number(fields[1]),
    cpuSeconds: ticks / TICKS_PER_SECOND,
    residentBytes: Number(fields[21]) * PAGE_BYTES,
  };
}

/** Looks at a process of this machine and all that it has started. Linux only: elsewhere nothing is found. */
export function probeProcess(pid: number): ServerProbe {
  return async () => {
    const stats = new Map<number, Stat>();
    const names = await readdir('/proc').catch(() => []);
    const pids = names.map(Number).filter((number) => Number.isInteger(number) && number > 0);
    await Promise.all(
      pids.map(async (number) => {
        const stat = await readFile(`/proc/${number}/stat`, 'utf8').catch(() => undefined);
        if (stat !== undefined) stats.set(number, parseStat(stat));
      }),
    );
    return sumTree(pid, stats);
  };
}

/** Looks at several servers, and sums them up; undefined when there are none or one of them is gone. */
export function probeAll(probes: readonly ServerProbe[]): ServerProbe {
  return async () => {
    const each = (await Promise.all(probes.map((probe) => probe()))).filter((use) => use !== undefined);
    if (each.length < Math.max(1, probes.length)) return undefined;
    const sum = (of: (use: ServerUse) => number): number => each.reduce((total, use) => total + of(use), 0);
    const all = { cpuSeconds: sum((use) => use.cpuSeconds), residentBytes: sum((use) => use.residentBytes) };
    return each.length === 1 ? all : { ...all, each };
  };
}

/** What a process and its descendants use together; undefined when there is no such process. */
export function sumTree(pid: number, stats: ReadonlyMap<number, Stat>): ServerUse | undefined {
  const own = stats.get(pid);
  if (!own) return undefined;
  let { cpuSeconds, residentBytes } = own;
  for (const [child, stat] of stats) {
    if (stat.parent !== pid || child === pid) continue;
    const below = sumTree(child, stats);
    cpuSeconds += below?.cpuSeconds ?? 0;
    residentBytes += below?.residentBytes ?? 0;
  }
  return { cpuSeconds, residentBytes };
}

/** Where a server's metrics are, in Prometheus' text, and the bearer token that opens them where one is needed. */
export interface MetricsSource {
  readonly url: string;
  readonly token?: string | undefined;
}

/** Looks at a server elsewhere by its metrics. */
export function probeMetrics(source: MetricsSource): ServerProbe {
  return async () => {
    try {
      return parseMetrics((await readMetrics(source)).text);
    } catch {
      return undefined;
    }
  };
}

/** Why metrics cannot be read, in one line, before a load relies on them; undefined when they can. */
export async function metricsProblem(source: MetricsSource): Promise<string | undefined> {
  try {
    const { status, text } = await readMetrics(source);
    if (status !== 200) return `${source.url} answers ${status}: ${text.split('\n', 1)[0]?.slice(0, LINE)}`;
    return parseMetrics(text) ? undefined : `${source.url} tells neither CPU nor memory of a process`;
  } catch (error) {
    return `${source.url} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function readMetrics({ token, url }: MetricsSource): Promise<{ status: number; text: string }> {
  const answer = await fetch(url, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(METRICS_TIMEOUT),
  });
  return { status: answer.status, text: await answer.text() };
}

/** Reads the figures that every Prometheus client library gives of its process; undefined when they are not there. */
export function parseMetrics(text: string): ServerUse | undefined {
  const figure = (name: string): number => {
    let sum = Number.NaN;
    for (const [, value] of text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)`, 'gm'))) {
      sum = (Number.isNaN(sum) ? 0 : sum) + Number(value);
    }
    return sum;
  };
  const cpuSeconds = figure('process_cpu_seconds_total');
  const residentBytes = figure('process_resident_memory_bytes');
  return Number.isFinite(cpuSeconds) && Number.isFinite(residentBytes)
    ? { cpuSeconds, residentBytes }
    : undefined;
}
