import {
  assertNever,
  bareOf,
  decodeOpen,
  type Element,
  encodeClose,
  encodeOpen,
  encodeStreamError,
  isClose,
  type Millis,
  type Off,
  parseDomainJid,
  parseJid,
  randomId,
  type StreamError,
  type StreamOpening,
  serializeFrame,
  streamError,
} from '@meerkat-chat/xmpp';
import type { ServerLink } from '../link/server-link.js';
import type { StreamContext } from './context.js';
import { handleAuthenticated } from './establish.js';
import { bindFeatures, signInFeatures } from './features.js';
import { handleBound } from './in-session.js';
import { handleAuthenticating, handleNegotiating } from './sign-in.js';
import { isStanza, unexpected } from './stanzas.js';
import type { StreamFace, StreamState } from './stream-state.js';
import type { Due } from './timer-wheel.js';

/** What an element counts for while it waits, where its text was not kept. */
const PARSED_FRAME_BYTES = 512;
/** The least that a frame counts for: an empty one takes memory too. */
const LEAST_FRAME_BYTES = 64;

/**
 * One link's stream (RFC 7395, RFC 6120 section 4): takes its frames strictly one after the other, and ends in every
 * case with `<close/>`. What a frame means is decided by the handler of the state that the stream is in.
 */
export class Stream implements StreamFace, Due {
  readonly context: StreamContext;
  readonly link: ServerLink;
  state: StreamState = { name: 'opening', identity: undefined };
  readonly begunAt: Millis;
  failures = 0;
  readonly #onEnded: (stream: Stream) => void;
  #offs: readonly Off[] = [];
  #claimed: string | undefined;
  #heardAt: Millis;
  #trusted = false;
  #busy = false;
  #held = false;
  #backlog: (string | Element)[] = [];
  #backlogBytes = 0;

  constructor(context: StreamContext, link: ServerLink, onEnded: (stream: Stream) => void) {
    this.context = context;
    this.link = link;
    this.#onEnded = onEnded;
    this.begunAt = context.host.env.clock.monotonic();
    this.#heardAt = this.begunAt;
    const { limits } = context.host;
    link.limitFrames(limits.stanzaBytesBeforeAuth);
    context.wheel.schedule(this, this.#heardAt + limits.signInTimeout);
    this.#offs = [
      link.onDrain(() => this.state.name === 'bound' && this.state.session.readOn()),
      link.onFrame((frame) => this.#hear(frame)),
      link.onClose(() => this.#linkEnded()),
    ];
    if (this.ended) this.#letGo();
  }

  get ended(): boolean {
    return this.state.name === 'ended';
  }

  get claimed(): string | undefined {
    return this.#claimed;
  }

  get heardAt(): Millis {
    return this.link.heardAt ?? this.#heardAt;
  }

  /** Sends an element; a bound client that asks and asks and does not read what it is told comes to a bound. */
  send(element: Element): void {
    this.#say(element);
    const { state } = this;
    if (state.name !== 'bound' || this.link.queuedBytes <= this.context.host.limits.queueBytes) return;
    this.drop(streamError('policy-violation', 'you read too slowly'));
    state.session.linkLost(this, 'overflow');
  }

  trust(): void {
    this.#trusted = true;
    this.link.limitFrames(this.context.host.limits.stanzaBytes);
  }

  fail(error: StreamError): void {
    if (this.state.name === 'bound') this.state.session.finish('lost', error);
    else this.drop(error);
  }

  drop(error?: StreamError): void {
    if (this.ended) return;
    // An error, and a close too, follow an opening of ours (RFC 6120 section 4.9.1.2).
    if (this.state.name === 'opening') this.#answerOpen();
    if (error) this.#say(encodeStreamError(error));
    this.#say(encodeClose());
    this.link.close(error?.condition);
    this.#finish();
  }

  goOn(): void {
    this.#drain();
  }

  due(): undefined {
    this.fail(streamError('connection-timeout', 'sign-in took too long'));
  }

  #hear(frame: string | Element): void {
    if (this.ended) return;
    this.#heardAt = this.context.host.env.clock.monotonic();
    if (this.#busy || this.#backlog.length > 0 || this.#blocked()) this.#keep(frame);
    else if (this.state.name === 'bound') this.#take(frame);
    else this.#takeInShare(frame);
  }

  /** Takes a frame of somebody who has not come in yet: not before others have had their turn, when many do. */
  #takeInShare(frame: string | Element): void {
    this.#busy = true;
    this.context.host.churn.run(() => {
      this.#busy = false;
      if (this.ended) return;
      this.#take(frame);
      this.#drain();
    });
  }

  /** Keeps a frame for later; a peer that goes on without waiting comes to a bound. */
  #keep(frame: string | Element): void {
    this.#backlog.push(frame);
    this.#backlogBytes += sizeOf(frame);
    const { queueBytes, stanzaBytesBeforeAuth } = this.context.host.limits;
    if (this.#backlogBytes <= (this.#trusted ? queueBytes : 2 * stanzaBytesBeforeAuth)) return;
    const { state } = this;
    this.drop(streamError('policy-violation', 'you are too far ahead'));
    // Nothing of it was counted, so a client that resumes says it again.
    if (state.name === 'bound') state.session.linkLost(this, 'overflow');
  }

  /** True while as many stanzas wait to be settled as may. */
  #blocked(): boolean {
    const { state } = this;
    return state.name === 'bound' && state.session.unsettled >= this.context.host.limits.unsettledStanzas;
  }

