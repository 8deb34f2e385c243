import { assertNever, type Env, type Link, type Millis, type Off, randomId } from '@meerkat-chat/xmpp';
import type { FromWorker, ToWorker, WorkerHandle } from '../protocol.js';
import { ClockOffset } from './clock-offset.js';
import { type Claim, type Hello, parseHello, parseVerdict, proofOf, sameProof } from './handshake.js';
import {
  type FromMachine,
  HANDSHAKE_TIMEOUT,
  PING_EVERY,
  parseFromMachine,
  SILENCE,
  type ToMachine,
} from './messages.js';

/** How often the clock of a worker is asked before a run begins. */
const EXCHANGES = 20;
const UNKNOWN = 'it says nothing that is known';

/** What a coordinator needs to use a worker. */
export interface RemoteOptions {
  /** `HOST:PORT`, for messages and the report. */
  readonly address: string;
  readonly token: string;
  /** Of the program. */
  readonly version: string;
  /** What the processes of this run have in common. */
  readonly run: string;
  readonly env: Env;
}

/** What is known of the clock of another machine. */
export interface RemoteClock {
  readonly address: string;
  /** Its clock less ours, when the last phase began. */
  readonly offset: Millis;
  /** How wrong that was at most: half of the quickest round trip. */
  readonly uncertainty: Millis;
  /** How far it was off at the end of a phase, at most, as far as that can be told. */
  readonly drift: Millis;
}

type Step =
  | { readonly at: 'hello' }
  | { readonly at: 'verdict'; readonly hello: Hello; readonly claim: Claim }
  | { readonly at: 'clock' }
  | { readonly at: 'ready' };

/**
 * One process on another machine. Times are told to it by its own clock, so that it measures as if there were no
 * other; how far that is off is estimated before the run, and again for every phase.
 */
export class RemoteWorker implements WorkerHandle {
  readonly #link: Link;
  readonly #options: RemoteOptions;
  readonly #offset = new ClockOffset();
  readonly #ready: Promise<void>;
  readonly #offs: Off[] = [];
  #settle: { resolve(): void; reject(error: Error): void } = { resolve() {}, reject() {} };
  #step: Step = { at: 'hello' };
  #heard: ((message: FromWorker) => void) | undefined;
  /** Why it is over, and nothing more is told. */
  #over: string | undefined;
  #asked: { readonly id: number; readonly at: Millis } = { id: 0, at: 0 };
  #lastHeard: Millis;
  /** What the offset was taken to be when it last mattered. */
  #used: { readonly offset: Millis; readonly uncertainty: Millis } | undefined;
  #drift = 0;

