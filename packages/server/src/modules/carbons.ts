import {
  accountOf,
  domainOf,
  type Element,
  encodeCarbon,
  type FullJid,
  type Message,
  messageEl,
  NS,
  refusesCarbons,
} from '@meerkat-chat/xmpp';
import { z } from 'zod';
import { defineModule, type IqAnswer, type ModuleContext } from '../kernel/module.js';
import type { Session } from '../kernel/session.js';

/** Which messages other sessions get copies of (XEP-0280 section 6.1): what two people say and do in a conversation. */
function isCopied({ el, type }: Message): boolean {
  const isSaid = type === 'chat' || (type === 'normal' && el.children.some(isBody));
  return isSaid && !refusesCarbons(el);
}

function isBody(node: Message['el']['children'][number]): boolean {
  return typeof node === 'object' && node.name === 'body' && node.ns === NS.client;
}

function setup(context: ModuleContext<object>): void {
  const { domain, sessions } = context;
  const enabled = new Set<FullJid>();

  const wish = (session: Session | undefined, on: boolean): IqAnswer => {
    if (session && on) enabled.add(session.jid);
    else if (session) enabled.delete(session.jid);
    return { result: undefined };
  };
  context.iq({
    type: 'set',
    ns: NS.carbons,
    name: 'enable',
    at: 'own-account',
    handle: ({ session }) => wish(session, true),
  });
  context.iq({
    type: 'set',
    ns: NS.carbons,
    name: 'disable',
    at: 'own-account',
    handle: ({ session }) => wish(session, false),
  });
  context.on('session:ended', ({ session }) => void enabled.delete(session.jid));

  const copy = (to: Session, carbon: Element): void => {
    // Past the router: a copy is not copied.
    to.deliver(messageEl({ from: to.account, to: to.jid, type: 'chat' }, carbon));
  };

  context.on('message:delivered', ({ account, message, takers }) => {
    const sender = accountOf(message.from);
    if (enabled.size === 0 || sender === undefined || domainOf(sender) !== domain || !isCopied(message))
      return;
    for (const session of sessions.of(account)) {
      if (!enabled.has(session.jid) || session.jid === message.from || takers.includes(session)) continue;
      copy(session, encodeCarbon('received', message.el));
    }
    // A word to oneself has reached the other sessions already.
    if (sender === account) return;
    for (const session of sessions.of(sender)) {
      if (!enabled.has(session.jid) || session.jid === message.from) continue;
      copy(session, encodeCarbon('sent', message.el));
    }
  });

  context.gauge('enabled', () => enabled.size);
}

/** Copies of what one session of an account sends and gets, for the others that ask for it (XEP-0280). */
export const carbons = defineModule({
  id: 'carbons',
  xeps: ['XEP-0280@1.0.1'],
  features: [NS.carbons],
  settings: z.object({}),
  setup,
});
