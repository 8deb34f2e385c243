/** What follows on the answers of one group happens in one turn of the event loop: nobody else is heard meanwhile. */
const GROUP = 64;

interface Call<In, Out> {
  readonly input: In;
  readonly fulfil: (output: Out) => void;
  readonly reject: (why: unknown) => void;
}

/**
 * Makes one run of many calls: those that come in the same turn, or while a run is under way, make up the next. So the
 * number of statements and commits depends on the disk, and not on how many sign in at once.
 */
export class CallGroups<In, Out> {
  readonly #run: (inputs: readonly In[]) => Promise<readonly Out[]>;
  readonly #most: number;
  #waiting: Call<In, Out>[] = [];
  #busy = false;

  /**
   * @param run answers the inputs of a group, in their order; when it rejects, all calls of the group do
   * @param most calls in one group. Default 64
   */
  constructor(run: (inputs: readonly In[]) => Promise<readonly Out[]>, most = GROUP) {
    this.#run = run;
    this.#most = most;
  }

  /** Fulfils with the answer to this input. First come, first in a group. */
  call(input: In): Promise<Out> {
    return new Promise((fulfil, reject) => {
      this.#waiting.push({ input, fulfil, reject });
      if (!this.#busy) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#busy = true;
    // What comes in the same turn belongs to the same group.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#waiting.slice(0, this.#most);
      this.#waiting = this.#waiting.slice(group.length);
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
    this.#busy = false;
  }
}
