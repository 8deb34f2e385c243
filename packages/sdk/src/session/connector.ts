import { accountOf } from '@meerkat-chat/xmpp';
import type { ChatOptions } from '../chat-options.js';
import type { BoshState } from '../link/bosh-state.js';
import { type ClientLink, NO_ENDPOINT } from '../link/client-link.js';
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
  /** Takes what the server never confirmed of a session that is gone. */
  readonly lost: (unacknowledged: readonly string[]) => void;
}

/** How often one link is opened anew within an attempt: after a wrong guess, a refused token. */
const MAX_TRIES = 4;

/** Finds a link that works and signs in on it: WebSocket first, BOSH where that cannot be had. */
export class Connector {
  /** What its parts share with it. */
  readonly deps: ConnectorDeps;
  #endpoints: Endpoints | undefined;

  constructor(deps: ConnectorDeps) {
    this.deps = deps;
  }

  /** Where the server is, once that is known. */
  get endpoints(): Endpoints | undefined {
    return this.#endpoints;
  }

  /** One attempt over every link there is. */
  async connect(signal: AbortSignal): Promise<Attempted> {
    const endpoints = await this.resolve(signal);
    if (!endpoints) return { kind: 'refused', refusal: { reason: 'unreachable', text: 'no usable URL' } };
    const reasons: string[] = [];
    const attempted =
      (await this.#overEach(endpoints, reasons, signal)) ??
      (await this.#overNamed(endpoints, reasons, signal));
    if (attempted) return attempted;
    const reason = reasons.join('; ');
    const wrong = !this.#hasWorked && reasons.some((text) => text.endsWith(NO_ENDPOINT));
    if (signal.aborted || !wrong) return { kind: 'failed', reason };
    return { kind: 'refused', refusal: { reason: 'unreachable', text: reason } };
  }

  /**
   * What goes on with a BOSH session of the page before, without a word: nothing is known until the server answers.
   * Rejects where BOSH cannot be loaded.
   */
  async adopter(signal: AbortSignal): Promise<(url: string, state: BoshState) => Stream> {
    await this.resolve(signal);
    const { identity, parts, platform } = this.deps;
    const { BoshLink } = await parts.bosh();
    return (url, state) => {
      const stream = this.stream(new BoshLink(platform, url, identity.byCookie, state), hostOf(url) ?? '');
      stream.adopt();
      return stream;
    };
  }

  /** Tries one link after the other. @returns undefined when none could be had; `reasons` say why */
  async #overEach(
    endpoints: Endpoints,
    reasons: string[],
    signal: AbortSignal,
  ): Promise<Attempted | undefined> {
    for (const kind of this.#order(endpoints)) {
      const attempted = await this.#over(kind, endpoints, signal);
      if (attempted.kind !== 'link-failed') return attempted;
      reasons.push(`${kind}: ${attempted.reason}`);
      if (signal.aborted) break;
    }
    return undefined;
  }

  /** Where nothing has ever been at the usual URLs: tries those that the server's host-meta names, if it does. */
  async #overNamed(usual: Endpoints, reasons: string[], signal: AbortSignal): Promise<Attempted | undefined> {
    if (!usual.meerkat || this.#hasWorked || signal.aborted) return undefined;
    const named = await this.#named(usual, signal);
    if (!named || (named.websocket === usual.websocket && named.bosh === usual.bosh)) return undefined;
    this.#endpoints = named;
    return this.#overEach(named, reasons, signal);
  }

  /** The endpoints that the server's host-meta names; undefined where it names none, or cannot be read now. */
  async #named(usual: Endpoints, signal: AbortSignal, meta?: unknown): Promise<Endpoints | undefined> {
    const detour = await this.deps.parts.detour().catch(() => undefined);
    const base = usual.bosh ?? usual.websocket ?? '';
    return detour?.namedEndpoints(meta ?? (await fetchHostMeta(this.deps.platform, base, signal)), usual);
  }