  private constructor(link: Link, options: RemoteOptions) {
    this.#link = link;
    this.#options = options;
    const { clock } = options.env;
    this.#lastHeard = clock.monotonic();
    this.#ready = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.#offs.push(
      clock.after(HANDSHAKE_TIMEOUT, () => {
        if (this.#step.at !== 'ready') this.#fail('it did not answer in time');
      }),
      link.onText((text) => this.#read(text)),
      link.onClose((end) => this.#fail(end.reason ?? 'the connection is closed')),
    );
  }

  /**
   * Shakes hands with a worker and finds out how far its clock is off.
   * @throws Error when it is no worker of this version and token, or busy
   */
  static async connect(link: Link, options: RemoteOptions): Promise<RemoteWorker> {
    const worker = new RemoteWorker(link, options);
    await worker.#ready;
    return worker;
  }

  get clock(): RemoteClock {
    const { address } = this.#options;
    const { offset, uncertainty } = this.#used ?? this.#offset;
    return { address, offset, uncertainty, drift: this.#drift };
  }

  /** From now on `heard` hears what the process says; at once that it failed, when it has already. */
  attach(heard: (message: FromWorker) => void): WorkerHandle {
    this.#heard = heard;
    if (this.#over !== undefined) heard({ kind: 'failed', message: this.#over });
    return this;
  }

  send(message: ToWorker): void {
    switch (message.kind) {
      case 'start':
        this.#use();
        this.#say({
          ...message,
          order: { ...message.order, epoch: message.order.epoch + this.#offset.offset },
        });
        return;
      case 'go':
        this.#use();
        this.#say({ ...message, at: message.at + this.#offset.offset });
        return;
      case 'stop':
        this.#say(message);
        return;
    }
  }

  kill(): void {
    this.#heard = undefined;
    this.#fail('it was ended');
  }

  #read(text: string): void {
    this.#lastHeard = this.#options.env.clock.monotonic();
    const problem = this.#take(text);
    if (problem !== undefined) this.#fail(problem);
  }

  /** Returns why this worker cannot be used, where that turns out. */
  #take(text: string): string | undefined {
    const step = this.#step;
    switch (step.at) {
      case 'hello':
        return this.#claim(text);
      case 'verdict': {
        const verdict = parseVerdict(text);
        if (verdict?.kind !== 'welcome') return verdict?.why ?? UNKNOWN;
        const expected = proofOf(this.#options.token, 'worker', step.hello, step.claim);
        if (!sameProof(verdict.proof, expected)) return 'it does not know the token';
        this.#step = { at: 'clock' };
        this.#ask();
        return undefined;
      }
      case 'clock':
      case 'ready': {
        const message = parseFromMachine(text);
        if (message?.kind === 'pong') this.#note(message);
        else if (message) this.#pass(message);
        return message ? undefined : UNKNOWN;
      }
      default:
        return assertNever(step);
    }
  }

  #claim(text: string): string | undefined {
    const { env, run, token, version } = this.#options;
    const hello = parseHello(text);
    if (!hello) return 'there is no worker of meerkat load';
    if (hello.version !== version) {
      return `it is version ${hello.version}, and this is ${version}: both must be the same`;
    }
    const words = { nonce: randomId(env.random, 32), run };
    const proof = proofOf(token, 'coordinator', hello, words);
    const claim: Claim = { kind: 'claim', version, ...words, proof };
    this.#step = { at: 'verdict', hello, claim };
    this.#link.send(JSON.stringify(claim));
    return undefined;
  }

  #pass(message: FromWorker): void {
    if (message.kind === 'done') this.#judgeDrift();
    const { address } = this.#options;
    const failed = message.kind === 'failed' && {
      ...message,
      message: `worker ${address}: ${message.message}`,
    };
    this.#heard?.(failed || message);
  }

  #ask(): void {
    this.#asked = { id: this.#asked.id + 1, at: this.#options.env.clock.monotonic() };
    this.#say({ kind: 'ping', id: this.#asked.id });
  }

  #note(pong: Extract<FromMachine, { kind: 'pong' }>): void {
    const { clock } = this.#options.env;
    if (pong.id !== this.#asked.id || !Number.isFinite(pong.at)) return;
    this.#offset.add(this.#asked.at, pong.at, clock.monotonic());
    if (this.#step.at !== 'clock') return;
    if (this.#offset.count < EXCHANGES) {
      this.#ask();
      return;
    }
    this.#step = { at: 'ready' };
    this.#offs.push(
      clock.every(PING_EVERY, () => {
        if (clock.monotonic() - this.#lastHeard > SILENCE) this.#fail('it does not answer any more');
        else this.#ask();
      }),
    );
    this.#settle.resolve();
  }

  /** The offset as it is known now is what the next times are told by. */
  #use(): void {
    this.#judgeDrift();
    const { offset, uncertainty } = this.#offset;
    this.#used = { offset, uncertainty };
  }

  #judgeDrift(): void {
    if (this.#used) this.#drift = Math.max(this.#drift, Math.abs(this.#offset.offset - this.#used.offset));
  }

  #say(message: ToMachine): void {
    this.#link.send(JSON.stringify(message));
  }

  #fail(why: string): void {
    if (this.#over !== undefined) return;
    this.#over = `worker ${this.#options.address}: ${why}`;
    for (const off of this.#offs.splice(0)) off();
    this.#link.close();
    this.#settle.reject(new Error(this.#over));
    this.#heard?.({ kind: 'failed', message: this.#over });
  }
}
