import {
  accountOf,
  domainOf,
  type Element,
  type FullJid,
  type Jid,
  type Presence,
  presenceEl,
  stanzaError,
  withFrom,
  withTo,
} from '@meerkat-chat/xmpp';
import { z } from 'zod';
import { defineModule, type ModuleContext } from '../kernel/module.js';

const settings = z.object({
  /** Addresses to which one session may have sent directed presence at a time. */
  directedTargets: z.int().min(1).default(200),
});

const TOO_MANY = stanzaError(
  'resource-constraint',
  'You show your presence to as many addresses as you may.',
);

/** Sends a presence to the other available resources of its account, and theirs to a resource that is new. */
class OwnResources {
  readonly #context: ModuleContext<z.output<typeof settings>>;
  readonly #available = new Map<FullJid, Element>();

  constructor(context: ModuleContext<z.output<typeof settings>>) {
    this.#context = context;
  }

  get size(): number {
    return this.#available.size;
  }

  /** RFC 6121 sections 4.2.2, 4.4.2 and 4.5.2. @param presence undefined when it became unavailable */
  changed(jid: FullJid, presence: Presence | undefined): void {
    const account = accountOf(jid);
    if (account === undefined) return;
    const isNew = presence !== undefined && !this.#available.has(jid);
    const told = presence ? withFrom(presence.el, jid) : presenceEl({ from: jid, type: 'unavailable' });
    if (presence) this.#available.set(jid, told);
    else this.#available.delete(jid);
    for (const { jid: other } of this.#context.sessions.of(account)) {
      const theirs = this.#available.get(other);
      if (other === jid || !theirs) continue;
      this.#context.outlet.send(withTo(told, other));
      if (isNew) this.#context.outlet.send(withTo(theirs, jid));
    }
  }
}

function setup(context: ModuleContext<z.output<typeof settings>>): void {
  const { domain, outlet } = context;
  const own = new OwnResources(context);
  /** Whom each session has shown its presence to, and has to tell when it goes (RFC 6121 section 4.6.3). */
  const directed = new Map<FullJid, Set<Jid>>();

  function sayGoodbye(jid: FullJid): void {
    const targets = directed.get(jid);
    directed.delete(jid);
    for (const to of targets ?? []) outlet.send(presenceEl({ from: jid, to, type: 'unavailable' }));
  }

  context.on('presence:changed', ({ session, presence }) => {
    own.changed(session.jid, presence);
    if (!presence) sayGoodbye(session.jid);
  });

  context.on('session:ended', ({ session }) => {
    sayGoodbye(session.jid);
  });

  context.on('stanza:sent', ({ session, stanza }) => {
    // Hosts below ours, such as rooms, hear of the end of a session by themselves.
    if (stanza.kind !== 'presence' || stanza.to === undefined || domainOf(stanza.to) !== domain) {
      return undefined;
    }
    const targets = directed.get(session.jid);
    if (stanza.type === 'unavailable') {
      targets?.delete(stanza.to);
      if (targets?.size === 0) directed.delete(session.jid);
      return undefined;
    }
    if (stanza.type !== 'available' || accountOf(stanza.to) === session.account) return undefined;
    if (!targets) directed.set(session.jid, new Set([stanza.to]));
    else if (!targets.has(stanza.to) && targets.size >= context.settings.directedTargets) {
      return { verdict: 'refuse', error: TOO_MANY };
    } else targets.add(stanza.to);
    return undefined;
  });

  context.gauge('available', () => own.size);
  context.gauge('directed', () => directed.size);
}

/** Presence among the sessions of an account, and to whom it is directed (RFC 6121 section 4). No roster yet. */
export const presence = defineModule({ id: 'presence', xeps: [], settings, setup });
