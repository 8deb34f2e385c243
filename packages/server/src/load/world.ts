import type { Env, Millis } from '@meerkat-chat/xmpp';
import type { User } from './clients/user.js';
import type { LedgerResult } from './measure/ledger.js';
import type { Recorder } from './measure/recorder.js';
import type { Target } from './target.js';

/** What a scenario's script has: its share of the users, where to meet the other processes, and where to note things. */
export interface World {
  readonly env: Env;
  readonly target: Target;
  /** A word that is new in every run, for names of rooms and bodies of messages. */
  readonly run: string;
  /** How many users there are in all processes. */
  readonly users: number;
  /** The users of this process: neighbours, beginning at an even number, so that pairs are in one process. */
  readonly mine: readonly number[];
  /** How many sign in at the same time in this process. */
  readonly ramp: number;
  readonly recorder: Recorder;
  /** Aborted when the run is to end early: loops then end as soon as they can. */
  readonly stopped: AbortSignal;
  /** Hears of a message of this run that a user received. */
  onNumber: (user: number, number: number) => void;
  /** Hears of a presence that a user received. */
  onPresence: (user: number) => void;
  /** Hears of a connection that was lost, and not because the user dropped it; true when that is no failure. */
  onLost: (user: number) => boolean;
  /** What the users were owed and got. */
  ledger: () => LedgerResult;

  /** The address of a room of this run. */
  room(number: number): string;
  /** A user of this process, not yet connected. */
  user(index: number): User;
  /**
   * Ends the phase before and waits until every process is here.
   * @returns when the phase begins, the same instant everywhere, a moment from now
   */
  phase(name: string, options?: { readonly measured?: boolean }): Promise<Millis>;
  /** Fulfils at that time, or when the run is stopped. */
  until(time: Millis): Promise<void>;
}
