import type { Millis } from '@meerkat-chat/xmpp';
import type { User } from './clients/user.js';
import { Ledger, type LedgerResult } from './measure/ledger.js';
import type { Plan } from './plan.js';
import type { World } from './world.js';

/** How often it is looked whether all has arrived. */
const LOOK = 50;
/** How long after the last message stragglers are waited for. */
const DRAIN = 10_000;
/** How long a message may be on its way to somebody who leaves, at least, and in times of the longest that was seen. */
const ON_THE_WAY: Millis = 1000;
const ON_THE_WAY_FACTOR = 2;
const NOTHING: LedgerResult = { expected: 0, delivered: 0, doubled: 0, outOfOrder: 0 };

/**
 * The messages of a plan, sent by this process's users in an open loop: each falls due by the clock, so that a slow
 * server shows as latency and cannot slow the sender down. What its users receive is counted.
 */
export class Talk {
  readonly #world: World;
  readonly #plan: Plan;
  readonly #ledger: Ledger;
  readonly #write: (user: User, number: number) => void;
  /** Until when each user was away; those who have never been are not in it. */
  readonly #away = new Map<number, Millis>();
  #start: Millis | undefined;
  /** The longest latency so far. */
  #longest: Millis = 0;

  /** @param write sends a message of that number */
  constructor(
    world: World,
    plan: Plan,
    channelOf: (user: number) => number,
    write: (user: User, number: number) => void,
  ) {
    this.#world = world;
    this.#plan = plan;
    this.#write = write;
    const channels = new Map(world.mine.map((user) => [user, channelOf(user)]));
    const channel = (user: number): number => channels.get(user) ?? -1;
    const counts = new Map<number, number>();
    for (const of of channels.values()) counts.set(of, countOf(plan, of));
    this.#ledger = new Ledger({
      count: (user) => counts.get(channel(user)) ?? 0,
      step: (user) => plan.step(channel(user)),
      onTheWay: () => this.#onTheWay,
      due: (user, sequence) => {
        if (this.#start === undefined) return undefined;
        return this.#start + plan.due(plan.number(channel(user), sequence));
      },
    });
    world.onNumber = (user, number) => {
      if (this.#start === undefined || number >= plan.count) return;
      if (plan.channel(number) !== channel(user)) return world.recorder.count('astray');
      if (!this.#ledger.received(user, plan.sequence(number))) return;
      const due = this.#start + plan.due(number);
      const latency = world.env.clock.monotonic() - due;
      if (this.#away.size > 0 && due < (this.#away.get(user) ?? 0)) {
        world.recorder.deliveredLate(latency);
        return;
      }
      if (latency > this.#longest) this.#longest = latency;
      world.recorder.delivered(latency);
    };
    world.ledger = () => (this.#start === undefined ? NOTHING : this.#ledger.result(this.#until()));
  }

  /** From now on a user is owed what falls due. */
  enter(user: number): void {
    this.#ledger.enter(user, this.#world.env.clock.monotonic());
  }

  /**
   * A user goes away, and is owed nothing from now on. What fell due just before may pass it on the way, and is not
   * missed.
   */
  leave(user: number): void {
    this.#ledger.leave(user, this.#world.env.clock.monotonic());
  }

  /** A user does not read from now on; what it is owed meanwhile says nothing of the server's latency. */
  away(user: number): void {
    this.#away.set(user, Number.POSITIVE_INFINITY);
  }

  /** It reads again. */
  back(user: number): void {
    this.#away.set(user, this.#world.env.clock.monotonic());
  }

  /** Sends what falls due to the users of this process; fulfils when all has been sent. */
  run(start: Millis, users: ReadonlyMap<number, User>): Promise<void> {
    this.#start = start;
    const { env, stopped } = this.#world;
    const plan = this.#plan;
    let next = this.#own(0);
    return new Promise((resolve) => {
      const step = (): void => {
        const now = env.clock.monotonic();
        for (; next < plan.count && start + plan.due(next) <= now; next = this.#own(next + 1)) {
          const user = users.get(plan.sender(next));
          if (!user) {
            this.#world.recorder.count('unsent');
            continue;
          }
          this.#write(user, next);
          this.#world.recorder.sent();
        }
        // All processes end together, whoever's message is the last.
        const until = next < plan.count ? plan.due(next) : plan.due(plan.count);
        if (stopped.aborted || start + until <= now) {
          resolve();
          return;
        }
        // Never later than a second, to see an interruption.
        env.clock.after(Math.min(1000, Math.max(1, start + until - now)), step);
      };
      step();
    });
  }

  /** Fulfils when everything has arrived, or ten seconds are over. */
  drained(): Promise<void> {
    const { env, stopped } = this.#world;
    const end = env.clock.monotonic() + DRAIN;
    return new Promise((resolve) => {
      const off = env.clock.every(LOOK, () => {
        const now = env.clock.monotonic();
        if (!stopped.aborted && now < end && !this.#ledger.complete(this.#until())) return;
        off();
        resolve();
      });
    });
  }

  /** Of an interrupted run, what was due a moment ago has not been lost yet. */
  #until(): Millis {
    return this.#world.env.clock.monotonic() - (this.#world.stopped.aborted ? this.#onTheWay : 0);
  }

  /** A server, or a machine, that is slow lets messages be on their way for longer. */
  get #onTheWay(): Millis {
    return Math.max(ON_THE_WAY, this.#longest * ON_THE_WAY_FACTOR);
  }

  /** The next message from that number on which a user of this process sends. */
  #own(number: number): number {
    const { mine } = this.#world;
    const first = mine[0] ?? 0;
    const last = mine.at(-1) ?? -1;
    let at = number;
    for (; at < this.#plan.count; at++) {
      const sender = this.#plan.sender(at);
      if (sender >= first && sender <= last) break;
    }
    return at;
  }
}

function countOf(plan: Plan, channel: number): number {
  // Sequences of a channel have no gaps, so that the first number out of the plan ends them.
  let low = 0;
  let high = plan.count + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (plan.number(channel, middle) < plan.count) low = middle + 1;
    else high = middle;
  }
  return low;
}