  #take(frame: string | Element): void {
    const element = this.#parse(frame);
    if (!element) return;
    try {
      const pending = this.#handle(element);
      if (pending) this.#await(pending);
    } catch (error) {
      this.#broke(error);
    }
    this.#hold();
  }

  /** What comes while a step of sign-in is under way has to wait for it. */
  #await(pending: Promise<void>): void {
    this.#busy = true;
    pending
      .catch((error: unknown) => this.#broke(error))
      .then(() => {
        this.#busy = false;
        this.#drain();
      });
  }

  #drain(): void {
    while (!this.ended && !this.#busy && !this.#blocked()) {
      const frame = this.#backlog.shift();
      if (frame === undefined) break;
      this.#backlogBytes -= sizeOf(frame);
      this.#take(frame);
    }
    this.#hold();
  }

  #hold(): void {
    const held = !this.ended && this.#blocked();
    if (held === this.#held) return;
    this.#held = held;
    this.link.hold?.(held);
  }

  #broke(error: unknown): void {
    this.context.host.log.error({ err: error, state: this.state.name }, 'a frame broke the stream');
    this.fail(streamError('internal-server-error'));
  }

  #parse(frame: string | Element): Element | undefined {
    if (typeof frame !== 'string') return frame;
    const { attributes, depth, elements, stanzaBytes, stanzaBytesBeforeAuth } = this.context.host.limits;
    const bytes = this.#trusted ? stanzaBytes : stanzaBytesBeforeAuth;
    const parsed = this.context.parser.parse(frame, { attributes, bytes, depth, elements });
    if (parsed.ok) return parsed.value;
    this.fail(parsed.error);
    return undefined;
  }

  #handle(element: Element): Promise<void> | void {
    if (isClose(element)) return this.#closedByPeer();
    if (element.ns === '') return this.fail(streamError('invalid-namespace'));
    const { state } = this;
    switch (state.name) {
      case 'opening':
        return this.#open(element);
      case 'negotiating':
        return handleNegotiating(this, element);
      case 'authenticating':
        return handleAuthenticating(this, element);
      case 'authenticated':
        return handleAuthenticated(this, element);
      case 'bound':
        return handleBound(this, element);
      case 'ended':
        return;
      default:
        return assertNever(state);
    }
  }

  #open(element: Element): void {
    const opening = decodeOpen(element);
    const error = opening
      ? this.#judge(opening)
      : isStanza(element)
        ? unexpected(element)
        : streamError('bad-format');
    if (error) {
      this.fail(error);
      return;
    }
    this.#claimed = opening?.from;
    this.#answerOpen();
    const { host } = this.context;
    if (this.state.name === 'opening' && this.state.identity) {
      this.state = { name: 'authenticated', identity: this.state.identity };
      this.send(bindFeatures(host));
    } else {
      this.state = { name: 'negotiating' };
      this.send(signInFeatures(host, this.link.peer));
    }
  }

  /** Whether such an opening can be followed; after a restart it must be of the same account (RFC 6120 section 4.7). */
  #judge(opening: StreamOpening): StreamError | undefined {
    if (opening.to === undefined) return streamError('improper-addressing');
    if (parseDomainJid(opening.to) !== this.context.host.domain) return streamError('host-unknown');
    if (!/^1\.[0-9]+$/.test(opening.version ?? '')) return streamError('unsupported-version');
    if (opening.from === undefined) return undefined;
    const from = parseJid(opening.from);
    if (from === undefined) return streamError('invalid-from');
    const identity = this.state.name === 'opening' ? this.state.identity : undefined;
    return identity && bareOf(from) !== identity.account ? streamError('invalid-from') : undefined;
  }

  #say(element: Element): void {
    this.link.send(serializeFrame(element));
  }

  #answerOpen(): void {
    const { domain, env } = this.context.host;
    this.#say(encodeOpen({ from: domain, id: randomId(env.random), lang: 'en' }));
  }

  #closedByPeer(): void {
    if (this.state.name === 'bound') this.state.session.finish('closed');
    else this.drop();
  }

  #linkEnded(): void {
    if (this.ended) return;
    const { state } = this;
    this.#finish();
    if (state.name === 'bound') state.session.linkLost(this);
  }

  #finish(): void {
    this.state = { name: 'ended' };
    this.#backlog = [];
    this.#backlogBytes = 0;
    this.context.wheel.cancel(this);
    this.#letGo();
    this.#onEnded(this);
  }

  #letGo(): void {
    const offs = this.#offs;
    this.#offs = [];
    for (const off of offs) off();
  }
}

function sizeOf(frame: string | Element): number {
  return typeof frame === 'string' ? Math.max(frame.length, LEAST_FRAME_BYTES) : PARSED_FRAME_BYTES;
}
