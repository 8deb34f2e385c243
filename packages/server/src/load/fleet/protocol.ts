import type { Millis } from '@meerkat-chat/xmpp';
import type { Sources } from '../clients/connect.js';
import type { Findings, Interval } from '../measure/recorder.js';
import type { Target } from '../target.js';

/** What one generator process is to do. */
export interface Order {
  readonly scenario: string;
  readonly values: Readonly<Record<string, number | string>>;
  readonly target: Target;
  readonly run: string;
  readonly users: number;
  /** This process's users: from the first, up to and without the last. */
  readonly from: number;
  readonly to: number;
  readonly ramp: number;
  readonly sources: Sources;
  /** How many neighbouring users are to be on the same server, where there are several. */
  readonly together: number;
  /** When the run began; seconds are counted from here. */
  readonly epoch: Millis;
}

/** What a process has used so far. */
export interface WorkerUse {
  readonly cpuSeconds: number;
  readonly lagP99: number;
  readonly delivered: number;
}

/** What the coordinator says to a process. */
export type ToWorker =
  | { readonly kind: 'start'; readonly order: Order }
  /** Everybody has arrived: the phase begins at that time. */
  | { readonly kind: 'go'; readonly at: Millis }
  | { readonly kind: 'stop' };

/** What a process says to the coordinator. */
export type FromWorker =
  | {
      readonly kind: 'arrived';
      readonly phase: string;
      readonly measured: boolean;
      readonly use: WorkerUse;
    }
  | { readonly kind: 'sample'; readonly second: number; readonly interval: Interval; readonly cpu: number }
  | { readonly kind: 'done'; readonly findings: Findings; readonly use: WorkerUse }
  | { readonly kind: 'failed'; readonly message: string };

/** One process, as the coordinator sees it. */
export interface WorkerHandle {
  send(message: ToWorker): void;
  /** Ends it at once. */
  kill(): void;
}

/**
 * Starts a process; `heard` hears what it says, and that it `failed` when it ends before it was done.
 * @param index which one of the run, from 0
 */
export type StartWorker = (heard: (message: FromWorker) => void, index: number) => WorkerHandle;

/** Shares users out: neighbours, each share beginning at an even number. */
export function shares(users: number, processes: number): readonly (readonly [number, number])[] {
  const pairs = Math.ceil(users / 2);
  const count = Math.max(1, Math.min(processes, pairs));
  return Array.from({ length: count }, (_, index) => [
    Math.floor((pairs * index) / count) * 2,
    Math.min(users, Math.floor((pairs * (index + 1)) / count) * 2),
  ]);
}
