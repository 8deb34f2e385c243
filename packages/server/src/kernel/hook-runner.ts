import { inOrder, type Ordered } from './hook-order.js';
import type { HookAnswer, HookHandler, HookName, HookOrder, HookPayload } from './hooks.js';
import type { Logger } from './logger.js';

/** Says that a handler threw: it is in the log already, and whatever was being decided has failed. */
export class HookFailedError extends Error {
  override readonly name = 'HookFailedError';

  constructor(hook: HookName, moduleId: string, cause: unknown) {
    super(`hook ${hook}: module ${moduleId} failed`, { cause });
  }
}

interface Entry<Name extends HookName> extends Ordered {
  readonly handler: HookHandler<Name>;
}

type Answering<Name extends HookName> = HookAnswer<Name> | undefined;

/** What came of `refine`: the payload as the handlers have made it, and the answer that ended it, if one did. */
export interface Refined<Name extends HookName> {
  readonly payload: HookPayload<Name>;
  readonly answer: HookAnswer<Name> | undefined;
}

/**
 * Keeps the handlers of every hook and calls them. Handlers may answer at once or with a promise: as long as all
 * answer at once, so does the call, and nothing is awaited on the path of a message.
 */
export class HookRunner {
  readonly #log: Logger;
  readonly #entries = new Map<HookName, readonly Entry<HookName>[]>();

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Registers a handler; it takes its place when `resolve` is called. @returns what takes it away */
  on<Name extends HookName>(
    moduleId: string,
    name: Name,
    handler: HookHandler<Name>,
    order: HookOrder = {},
  ): () => void {
    // A handler is only ever called with the payload of the name under which it stands, see #of.
    const entry = { moduleId, handler, order } as unknown as Entry<HookName>;
    this.#entries.set(name, [...(this.#entries.get(name) ?? []), entry]);
    return () => {
      const left = (this.#entries.get(name) ?? []).filter((other) => other !== entry);
      if (left.length > 0) this.#entries.set(name, left);
      else this.#entries.delete(name);
    };
  }

  /** Sorts every hook's handlers, once, when all have registered. @throws Error on a circle of before and after */
  resolve(): void {
    for (const [name, entries] of this.#entries) this.#entries.set(name, inOrder(name, entries));
  }

  /** Which modules stand at each hook, in the order of being asked: for logs and tests. */
  order(): Readonly<Record<string, readonly string[]>> {
    return Object.fromEntries(
      [...this.#entries].map(([name, entries]) => [name, entries.map((entry) => entry.moduleId)]),
    );
  }

  /** How many handlers there are in all. */
  get size(): number {
    let size = 0;
    for (const entries of this.#entries.values()) size += entries.length;
    return size;
  }

  /**
   * Asks in order until somebody answers with a value.
   * @throws HookFailedError (or rejects with it) when a handler threw; nobody after it is asked
   */
  first<Name extends HookName>(
    name: Name,
    payload: HookPayload<Name>,
  ): Answering<Name> | Promise<Answering<Name>> {
    const entries = this.#of(name);
    for (let at = 0; at < entries.length; at++) {
      const entry = entries[at];
      if (!entry) break;
      const answer = this.#call(name, entry, payload);
      if (answer instanceof Promise) return this.#firstFrom(name, payload, answer, entries, at + 1);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  /** True when somebody listens: asked where a payload would be made for nobody. */
  hears(name: HookName): boolean {
    return this.#entries.has(name);
  }

  /**
   * Asks in order, each about what the answers before have made of the payload.
   * @param change the payload that an answer makes of another; undefined for an answer that ends it
   * @throws HookFailedError (or rejects with it) when a handler threw; nobody after it is asked
   */
  refine<Name extends HookName>(
    name: Name,
    payload: HookPayload<Name>,
    change: (payload: HookPayload<Name>, answer: HookAnswer<Name>) => HookPayload<Name> | undefined,
  ): Refined<Name> | Promise<Refined<Name>> {
    const entries = this.#of(name);
    const from = (at: number, now: HookPayload<Name>): Refined<Name> | Promise<Refined<Name>> => {
      const entry = entries[at];
      if (!entry) return { payload: now, answer: undefined };
      const goOn = (answer: Answering<Name>): Refined<Name> | Promise<Refined<Name>> => {
        const changed = answer === undefined ? now : change(now, answer);
        return changed === undefined ? { payload: now, answer } : from(at + 1, changed);
      };
      const answer = this.#call(name, entry, now);
      return answer instanceof Promise ? answer.then(goOn) : goOn(answer);
    };
    return from(0, payload);
  }

  /** Asks everybody at once and gathers the answers in order; who throws is logged and left out. */
  async collect<Name extends HookName>(name: Name, payload: HookPayload<Name>): Promise<HookAnswer<Name>[]> {
    const asked = this.#of(name).map(async (entry) => this.#call(name, entry, payload));
    const answers: HookAnswer<Name>[] = [];
    for (const result of await Promise.allSettled(asked)) {
      if (result.status === 'fulfilled' && result.value !== undefined) answers.push(result.value);
    }
    return answers;
  }

  /** Tells everybody, in order; who throws is logged, and the others are told all the same. */
  tell<Name extends HookName>(name: Name, payload: HookPayload<Name>): void {
    for (const entry of this.#of(name)) {
      try {
        const told = this.#call(name, entry, payload);
        // What a handler does afterwards is its own affair; #call has logged a failure.
        if (told instanceof Promise) told.catch(() => {});
      } catch {
        // Logged by #call.
      }
    }
  }

  #of<Name extends HookName>(name: Name): readonly Entry<Name>[] {
    return (this.#entries.get(name) ?? []) as unknown as readonly Entry<Name>[];
  }

  async #firstFrom<Name extends HookName>(
    name: Name,
    payload: HookPayload<Name>,
    pending: Promise<Answering<Name>>,
    entries: readonly Entry<Name>[],
    next: number,
  ): Promise<Answering<Name>> {
    const answer = await pending;
    if (answer !== undefined) return answer;
    for (const entry of entries.slice(next)) {
      const later = await this.#call(name, entry, payload);
      if (later !== undefined) return later;
    }
    return undefined;
  }

  /** Calls one handler; a failure is logged here, with whose it is, and goes on as a HookFailedError. */
  #call<Name extends HookName>(
    name: Name,
    entry: Entry<Name>,
    payload: HookPayload<Name>,
  ): Answering<Name> | Promise<Answering<Name>> {
    try {
      const answer = entry.handler(payload) as Answering<Name> | Promise<Answering<Name>>;
      if (!(answer instanceof Promise)) return answer;
      return answer.catch((cause: unknown) => {
        throw this.#failed(name, entry, cause);
      });
    } catch (cause) {
      throw this.#failed(name, entry, cause);
    }
  }

  #failed(name: HookName, entry: Ordered, cause: unknown): HookFailedError {
    this.#log.error({ module: entry.moduleId, hook: name, err: cause }, 'a handler failed');
    return new HookFailedError(name, entry.moduleId, cause);
  }
}
