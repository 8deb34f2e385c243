import {
  accountOf,
  bodyOf,
  domainOf,
  encodeContact,
  isBare,
  NS,
  type Stanza,
  stanzaError,
  stanzaIdOf,
  withoutStanzaIds,
} from '@meerkat-chat/xmpp';
import type { StanzaVerdict } from '../../kernel/hooks.js';
import { defineModule, type IqAnswer, type ModuleContext } from '../../kernel/module.js';
import { keep } from './keeping.js';
import { personAt } from './people.js';
import { Permission } from './permission.js';
import { type DirectSettings, directSettings } from './settings.js';

const NO_SUCH = stanzaError('item-not-found', 'There is nobody of this name.');
const NOT_YOURS = stanzaError('forbidden', 'You may not read this archive.');
const NONE = stanzaError('service-unavailable', 'There is no archive here.');

function setup(context: ModuleContext<DirectSettings>): void {
  const { domain, log, sessions, settings, storage } = context;
  const permission = new Permission(context);

  context.on('stanza:sent', ({ session, stanza }): StanzaVerdict | undefined => {
    if (stanza.kind !== 'message' || stanza.type === 'error' || stanza.to === undefined) return undefined;
    const account = domainOf(stanza.to) === domain ? accountOf(stanza.to) : undefined;
    if (account === undefined) return undefined;
    // That somebody is writing, or that something arrived, is not held against them: the bound for all messages holds.
    const isSaid = bodyOf(stanza) !== undefined;
    const error = isSaid ? permission.take(session, account) : permission.problem(session, account);
    return error && { verdict: 'refuse', error };
  });

  context.on('stanza:receiving', ({ account, stanza }) => {
    if (stanza.kind !== 'message') return undefined;
    const isForged = stanzaIdOf(stanza.el, account) !== undefined;
    const message = isForged ? { ...stanza, el: withoutStanzaIds(stanza.el, account) } : stanza;
    const asIs = isForged ? ({ verdict: 'replace', stanza: message as Stanza } as const) : undefined;
    // What rooms and other hosts send to somebody is not said by a person to another.
    const kept = domainOf(message.from) === domain ? keep(context, message, account) : undefined;
    return kept ? kept.then((verdict) => verdict ?? asIs) : asIs;
  });

  context.on('archive:access', ({ archive, by, session }) => {
    if (domainOf(archive) !== domain) return undefined;
    if (accountOf(by) !== archive) return { allow: false, error: NOT_YOURS };
    const isKept = settings.archived && session?.identity.kind === 'user';
    return isKept ? { allow: true } : { allow: false, error: NONE };
  });

  context.on('disco:info', ({ to, node, by }) => {
    const isOwn = isBare(to) && domainOf(to) === domain && accountOf(by) === to && node === undefined;
    const isUser = isOwn && sessions.of(to)[0]?.identity.kind === 'user';
    return isUser && settings.archived ? { features: [NS.mam, NS.stanzaId] } : undefined;
  });

  context.iq({
    type: 'get',
    ns: NS.contact,
    name: 'contact',
    at: 'account',
    async handle({ iq, session }): Promise<IqAnswer> {
      const account = iq.to && accountOf(iq.to);
      if (!session || account === undefined) return { error: NO_SUCH };
      // Before anything is looked up: of whom a guest may not write to, nothing is told.
      const error = permission.problem(session, account);
      if (error) return { error };
      if ((await personAt(context, account)) === 'nobody') return { error: NO_SUCH };
      const isTold = permission.isOpen(account) || session.account === account;
      const isHere = sessions.of(account).some(({ jid }) => sessions.presence(jid) !== undefined);
      return { result: encodeContact(isTold ? { here: isHere } : {}) };
    },
  });

  context.on('account:erased', async ({ account }) => {
    try {
      await storage.archive.forget(account);
    } catch (err) {
      log.error({ account, err }, 'the archive of an account that is gone was not removed');
    }
  });

  context.gauge('addresses', () => permission.size);
}

/** Messages between two people: who may write to whom, and the archive of each (XEP-0313 section 3). */
export const direct = defineModule({
  id: 'direct',
  xeps: ['XEP-0313@1.1.3', 'XEP-0359@0.7.0'],
  features: [NS.contact],
  settings: directSettings,
  setup,
});
