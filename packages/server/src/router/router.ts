import {
  accountOf,
  assertNever,
  type BareJid,
  type Clock,
  type DomainJid,
  domainOf,
  type Element,
  type FullJid,
  isDomain,
  isFull,
  type Jid,
  type Presence,
  type Stanza,
  type StanzaError,
  stanzaError,
  withTo,
} from '@meerkat-chat/xmpp';
import type { Grant } from '../kernel/grant.js';
import type { Group } from '../kernel/group.js';
import type { HookPayload, Settled, StanzaVerdict } from '../kernel/hooks.js';
import { Lanes } from '../kernel/lanes.js';
import type { Logger } from '../kernel/logger.js';
import type { Outlet } from '../kernel/module.js';
import type { Registry } from '../kernel/registry.js';
import type { Session, SessionEnd } from '../kernel/session.js';
import type { SharedStanza } from '../kernel/shared-stanza.js';
import type { StreamHost } from '../stream/stream-host.js';
import { deliverToAccount } from './account-delivery.js';
import { BROKEN, CROWDED, errorReply, REMOTE, untaken } from './default-errors.js';
import { CountedSource, fanOut } from './fan-out.js';
import { readSent } from './intake.js';
import { IqDispatch } from './iq-dispatch.js';
import { isArchived, redeliver, sentStanza } from './redelivery.js';
import { SessionGroup } from './session-group.js';
import { priorityOf, Sessions } from './sessions.js';
import { type RouterCounts, Traffic } from './traffic.js';

/** Tasks that may wait for one account while a module makes up its mind; more are refused. */
export const RECEIVING_BACKLOG = 1000;

/** What the router needs of the rest. */
export interface RouterOptions {
  readonly clock: Clock;
  readonly domain: DomainJid;
  readonly log: Logger;
  readonly registry: Registry;
  /** The strict parser, for what an ended session gives back as text; undefined for what is not one element. */
  readonly parse: (text: string) => Element | undefined;
}