  get #hasWorked(): boolean {
    return this.deps.memory.known.link !== undefined;
  }

  /** What the server is thought to offer; undefined when its features are to be waited for. */
  guess(kind: LinkKind, endpoints: Endpoints): Offer | undefined {
    return this.deps.memory.known[kind] ?? (endpoints.meerkat ? MEERKAT_OFFER : undefined);
  }

  async #over(kind: LinkKind, endpoints: Endpoints, signal: AbortSignal): Promise<Attempted | LinkFailed> {
    let guess = this.guess(kind, endpoints);
    for (let tries = 0; tries < MAX_TRIES && !signal.aborted; tries++) {
      let stream: Stream | undefined;
      try {
        stream = this.stream(await this.open(kind, endpoints, signal), endpoints.domain);
        const trouble = await this.#signIn(stream, endpoints, guess, signal);
        if (trouble.kind === 'bound' || trouble.kind === 'resumed') {
          this.#remember(kind, trouble, endpoints);
          return { kind: 'settled', stream, outcome: trouble };
        }
        const { judge } = await this.deps.parts.detour();
        const judged = await judge(trouble, kind, guess, stream.link.secure, this.deps);
        stream.drop();
        if (judged.kind !== 'again') return judged;
        guess = judged.guess;
      } catch (error) {
        stream?.drop();
        return { kind: 'link-failed', reason: error instanceof Error ? error.message : String(error) };
      }
    }
    return { kind: 'link-failed', reason: 'too many tries' };
  }

  /** @throws whatever says nothing of the server's opinion */
  async #signIn(
    stream: Stream,
    endpoints: Endpoints,
    guess: Offer | undefined,
    signal: AbortSignal,
  ): Promise<Success | Trouble> {
    try {
      return await this.negotiate(stream, endpoints, guess, false, signal);
    } catch (cause) {
      const error = cause instanceof StreamEnded ? cause.end.error : undefined;
      if (!error) throw cause;
      return { kind: 'stream-error', error };
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

  /** Opens a link, which may have ended before it has said anything. @throws {LinkError} */
  async open(kind: LinkKind, endpoints: Endpoints, signal: AbortSignal): Promise<ClientLink> {
    const { identity, parts, platform, settings } = this.deps;
    if (kind === 'websocket')
      return openWebSocket(platform, endpoints.websocket ?? '', settings.stall, signal);
    const { BoshLink } = await parts.bosh();
    return new BoshLink(platform, endpoints.bosh ?? '', identity.byCookie);
  }

  /** A stream over a link that has just opened. */
  stream(link: ClientLink, domain: string): Stream {
    const { host, platform, settings, sm } = this.deps;
    return new Stream(link, domain, sm, platform.env.clock, settings.acks, host());
  }

  #order(endpoints: Endpoints): readonly LinkKind[] {
    const kinds: readonly LinkKind[] =
      this.deps.memory.known.link === 'bosh' ? ['bosh', 'websocket'] : ['websocket', 'bosh'];
    return kinds.filter((kind) => endpoints[kind] !== undefined);
  }

  #remember(kind: LinkKind, { offer }: Success, { domain }: Endpoints): void {
    const { memory } = this.deps;
    // One failure of a WebSocket that has worked before may be a server that is just coming up.
    const link = kind === 'websocket' ? kind : (memory.known.link ?? kind);
    memory.learn({ domain, link, ...(offer ? { [kind]: offer } : {}) });
  }

  /** Where the server is. What is planned is used at once; host-meta is asked only for what is not known. */
  async resolve(signal: AbortSignal): Promise<Endpoints | undefined> {
    if (this.#endpoints) return this.#endpoints;
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
    const named = told === undefined ? await this.#named(endpoints, signal, meta) : endpoints;
    if (named) this.#endpoints = named;
    return named ?? endpoints;
  }
}
