import {
  encodeSharedStatus,
  errorOf,
  type Iq,
  is,
  isDomain,
  NS,
  resultOf,
  type Stanza,
  stanzaError,
} from '@meerkat-chat/xmpp';
import type { DiscoInfo, SharedStatus } from '../../kernel/hooks.js';
import { defineModule, type HostHandler, type ModuleContext } from '../../kernel/module.js';
import type { Session } from '../../kernel/session.js';
import { type StatusSettings, statusSettings } from './settings.js';
import { SharedStatuses } from './shared-statuses.js';
import { Sharing } from './sharing.js';

/** How often guests and addresses are looked through for what can be forgotten. */
const SWEEP = 3_600_000;

const BROKEN = stanzaError('internal-server-error');

const HOST_INFO: DiscoInfo = {
  identities: [{ category: 'component', type: 'presence', name: 'Status on the web' }],
  features: [NS.webStatus, NS.discoInfo, NS.discoItems, NS.ping],
};

/** Which request of ours it is; undefined for any other, which is left to who answers for every host. */
function requestOf({ payload, type }: Iq): 'ask' | 'share' | 'withdraw' | undefined {
  if (type === 'get' && is(payload, 'shared', NS.webStatus)) return 'ask';
  if (type === 'set' && is(payload, 'share', NS.webStatus)) return 'share';
  return type === 'set' && is(payload, 'withdraw', NS.webStatus) ? 'withdraw' : undefined;
}

async function setup(module: ModuleContext<StatusSettings>): Promise<void> {
  const { clock, domain, log, outlet, sessions, settings } = module;
  const statuses = new SharedStatuses(module);
  const sharing = new Sharing(module, statuses);
  await statuses.load();

  const answer = async (iq: Iq, asked: Promise<SharedStatus>): Promise<void> => {
    try {
      const held = await asked;
      outlet.send(held.shared ? resultOf(iq, encodeSharedStatus(held.id)) : errorOf(iq, held.error));
    } catch (err) {
      log.error({ err }, 'the sharing of a status could not be written down');
      outlet.send(errorOf(iq, BROKEN));
    }
  };

  const dealWith = (request: 'ask' | 'share' | 'withdraw', session: Session): Promise<SharedStatus> => {
    const { account, identity, peer } = session;
    switch (request) {
      case 'ask':
        return Promise.resolve({ shared: true, id: statuses.idOf(account) });
      case 'withdraw':
        return sharing.withdraw(account);
      case 'share':
        return sharing.share({
          account,
          guest: identity.kind === 'guest',
          address: peer.address,
          isHere: () => sessions.get(session.jid) === session,
        });
    }
  };

  const take = (stanza: Stanza, session: Session | undefined): ReturnType<HostHandler> => {
    if (stanza.kind !== 'iq' || !session || stanza.to === undefined || !isDomain(stanza.to)) return undefined;
    const request = requestOf(stanza);
    return request && { handled: true, settled: answer(stanza, dealWith(request, session)) };
  };
  const host = module.host(settings.host, take);

  module.on('presence:changed', ({ session }) => statuses.presenceChanged(session.account));
  module.on('account:erased', ({ account }) => sharing.erased(account));
  module.on('status:shown', ({ id }) => statuses.shown(id));
  module.on('status:share', ({ account, share }) =>
    share
      ? sharing.share({ account, guest: false, address: undefined, isHere: () => true })
      : sharing.withdraw(account),
  );
  module.on('disco:info', ({ to, node }) => (to === host && node === undefined ? HOST_INFO : undefined));
  module.on('disco:items', ({ to, node }) =>
    to === domain && node === undefined ? [{ jid: host, name: 'Status on the web' }] : undefined,
  );

  clock.every(SWEEP, () => {
    sharing.sweep().catch((err: unknown) => log.warn({ err }, 'guests who are long gone were not forgotten'));
  });
  module.onStop(() => statuses.note());
  module.gauge('shared', () => statuses.size);
  module.gauge('leaving', () => statuses.leaving);
  module.gauge('waiting', () => sharing.waiting);
}

/** Shows the status of those who ask for it to whoever has their id, by HTTP (docs/namespaces.md). */
export const status = defineModule({ id: 'status', xeps: [], settings: statusSettings, setup });
