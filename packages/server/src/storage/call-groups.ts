import type { Clock, Millis, Off } from '@meerkat-chat/xmpp';

/** What follows on the answers of one group happens in one turn of the event loop: nobody else is heard meanwhile. */
const GROUP = 64;

interface Call<In, Out> {
  readonly input: In;
  readonly fulfil: (output: Out) => void;
  readonly reject: (why: unknown) => void;
}

/** How calls become groups. */
export interface CallGroupsOptions {
  /** Calls in one group. Default 64. */
  readonly most?: number;
  /**
   * The least time from the beginning of a run to that of the next, unless a whole group waits for it: for runs that cost
   * much the same whatever is in them, such as commits. None by default, nor for 0.
   */
  readonly pace?: { readonly clock: Clock; readonly interval: Millis };
}

/**
 * Makes one run of many calls: those that come in the same turn, or while a run is under way, make up the next. So the
 * number of statements and commits depends on the disk, and not on how many sign in at once. What comes after a pause is
 * run at once, also where there is a pace.
 */
export class CallGroups<In, Out> {
  readonly #run: (inputs: readonly In[]) => Promise<readonly Out[]>;
  readonly #most: number;
  #pace: CallGroupsOptions['pace'];
  #waiting: Call<In, Out>[] = [];
  /** Fulfils when the runs that follow each other have ended; undefined while there is none. */
  #working: Promise<void> | undefined;
  /** Undoes the timer until whose end only a whole group is run. */
  #pause: Off | undefined;

  /** @param run answers the inputs of a group, in their order; when it rejects, all calls of the group do */
  constructor(
    run: (inputs: readonly In[]) => Promise<readonly Out[]>,
    { most = GROUP, pace }: CallGroupsOptions = {},
  ) {
    this.#run = run;
    this.#most = most;
    this.#pace = pace;
  }

  /** Fulfils with the answer to this input. First come, first in a group. */
  call(input: In): Promise<Out> {
    return new Promise((fulfil, reject) => {
      this.#waiting.push({ input, fulfil, reject });
      this.#begin();
    });
  }

  /** Runs what waits at once, and what is called from now on without a pace; fulfils when all has its answer. */
  async close(): Promise<void> {
    this.#pace = undefined;
    this.#endPause();
    await this.#working;
  }

  #begin(): void {
    if (this.#due) this.#working ??= this.#work();
  }

  get #due(): boolean {
    return this.#waiting.length >= (this.#pause ? this.#most : 1);
  }

  async #work(): Promise<void> {
    // What comes in the same turn belongs to the same group.
    await Promise.resolve();
    while (this.#due) {
      const group = this.#waiting.slice(0, this.#most);
      this.#waiting = this.#waiting.slice(group.length);
      this.#startPause();
      try {
        const outputs = await this.#run(group.map(({ input }) => input));
        for (const [at, { fulfil, reject }] of group.entries()) {
          if (at < outputs.length) fulfil(outputs[at] as Out);
          else reject(new Error('a call of a group was not answered'));
        }
      } catch (why) {
        for (const { reject } of group) reject(why);
      }
    }
    this.#working = undefined;
  }

  #startPause(): void {
    if (!this.#pace || this.#pace.interval === 0) return;
    this.#pause ??= this.#pace.clock.after(this.#pace.interval, () => this.#endPause());
  }

  #endPause(): void {
    this.#pause?.();
    this.#pause = undefined;
    this.#begin();
  }
}
