import type { Env, Millis, Off } from '@meerkat-chat/xmpp';
import type { Findings } from '../measure/recorder.js';
import type { ServerProbe, ServerUse } from '../measure/server-probe.js';
import type { OnProgress } from '../progress.js';
import type { PhaseReport, Sample } from '../report.js';
import { type Merged, mergeFindings, Timeline } from './merge.js';
import type { FromWorker, Order, StartWorker, WorkerHandle, WorkerUse } from './protocol.js';

const SECOND = 1000;
/** How long processes have to end after they were told to stop. */
const STOP_TIMEOUT = 8000;

/** What a coordinator works with. */
export interface CoordinatorOptions {
  readonly orders: readonly Order[];
  readonly start: StartWorker;
  /** From when all have arrived until the next phase begins: every process must have heard of it by then. */
  readonly headStart: Millis;
  readonly probe: ServerProbe | undefined;
  readonly env: Env;
  readonly progress: OnProgress;
  readonly signal: AbortSignal | undefined;
  /** The whole run is stopped after that. */
  readonly longest: Millis;
}

/** A phase with what only the coordinator can tell. */
export interface CoordinatedPhase extends PhaseReport {
  readonly generatorCpuOfAll: number;
  /** What each server took, where several are measured. */
  readonly serverEach: readonly ServerUse[] | undefined;
}

/** How a run went, over all processes. */
export interface Outcome extends Merged {
  readonly phases: readonly CoordinatedPhase[];
  readonly timeline: readonly Sample[];
  readonly interrupted: boolean;
  /** Before the first connection. */
  readonly serverBefore: ServerUse | undefined;
}

interface OpenPhase {
  readonly name: string;
  readonly measured: boolean;
  readonly at: Millis;
  readonly server: ServerUse | undefined;
  readonly uses: readonly (WorkerUse | undefined)[];
}

/** Runs the processes of one load: lets them meet between phases, and adds up what they found. */
export class Coordinator {
  readonly #options: CoordinatorOptions;
  readonly #env: Env;
  readonly #epoch: Millis;
  readonly #timeline = new Timeline();
  readonly #phases: CoordinatedPhase[] = [];
  readonly #findings: (Findings | undefined)[];
  readonly #uses: (WorkerUse | undefined)[];
  #workers: readonly WorkerHandle[] = [];
  #arrived = new Set<number>();
  #open: OpenPhase | undefined;
  #interrupted = false;
  /** Set while processes that were told to end are waited for. */
  #offStop: Off = () => {};
  #settle: { resolve(): void; reject(error: Error): void } = { resolve() {}, reject() {} };

  constructor(options: CoordinatorOptions) {
    this.#options = options;
    this.#env = options.env;
    this.#epoch = options.orders[0]?.epoch ?? options.env.clock.monotonic();
    this.#findings = options.orders.map(() => undefined);
    this.#uses = options.orders.map(() => undefined);
  }

  /** @throws Error when a process fails */
  async run(): Promise<Outcome> {
    const { env, longest, orders, probe, progress, signal, start } = this.#options;
    const serverBefore = await probe?.();
    if (serverBefore) this.#timeline.server(this.#now(), serverBefore);
    const stop = (): void => this.#stop();
    // What is answered after that tells of a server from which everybody departs.
    let over = false;
    const offs = [
      env.clock.after(longest, stop),
      env.clock.every(SECOND, () => {
        void probe?.().then((use) => use && !over && this.#timeline.server(this.#now(), use));
        // The samples of a second come just after it is over.
        const sample = this.#timeline.sample(Math.floor(this.#now()) - 2);
        if (this.#open) progress({ kind: 'sample', phase: this.#open.name, sample });
      }),
    ];
    signal?.addEventListener('abort', stop, { once: true });
    try {
      await new Promise<void>((resolve, reject) => {
        this.#settle = { resolve, reject };
        this.#workers = orders.map((_, index) => start((message) => this.#hear(index, message), index));
        for (const [index, order] of orders.entries()) this.#workers[index]?.send({ kind: 'start', order });
        if (signal?.aborted) stop();
      });
      over = true;
      this.#close(await probe?.());
    } finally {
      for (const off of [...offs, this.#offStop]) off();
      signal?.removeEventListener('abort', stop);
      for (const worker of this.#workers) worker.kill();
    }
    return {
      ...mergeFindings(this.#findings.filter((findings) => findings !== undefined)),
      phases: this.#phases,
      timeline: this.#timeline.samples(),
      interrupted: this.#interrupted,
      serverBefore,
    };
  }

  #hear(index: number, message: FromWorker): void {
    switch (message.kind) {
      case 'sample':
        this.#timeline.add(message.second, index, message.interval, message.cpu);
        return;
      case 'arrived':
        this.#uses[index] = message.use;
        this.#arrived.add(index);
        if (this.#arrived.size < this.#workers.length) return;
        this.#arrived = new Set();
        void this.#next(message.phase, message.measured);
        return;
      case 'done':
        this.#uses[index] = message.use;
        this.#findings[index] = message.findings;
        if (this.#findings.every((findings) => findings !== undefined)) this.#settle.resolve();
        return;
      case 'failed':
        this.#settle.reject(new Error(message.message));
        return;
    }
  }

  async #next(name: string, measured: boolean): Promise<void> {
    const server = await this.#options.probe?.();
    this.#close(server);
    const at = this.#env.clock.monotonic() + this.#options.headStart;
    this.#open = { name, measured, at, server, uses: [...this.#uses] };
    this.#options.progress({ kind: 'phase', name });
    for (const worker of this.#workers) worker.send({ kind: 'go', at });
  }

  /** Ends the phase that is open. */
  #close(server: ServerUse | undefined): void {
    const open = this.#open;
    if (!open) return;
    this.#open = undefined;
    const seconds = Math.max(0.001, (this.#env.clock.monotonic() - open.at) / SECOND);
    const shares = this.#uses.map(
      (use, index) => ((use?.cpuSeconds ?? 0) - (open.uses[index]?.cpuSeconds ?? 0)) / seconds,
    );
    const delivered = (uses: readonly (WorkerUse | undefined)[]): number =>
      uses.reduce((sum, use) => sum + (use?.delivered ?? 0), 0);
    this.#phases.push({
      name: open.name,
      measured: open.measured,
      startSecond: (open.at - this.#epoch) / SECOND,
      seconds,
      delivered: delivered(this.#uses) - delivered(open.uses),
      serverCpuSeconds: server && open.server ? server.cpuSeconds - open.server.cpuSeconds : undefined,
      serverResidentBytes: server?.residentBytes,
      serverEach: server?.each?.map(({ cpuSeconds, residentBytes }, index) => ({
        cpuSeconds: cpuSeconds - (open.server?.each?.[index]?.cpuSeconds ?? 0),
        residentBytes,
      })),
      generatorCpu: Math.max(0, ...shares),
      generatorCpuOfAll: shares.reduce((sum, share) => sum + share, 0),
      lagP99: Math.max(0, ...this.#uses.map((use) => use?.lagP99 ?? 0)),
    });
  }

  #stop(): void {
    if (this.#interrupted) return;
    this.#interrupted = true;
    for (const worker of this.#workers) worker.send({ kind: 'stop' });
    this.#offStop = this.#env.clock.after(STOP_TIMEOUT, () => this.#settle.resolve());
  }

  /** Seconds since the start. */
  #now(): number {
    return (this.#env.clock.monotonic() - this.#epoch) / SECOND;
  }
}
