import { accountOf } from '@meerkat-chat/xmpp';
import type { ChatOptions } from '../chat-options.js';
import type { ClientLink } from '../link/client-link.js';
import { openWebSocket } from '../link/websocket.js';
import type { Platform } from '../platform.js';
import type { EndpointMemory } from './endpoint-memory.js';
import { domainIn, type Endpoints, fetchHostMeta, hostOf, plannedEndpoints } from './endpoints.js';
import type { Identity } from './identity.js';
import type { LazyParts } from './lazy-parts.js';
import { negotiate, type Outcome, type Setback, type Success } from './negotiate.js';
import { MEERKAT_OFFER, type Offer } from './offer.js';
import type { Refusal } from './refusal.js';
import type { SessionSettings } from './settings.js';
import { type ServerError, Stream, StreamEnded, type StreamHost } from './stream.js';
import type { StreamManagement } from './stream-management.js';

type LinkKind = ClientLink['kind'];

/** What came of an attempt to be connected. */
export type Attempted =
  | { readonly kind: 'settled'; readonly stream: Stream; readonly outcome: Success }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** Nothing worked this time. */
  | { readonly kind: 'failed'; readonly reason: string };

/** Failures that another link to the same server may not share. */
export type LinkFailed = { readonly kind: 'link-failed'; readonly reason: string };

/** Why nobody was signed in on a link that worked. */
export type Trouble = Setback | { readonly kind: 'stream-error'; readonly error: ServerError };

export interface ConnectorDeps {
  readonly platform: Platform;
  readonly options: Pick<ChatOptions, 'bosh' | 'domain' | 'server' | 'websocket'>;
  readonly settings: SessionSettings;
  readonly memory: EndpointMemory;
  readonly identity: Identity;
  readonly parts: LazyParts;
  readonly sm: StreamManagement;
  /** What streams call; each gets a host of its own. */
  readonly host: () => StreamHost;
  /** A guest's proof of work begins. */
  readonly proving: () => void;
  /** Takes what the server never confirmed of a session that is gone. */
  readonly lost: (unacknowledged: readonly string[]) => void;
}

/** What came of one link. */
export type Trial =
  | Extract<Attempted, { kind: 'settled' }>
  /** The link is good, and still there. */
  | { readonly kind: 'troubled'; readonly stream: Stream; readonly trouble: Trouble }
  | LinkFailed;

/** Finds a link that works and signs in on it: WebSocket first. Whatever else there is to try is loaded when that fails. */
export class Connector {
  /** What its parts share with it. */
  readonly deps: ConnectorDeps;
  /** Where the server is, once that is known. */
  endpoints: Endpoints | undefined;

  constructor(deps: ConnectorDeps) {
    this.deps = deps;
  }

  /** One attempt over every link there is. */
  async connect(signal: AbortSignal): Promise<Attempted> {
    const { memory, parts } = this.deps;
    const endpoints = await this.resolve(signal);
    let first: Trial | undefined;
    if (endpoints?.websocket !== undefined && memory.known.link !== 'bosh') {
      first = await this.trial('websocket', endpoints, this.guess('websocket', endpoints), signal);
      if (first.kind === 'settled') return first;
    }
    try {
      const { goAround } = await parts.detour();
      return await goAround(this, endpoints, first, signal);
    } catch {
      if (first?.kind === 'troubled') first.stream.drop();
      return { kind: 'failed', reason: 'not loaded' };
    }
  }

  /** What the server is thought to offer; undefined when its features are to be waited for. */
  guess(kind: LinkKind, endpoints: Endpoints): Offer | undefined {
    return this.deps.memory.known[kind] ?? (endpoints.meerkat ? MEERKAT_OFFER : undefined);
  }