/** Addresses each stanza and hands it on: to sessions, to the modules' hosts and handlers, or back as an error. */
export class Router
  implements Outlet, Pick<StreamHost, 'bound' | 'ended' | 'receive' | 'renewed' | 'resumed' | 'sessions'>
{
  readonly sessions = new Sessions();
  readonly #clock: Clock;
  readonly #domain: DomainJid;
  readonly #log: Logger;
  readonly #registry: Registry;
  readonly #parse: RouterOptions['parse'];
  readonly #iqs: IqDispatch;
  /** Stanzas of one session, in the order in which it sent them (RFC 6120 section 10.1). */
  readonly #sending = new Lanes<Session>();
  /** Stanzas for one account, in the order in which they arrived. */
  readonly #receiving = new Lanes<BareJid>();
  readonly #traffic = new Traffic();
  readonly #streamed = (): void => void this.#traffic.fannedOut++;

  constructor(options: RouterOptions) {
    this.#clock = options.clock;
    this.#domain = options.domain;
    this.#log = options.log;
    this.#registry = options.registry;
    this.#parse = options.parse;
    this.#iqs = new IqDispatch(
      options.registry,
      { reply: this.#reply.bind(this), refuse: this.#refuse.bind(this) },
      options.log,
    );
  }

  /** What has happened since the start, up to now. */
  get counts(): RouterCounts {
    return this.#traffic;
  }

  /** What the router holds now: back to the start when all have left. */
  stats(): { readonly sessions: number; readonly waiting: number } {
    return { sessions: this.sessions.size, waiting: this.#sending.size + this.#receiving.size };
  }

  /** A stanza of a session, in order; it counts as taken (XEP-0198) when what is returned has fulfilled. */
  receive(session: Session, element: Element): Settled {
    this.#traffic.receives(element.name);
    const intake = readSent(session, element);
    switch (intake.kind) {
      case 'forged':
        session.end('kicked', 'invalid-from');
        return undefined;
      case 'refused':
        this.#traffic.refuses(element.name);
        if (intake.reply) this.#reply(intake.reply, session);
        return undefined;
      case 'stanza':
        return this.#sent(session, intake.stanza);
      default:
        return assertNever(intake);
    }
  }

  send(element: Element): void {
    // A room, or another host, has refused something.
    if (element.attrs.type === 'error') this.#traffic.refuses(element.name);
    this.#send(element);
  }

  #send(element: Element): void {
    const stanza = sentStanza(element);
    if (!stanza) {
      this.#log.error({ name: element.name }, 'a module sent something that is not an addressed stanza');
      return;
    }
    const settled = this.route(stanza, undefined);
    // Nobody waits for what a module sends; whoever rejects has logged why.
    settled?.catch(() => {});
  }

  fanOut(stanza: SharedStanza, recipients: Group | Iterable<FullJid>): void {
    const began = this.#clock.monotonic();
    const reached =
      recipients instanceof SessionGroup
        ? recipients.fanOut(stanza)
        : fanOut(stanza, recipients, this.sessions);
    this.#traffic.fansOut(reached, this.#clock.monotonic() - began);
  }

  group(): Group {
    return new SessionGroup(this.sessions);
  }

  stream(source: Iterator<SharedStanza, unknown>, recipient: FullJid): void {
    this.sessions.get(recipient)?.deliverFrom(new CountedSource(source, this.#streamed));
  }

  bound(session: Session): void {
    this.sessions.add(session);
    this.#registry.hooks.tell('session:bound', { session });
  }

  renewed(session: Session, before: Grant | undefined): void {
    this.#registry.hooks.tell('session:renewed', { session, before });
  }

  resumed(session: Session): void {
    this.#registry.hooks.tell('session:resumed', { session });
  }

  ended(session: Session, why: SessionEnd, unacknowledged: readonly string[]): void {
    const wasAvailable = this.sessions.presence(session.jid) !== undefined;
    // The one that took its address may be here already: then everything of that address is the new one's.
    const wasHere = this.sessions.remove(session);
    if (wasHere && wasAvailable) {
      this.#registry.hooks.tell('presence:changed', { session, presence: undefined });
    }
    this.#registry.hooks.tell('session:ended', { session, why });
    for (const text of unacknowledged) this.#giveBack(text);
  }

  #sent(session: Session, stanza: Stanza): Settled {
    return this.#sending.run(
      session,
      () => this.#judge('stanza:sent', { session, stanza }),
      (verdict) => this.#follow(verdict, stanza, session, (kept) => this.route(kept, session)),
    );
  }

  /** Asks the modules; one that throws fails this stanza and nothing else. The hook runner has logged whose it was. */
  #judge<Name extends 'stanza:receiving' | 'stanza:sent'>(
    name: Name,
    payload: HookPayload<Name>,
  ): StanzaVerdict | undefined | Promise<StanzaVerdict | undefined> {
    const broken = { verdict: 'refuse', error: BROKEN } as const;
    try {
      const verdict = this.#registry.hooks.first(name, payload);
      return verdict instanceof Promise ? verdict.catch(() => broken) : verdict;
    } catch {
      return broken;
    }
  }

  #follow(
    verdict: StanzaVerdict | undefined,
    stanza: Stanza,
    session: Session | undefined,
    goOn: (stanza: Stanza) => Settled,
  ): Settled {
    switch (verdict?.verdict) {
      case undefined:
        return goOn(stanza);
      case 'replace':
        return goOn(verdict.stanza);
      case 'refuse':
        return this.#refuse(stanza, verdict.error, session);
      case 'handled':
        return verdict.settled;
      default:
        return assertNever(verdict);
    }
  }

  /**
   * Takes a stanza to wherever it is for, once the sender's side has judged it.
   * @param session its sender, where that is one of ours
   */
  route(stanza: Stanza, session: Session | undefined): Settled {
    const { to } = stanza;
    if (to === undefined) return session && this.#own(stanza, session);
    const domain = domainOf(to);
    if (domain !== this.#domain) return this.#toHost(domain, stanza, session);
    const account = accountOf(to);
    return account === undefined
      ? this.#toDomain(to, stanza, session)
      : this.#toAccount(account, to, stanza, session);
  }

  /** What has no address is for the sender's own account (RFC 6120 section 10.3). */
  #own(stanza: Stanza, session: Session): Settled {
    switch (stanza.kind) {
      case 'message': {
        const to = session.account;
        return this.#toAccount(to, to, { ...stanza, to, el: withTo(stanza.el, to) }, session);
      }
      case 'presence':
        return this.#broadcast(stanza, session);
      case 'iq':
        return this.#iqs.dispatch(stanza, ['own-account', 'account', 'any'], session);
      default:
        return assertNever(stanza);
    }
  }

  #broadcast(presence: Presence, session: Session): Settled {
    if (presence.type !== 'available' && presence.type !== 'unavailable') {
      return this.#refuse(presence, stanzaError('bad-request', 'such a presence needs an address'), session);
    }
    const priority = priorityOf(presence);
    if (priority === undefined) {
      return this.#refuse(presence, stanzaError('bad-request', 'a priority is from -128 to 127'), session);
    }
    const now = presence.type === 'available' ? presence : undefined;
    const before = this.sessions.presence(session.jid);
    if (!this.sessions.broadcasts(session, now, priority) || (!now && !before)) return undefined;
    this.#registry.hooks.tell('presence:changed', { session, presence: now });
    return undefined;
  }

  #toHost(domain: DomainJid, stanza: Stanza, session: Session | undefined): Settled {
    const host = this.#registry.hosts.get(domain);
    if (!host) return this.#refuse(stanza, REMOTE, session);
    try {
      const taken = host.handler(stanza, session);
      if (taken) return taken.settled;
    } catch (cause) {
      this.#log.error({ module: host.moduleId, err: cause }, 'a host failed');
      return this.#refuse(stanza, BROKEN, session);
    }
    if (stanza.kind === 'iq') return this.#iqs.dispatch(stanza, ['any'], session);
    return this.#untaken(stanza, session);
  }

  #toDomain(to: Jid, stanza: Stanza, session: Session | undefined): Settled {
    if (stanza.kind !== 'iq') return this.#untaken(stanza, session);
    return this.#iqs.dispatch(stanza, isDomain(to) ? ['domain', 'any'] : ['any'], session);
  }

  #toAccount(account: BareJid, to: Jid, stanza: Stanza, session: Session | undefined): Settled {
    if (this.#receiving.length(account) >= RECEIVING_BACKLOG) return this.#refuse(stanza, CROWDED, session);
    const deliver = (kept: Stanza): Settled => {
      if (kept.kind === 'iq' && !isFull(to)) {
        return this.#iqs.dispatch(
          kept,
          session?.account === account ? ['own-account', 'account', 'any'] : ['account', 'any'],
          session,
        );
      }
      const delivered = deliverToAccount(this.sessions, account, to, kept);
      if (delivered === 'untaken' && !isArchived(kept, account)) return this.#untaken(kept, session);
      if (kept.kind === 'message' && delivered !== 'dropped') {
        const takers = delivered === 'untaken' ? [] : delivered;
        this.#registry.hooks.tell('message:delivered', { account, message: kept, takers });
      }
      return undefined;
    };
    return this.#receiving.run(
      account,
      () => this.#judge('stanza:receiving', { account, stanza }),
      (verdict) => this.#follow(verdict, stanza, session, deliver),
    );
  }

  #giveBack(text: string): void {
    const element = this.#parse(text);
    const stanza = element && sentStanza(element);
    if (!stanza) return;
    const redelivery = redeliver(this.sessions, this.#domain, stanza);
    if (typeof redelivery === 'object') this.#refuse(stanza, redelivery.bounce, undefined);
  }

  #untaken(stanza: Stanza, session: Session | undefined): undefined {
    const error = untaken(stanza);
    if (error) this.#refuse(stanza, error, session);
  }

  /** Tells the sender why its stanza came to nothing, where it may be told. */
  #refuse(stanza: Stanza, error: StanzaError, session: Session | undefined): undefined {
    this.#traffic.refuses(stanza.kind);
    const reply = errorReply(stanza, error);
    if (reply) this.#reply(reply, session);
  }

  /** An answer goes straight to the session that asked; to anybody else by their address. */
  #reply(element: Element, session: Session | undefined): void {
    if (session) session.deliver(element);
    else this.#send(element);
  }
}
