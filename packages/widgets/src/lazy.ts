type State<T> =
  | { readonly kind: 'unasked' | 'failed' | 'loading' }
  | { readonly kind: 'here'; readonly value: T };

/** Something that is loaded when it is first needed. What could not be had is asked for again by `retry` and `use`. */
export class Lazy<T> {
  readonly #load: () => Promise<T>;
  readonly #changed: () => void;
  #state: State<T> = { kind: 'unasked' };
  #waiting: ((value: T | undefined) => void)[] = [];

  /** @param changed called when it is there, or could not be had */
  constructor(load: () => Promise<T>, changed: () => void) {
    this.#load = load;
    this.#changed = changed;
  }

  /** Undefined until it is there; the first look loads it. */
  get value(): T | undefined {
    if (this.#state.kind === 'unasked') this.retry();
    return this.#state.kind === 'here' ? this.#state.value : undefined;
  }

  get failed(): boolean {
    return this.#state.kind === 'failed';
  }

  /** Calls with it, at once when it is there; with undefined when it could not be had. */
  use(run: (value: T | undefined) => void): void {
    if (this.#state.kind === 'here') run(this.#state.value);
    else {
      this.#waiting.push(run);
      this.retry();
    }
  }

  /** Loads it, unless it is there or under way. */
  retry(): void {
    if (this.#state.kind === 'here' || this.#state.kind === 'loading') return;
    this.#state = { kind: 'loading' };
    const settle = (state: State<T>): void => {
      this.#state = state;
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const run of waiting) run(this.value);
      this.#changed();
    };
    this.#load().then(
      (value) => settle({ kind: 'here', value }),
      () => settle({ kind: 'failed' }),
    );
  }
}
