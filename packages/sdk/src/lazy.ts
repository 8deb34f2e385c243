import type { Clock, Off } from '@meerkat-chat/xmpp';

/** The pause between two attempts, in ms. */
const LOAD_AGAIN = 5_000;

/** Loads something, as often as it takes. @param waits gets what ends a pause between two attempts, and so all of it */
export async function insist<T>(
  clock: Clock,
  load: () => Promise<T>,
  waits: (off: Off) => void = () => {},
): Promise<T> {
  for (;;) {
    try {
      return await load();
    } catch {
      await new Promise<void>((resolve) => waits(clock.after(LOAD_AGAIN, resolve)));
    }
  }
}

/** Something that is loaded when it is first needed. What could not be loaded is asked for again the next time. */
export class Lazy<T> {
  readonly #load: () => Promise<T>;
  #loading: Promise<T> | undefined;
  #value: T | undefined;

  /** @param value given where it is there already */
  constructor(load: () => Promise<T>, value?: T) {
    this.#load = load;
    this.#value = value;
  }

  /** It, once it is there. */
  get value(): T | undefined {
    return this.#value;
  }

  /** Whether it was asked for, and is there or may still come. */
  get asked(): boolean {
    return this.#loading !== undefined;
  }

  /** Rejects where it cannot be had now. */
  load(): Promise<T> {
    this.#loading ??= this.#load().then(
      (value) => {
        this.#value = value;
        return value;
      },
      (cause: unknown) => {
        this.#loading = undefined;
        throw cause;
      },
    );
    return this.#loading;
  }
}
