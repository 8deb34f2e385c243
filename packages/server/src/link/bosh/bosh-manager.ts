import { type BoshBody, type BoshCondition, type Env, type Off, randomId } from '@meerkat-chat/xmpp';
import type { Logger } from '../../kernel/logger.js';
import type { StreamLimits } from '../../stream/limits.js';
import type { Admission } from '../admission.js';
import type { Peer, ServerLink } from '../server-link.js';
import { type BoshLimits, SWEEP } from './bosh-limits.js';
import { BoshSession, type SessionHost } from './bosh-session.js';
import type { Exchange } from './exchange.js';
import { BodyReader, decodeText, peekSid, type ReadBody } from './read-body.js';
import { httpStatus, terminateOf } from './replies.js';

/** What sessions are made of and for. */
export interface BoshOptions {
  readonly env: Env;
  readonly log: Logger;
  readonly limits: BoshLimits;
  readonly frames: Pick<StreamLimits, 'attributes' | 'depth' | 'elements' | 'stanzaBytesBeforeAuth'>;
  readonly admission: Admission;
  accept(link: ServerLink): void;
}

/** All sessions of BOSH. One timer serves them, and only while there are any. */
export class BoshManager implements SessionHost {
  readonly #options: BoshOptions;
  readonly #reader: BodyReader;
  readonly #sessions = new Map<string, { readonly session: BoshSession; readonly release: Off }>();
  #stopSweep: Off | undefined;
  #isClosing = false;

  constructor(options: BoshOptions) {
    this.#options = options;
    this.#reader = new BodyReader(options.frames);
  }

  /** Sessions that are known: open, or with a last word to be fetched. */
  get size(): number {
    return this.#sessions.size;
  }

  get clock(): Env['clock'] {
    return this.#options.env.clock;
  }

  get limits(): BoshLimits {
    return this.#options.limits;
  }

  own(frame: string): ReturnType<BodyReader['own']> {
    return this.#reader.own(frame);
  }

  /** Takes the body of a request. Whatever is in it, the exchange is answered sooner or later. */
  receive(bytes: Uint8Array, peer: Peer, exchange: Exchange): void {
    const text = decodeText(bytes) ?? '';
    const sid = peekSid(text);
    const session = sid === undefined ? undefined : this.#sessions.get(sid)?.session;
    try {
      this.#receive(text, session, peer, exchange);
    } catch (error) {
      this.#options.log.error({ err: error, address: peer.address }, 'a request of BOSH failed');
      if (session) session.fail('internal-server-error', exchange);
      else refuse(exchange, 'internal-server-error', '1');
    }
  }

  /** A request whose body is larger than any may be, so nobody has read it. */
  tooLarge(exchange: Exchange): void {
    refuse(exchange, 'policy-violation', '1');
  }

  /** Ends every session, and makes no more. */
  close(): void {
    this.#isClosing = true;
    for (const { session } of [...this.#sessions.values()]) {
      session.fail('system-shutdown');
      this.gone(session);
    }
  }

  gone(session: BoshSession): void {
    this.#sessions.get(session.sid)?.release();
    this.#sessions.delete(session.sid);
    if (this.#sessions.size > 0) return;
    this.#stopSweep?.();
    this.#stopSweep = undefined;
  }

  #receive(text: string, session: BoshSession | undefined, peer: Peer, exchange: Exchange): void {
    const read = this.#reader.read(text, session?.frameBytes ?? this.#options.frames.stanzaBytesBeforeAuth);
    if (!read.ok) {
      if (session) session.fail(read.error, exchange);
      else refuse(exchange, read.error, '1');
      return;
    }
    const { body } = read.value;
    if (body.sid === undefined) this.#create(read.value, peer, exchange);
    else if (!session || session.sid !== body.sid) refuse(exchange, 'item-not-found', '1');
    else if (body.rid === undefined) session.fail('bad-request', exchange);
    else session.receive(read.value, exchange);
  }

  #create(read: ReadBody, peer: Peer, exchange: Exchange): void {
    const { body } = read;
    const { admission, env, frames, log } = this.#options;
    const refusal = this.#refusal(body);
    const release = refusal ? undefined : admission.admit(peer.address);
    if (!release || !hasFirstRid(body)) {
      release?.();
      if (!refusal) log.info({ address: peer.address }, 'too many connections from one address');
      refuse(exchange, refusal ?? 'policy-violation', body.ver);
      return;
    }
    const frameBytes = frames.stanzaBytesBeforeAuth;
    const session = new BoshSession({ sid: randomId(env.random), body, peer, frameBytes }, this);
    this.#sessions.set(session.sid, { session, release });
    this.#stopSweep ??= env.clock.every(SWEEP, () => this.#sweep());
    this.#options.accept(session.link);
    session.receive(read, exchange);
  }

  #refusal(body: BoshBody): BoshCondition | undefined {
    if (this.#isClosing) return 'system-shutdown';
    if (!hasFirstRid(body)) return 'bad-request';
    return body.to ? undefined : 'improper-addressing';
  }

  #sweep(): void {
    for (const { session } of this.#sessions.values()) {
      try {
        session.tick();
      } catch (error) {
        this.#options.log.error({ err: error }, 'a session of BOSH failed');
        this.gone(session);
      }
    }
  }
}

/** True when the first id leaves room for as many requests as anybody will ever make. */
function hasFirstRid(body: BoshBody): body is BoshBody & { readonly rid: number } {
  return body.rid !== undefined && body.rid > 0 && body.rid <= Number.MAX_SAFE_INTEGER - 2 ** 32;
}

function refuse(exchange: Exchange, condition: BoshCondition, version: string | undefined): void {
  exchange.answer(version === undefined ? httpStatus(condition) : 200, terminateOf(condition));
}
