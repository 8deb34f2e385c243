import { assertNever, type Env, type Link, type Millis, type Off, randomId } from '@meerkat-chat/xmpp';
import type { FromWorker, WorkerHandle } from '../protocol.js';
import { type Claim, type Hello, parseClaim, proofOf, sameProof, type Verdict } from './handshake.js';
import { type FromMachine, HANDSHAKE_TIMEOUT, parseToMachine, SILENCE } from './messages.js';

/** Connections that may not have proved anything yet. */
const MAX_STRANGERS = 16;
const LOOK_EVERY: Millis = 1000;

/** What a worker works with. */
export interface WorkerHostOptions {
  readonly token: string;
  /** Of the program. */
  readonly version: string;
  readonly env: Env;
  /** Starts a process that plays users; its clock must be the one of `env`. */
  readonly start: (heard: (message: FromWorker) => void) => WorkerHandle;
  /** How many at the same time. */
  readonly processes: number;
  /** Hears what goes on, in a few words for the operator. */
  readonly log: (line: string) => void;
  /** Hears that a run is over, and that the next may come. */
  readonly idle?: () => void;
}

type Session =
  /** Has not proved anything yet. */
  | { readonly state: 'stranger'; readonly since: Millis }
  | { readonly state: 'ready'; heard: Millis }
  | { readonly state: 'playing'; heard: Millis; readonly worker: WorkerHandle };

/**
 * Lends this machine to the coordinator of a run on another: one process for each of its connections. There is one
 * run at a time. When a connection goes, so does its process; afterwards the next run may come.
 */
export class WorkerHost {
  readonly #options: WorkerHostOptions;
  readonly #sessions = new Map<Link, Session>();
  readonly #offLook: Off;
  #run: string | undefined;

  constructor(options: WorkerHostOptions) {
    this.#options = options;
    this.#offLook = options.env.clock.every(LOOK_EVERY, () => this.#look());
  }

  /** A connection has come. @param from where from, for the log */
  accept(link: Link, from: string): void {
    const { env, version } = this.#options;
    if (this.#count((session) => session.state === 'stranger') >= MAX_STRANGERS) {
      link.close();
      return;
    }
    this.#sessions.set(link, { state: 'stranger', since: env.clock.monotonic() });
    const hello: Hello = { kind: 'hello', version, nonce: randomId(env.random, 32) };
    link.onClose(() => this.#end(link));
    link.onText((text) => {
      const session = this.#sessions.get(link);
      if (!session) return;
      if (session.state === 'stranger') this.#meet(link, hello, text, from);
      else if (!this.#hear(link, session, text)) this.#end(link);
    });
    link.send(JSON.stringify(hello));
  }

  /** Ends everything. */
  close(): void {
    this.#offLook();
    for (const link of [...this.#sessions.keys()]) this.#end(link);
  }

  #meet(link: Link, hello: Hello, text: string, from: string): void {
    const { env, log, token } = this.#options;
    const say = (verdict: Verdict): void => link.send(JSON.stringify(verdict));
    const claim = parseClaim(text);
    const refusal = claim ? this.#judge(hello, claim) : 'it says nothing that is known';
    if (!claim || refusal !== undefined) {
      log(`a run from ${from} is refused: ${refusal}`);
      say({ kind: 'refused', why: refusal ?? '' });
      this.#end(link);
      return;
    }
    if (this.#run === undefined) log(`a run from ${from} begins`);
    this.#run = claim.run;
    this.#sessions.set(link, { state: 'ready', heard: env.clock.monotonic() });
    say({ kind: 'welcome', proof: proofOf(token, 'worker', hello, claim) });
  }

  /** Why a run cannot have this worker. */
  #judge(hello: Hello, claim: Claim): string | undefined {
    const { processes, token, version } = this.#options;
    if (!sameProof(claim.proof, proofOf(token, 'coordinator', hello, claim)))
      return 'the token is not the same';
    if (claim.version !== version) return `version ${claim.version} is not ${version}: both must be the same`;
    if (this.#run !== undefined && this.#run !== claim.run) return 'another run is going on';
    if (this.#count((session) => session.state !== 'stranger') >= processes)
      return `no more than ${processes} processes at the same time`;
    return undefined;
  }

  /** False when that cannot be said at this point. */
  #hear(link: Link, session: Exclude<Session, { state: 'stranger' }>, text: string): boolean {
    const { clock } = this.#options.env;
    session.heard = clock.monotonic();
    const message = parseToMachine(text);
    if (!message) return false;
    const say = (said: FromMachine): void => link.send(JSON.stringify(said));
    switch (message.kind) {
      case 'ping':
        say({ kind: 'pong', id: message.id, at: clock.monotonic() });
        return true;
      case 'start': {
        if (session.state === 'playing') return false;
        const worker = this.#options.start(say);
        this.#sessions.set(link, { state: 'playing', heard: session.heard, worker });
        worker.send(message);
        return true;
      }
      case 'go':
      case 'stop':
        if (session.state === 'playing') session.worker.send(message);
        return true;
      default:
        return assertNever(message);
    }
  }

  /** Lets go of who says nothing: its machine may be gone without a word. */
  #look(): void {
    const now = this.#options.env.clock.monotonic();
    for (const [link, session] of [...this.#sessions]) {
      const late =
        session.state === 'stranger'
          ? now - session.since > HANDSHAKE_TIMEOUT
          : now - session.heard > SILENCE;
      if (late) this.#end(link);
    }
  }

  #count(which: (session: Session) => boolean): number {
    return [...this.#sessions.values()].filter(which).length;
  }

  #end(link: Link): void {
    const session = this.#sessions.get(link);
    if (!session) return;
    this.#sessions.delete(link);
    link.close();
    if (session.state === 'playing') session.worker.kill();
    if (this.#run === undefined || [...this.#sessions.values()].some(({ state }) => state !== 'stranger'))
      return;
    this.#run = undefined;
    this.#options.log('the run is over');
    this.#options.idle?.();
  }
}