  /** Opens a link and signs in on it. @param guess as for `negotiate` */
  async trial(
    kind: LinkKind,
    endpoints: Endpoints,
    guess: Offer | undefined,
    signal: AbortSignal,
  ): Promise<Trial> {
    let stream: Stream | undefined;
    try {
      stream = this.stream(await this.open(kind, endpoints, signal), endpoints.domain);
      const outcome = await this.negotiate(stream, endpoints, guess, false, signal);
      if (outcome.kind !== 'bound' && outcome.kind !== 'resumed') {
        return { kind: 'troubled', stream, trouble: outcome };
      }
      this.#remember(kind, outcome, endpoints);
      return { kind: 'settled', stream, outcome };
    } catch (cause) {
      const error = cause instanceof StreamEnded ? cause.end.error : undefined;
      // What else there is says nothing of the server's opinion.
      if (stream && error) return { kind: 'troubled', stream, trouble: { kind: 'stream-error', error } };
      stream?.drop();
      return { kind: 'link-failed', reason: cause instanceof Error ? cause.message : String(cause) };
    }
  }

  /**
   * Signs in on a stream that has not begun yet.
   * @param guess what the server is thought to offer, so that all goes out in one flight
   * @param resumeOnly takes the session over, or leaves it alone
   */
  async negotiate(
    stream: Stream,
    endpoints: Endpoints,
    guess: Offer | undefined,
    resumeOnly: boolean,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const { identity, lost, parts, platform, settings, sm } = this.deps;
    const drop = (): void => stream.drop();
    const stopTimer = platform.env.clock.after(settings.settle, drop);
    signal.addEventListener('abort', drop);
    try {
      if (signal.aborted) drop();
      const mechanisms = await identity.mechanisms(stream.link.secure);
      const outcome = await negotiate(stream, {
        sm,
        stepwise: async (negotiation) => {
          const { Stepwise } = await parts.detour();
          return new Stepwise(negotiation, platform.env.random);
        },
        mechanisms,
        guess,
        sasl2: stream.link.kind === 'websocket' || endpoints.meerkat,
        clientId: identity.clientId,
        from: identity.account,
        resumeOnly,
        lost,
      });
      if (outcome.kind === 'resumed') identity.learn(undefined, outcome.token);
      if (outcome.kind === 'bound') identity.learn(accountOf(outcome.jid), outcome.token);
      return outcome;
    } finally {
      stopTimer();
      signal.removeEventListener('abort', drop);
    }
  }

  /** Opens a link, which may have ended before it has said anything. @throws */
  async open(kind: LinkKind, endpoints: Endpoints, signal: AbortSignal): Promise<ClientLink> {
    const { identity, parts, platform, settings } = this.deps;
    if (kind === 'websocket')
      return openWebSocket(platform, endpoints.websocket ?? '', settings.stall, signal);
    const { BoshLink } = await parts.bosh();
    return new BoshLink(platform, endpoints.bosh ?? '', identity.kind === 'cookie');
  }

  /** A stream over a link that has just opened. */
  stream(link: ClientLink, domain: string): Stream {
    const { host, platform, settings, sm } = this.deps;
    return new Stream(link, domain, sm, platform.env.clock, settings.acks, host());
  }

  #remember(kind: LinkKind, { offer }: Success, { domain }: Endpoints): void {
    const { memory } = this.deps;
    // One failure of a WebSocket that has worked before may be a server that is just coming up.
    const link = kind === 'websocket' ? kind : (memory.known.link ?? kind);
    memory.learn({ domain, link, ...(offer ? { [kind]: offer } : {}) });
  }

  /** Where the server is. What is planned is used at once; host-meta is asked only for what is not known. */
  async resolve(signal: AbortSignal): Promise<Endpoints | undefined> {
    if (this.endpoints) return this.endpoints;
    const { memory, options, platform } = this.deps;
    const planned = plannedEndpoints(options, platform.page.origin);
    if (!planned) return undefined;
    const base = planned.bosh ?? planned.websocket ?? '';
    const known = planned.domain ?? memory.known.domain;
    const meta = known === undefined ? await fetchHostMeta(platform, base, signal) : undefined;
    const told = known ?? domainIn(meta);
    const domain = told ?? hostOf(base);
    const endpoints = domain && { ...planned, domain };
    if (!endpoints || (told === undefined && meta === undefined)) return endpoints;
    // A server that does not name its domain in our way is not ours, and says itself where it is.
    const named =
      told === undefined
        ? (await this.deps.parts.detour().catch(() => undefined))?.namedEndpoints(meta, endpoints)
        : endpoints;
    if (named) this.endpoints = named;
    return named ?? endpoints;
  }
}
