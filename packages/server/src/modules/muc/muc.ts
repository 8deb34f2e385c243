import {
  type BareJid,
  bareOf,
  decodeMucJoin,
  type FullJid,
  type Iq,
  is,
  isBare,
  isFull,
  type Message,
  NS,
  type Presence,
  resourceOf,
  resultOf,
  type Stanza,
  stanzaError,
} from '@meerkat-chat/xmpp';
import type { Settled } from '../../kernel/hooks.js';
import { defineModule, type ModuleContext } from '../../kernel/module.js';
import { OCCUPANT_ID_PURPOSE, OccupantIds } from '../../kernel/occupant-ids.js';
import type { Session } from '../../kernel/session.js';
import { getAdmin, setAdmin } from './admin.js';
import { roomAdministration } from './administration.js';
import { registerArchiveAccess } from './archive-access.js';
import { cleanContent } from './clean.js';
import { CreationRates, createRoom } from './creation.js';
import { registerDisco } from './disco.js';
import { forgetAffiliations } from './forgetting.js';
import { join, updatePresence, welcome } from './join.js';
import { leave } from './leave.js';
import { MessageFilters } from './message-filters.js';
import { groupMessage, privateMessage } from './messages.js';
import { type MucContext, refuse } from './muc-context.js';
import { changeNick } from './nick-change.js';
import { registerNameProtection } from './nick-rights.js';
import { OccupantCounts } from './occupant-counts.js';
import { ownerRequest } from './owner.js';
import { tellSelf } from './presence.js';
import { renewRights } from './renewal.js';
import { ReservedNicks } from './reserved-nicks.js';
import { NOT_HERE } from './rights.js';
import type { Room } from './room.js';
import { Rooms } from './rooms.js';
import { type MucSettings, mucSettings } from './settings.js';
import { NAMED_BY_SITE, nickGiven } from './site-identity.js';
import { Typing } from './typing.js';

type Taken = { readonly handled: true; readonly settled?: Settled } | undefined;

const NOT_FOUND = stanzaError('item-not-found', 'There is no such room.');
const BROKEN = stanzaError('internal-server-error');
const BUSY = stanzaError('resource-constraint', 'There is no place for this room now. Try again later.');

/** What somebody is called in a room, and whether they asked for something else. */
interface Called {
  readonly nick: string;
  readonly renamed: boolean;
}

/** Routes what comes for the rooms to the part that deals with it. */
class Host {
  readonly #muc: MucContext;
  readonly #rates: CreationRates;

  constructor(muc: MucContext, rates: CreationRates) {
    this.#muc = muc;
    this.#rates = rates;
  }

  take(stanza: Stanza, session: Session | undefined): Taken {
    const { to } = stanza;
    if (to === undefined) return undefined;
    const jid = bareOf(to);
    if (!isBare(jid)) return undefined;
    const nick = isFull(to) ? resourceOf(to) : undefined;
    switch (stanza.kind) {
      case 'message':
        return this.#message(stanza, jid, nick);
      case 'presence':
        return session && this.#presence(stanza, jid, nick, session);
      case 'iq':
        return this.#iq(stanza, jid, nick);
    }
  }

  /** A session is gone for good: it leaves every room, and each room hears of it once. */
  ended(session: FullJid): void {
    for (const room of this.#muc.rooms.of(session)) leave(this.#muc, room, session, []);
  }

  #message(message: Message, jid: BareJid, nick: string | undefined): Taken {
    return this.#with(message, jid, false, (room) => {
      if (!room) return refuse(this.#muc, message, NOT_HERE);
      if (nick !== undefined) return privateMessage(this.#muc, room, message, nick);
      if (message.type === 'groupchat') return groupMessage(this.#muc, room, message);
      return refuse(
        this.#muc,
        message,
        stanzaError('bad-request', 'A message to a room is of type groupchat.'),
      );
    });
  }

  #presence(presence: Presence, jid: BareJid, wish: string | undefined, session: Session): Taken {
    const asked = decodeMucJoin(presence.el);
    if (presence.type === 'unavailable') {
      return this.#with(presence, jid, false, (room) => {
        if (room) leave(this.#muc, room, session.jid, cleanContent(presence.el, room));
        return undefined;
      });
    }
    if (presence.type !== 'available') return { handled: true };
    if (wish === undefined) {
      refuse(this.#muc, presence, stanzaError('jid-malformed', 'A nick is missing.'));
      return { handled: true };
    }
    return this.#with(presence, jid, asked !== undefined, (room) => {
      const seat = room?.seatOf(session.jid);
      const occupant = seat?.occupant;
      if (!room || (!occupant && !asked)) return refuse(this.#muc, presence, NOT_HERE);
      // It may have ended while the room was read.
      if (this.#muc.module.sessions.get(session.jid) !== session) return undefined;
      const nick = nickGiven(this.#muc.settings, room, session) ?? wish;
      const called = { nick, renamed: nick !== wish };
      if (!seat || !occupant) return this.#join(room, presence, session, called);
      if (called.renamed && !asked) return refuse(this.#muc, presence, NAMED_BY_SITE);
      if (occupant.nick !== nick) {
        if (!changeNick(this.#muc, room, session, { occupant, nick, presence }) || !asked) return undefined;
        welcome(this.#muc, room, seat, {
          created: false,
          again: true,
          history: asked.history,
          renamed: false,
        });
        return undefined;
      }
      if (asked) return this.#join(room, presence, session, called);
      if (updatePresence(this.#muc, room, occupant, presence)) tellSelf(this.#muc, room, occupant);
      return undefined;
    });
  }

  #join(room: Room, presence: Presence, session: Session, called: Called): Settled {
    const created = !room.established;
    if (created) {
      const problem = createRoom(this.#muc, room, session, this.#rates);
      if (problem) return refuse(this.#muc, presence, problem);
    }
    const { joined } = join(this.#muc, room, {
      presence,
      session,
      ...called,
      created,
      join: decodeMucJoin(presence.el),
    });
    if (!created) return undefined;
    // Nobody came in, so nothing was made.
    if (!joined) {
      room.established = false;
      room.affiliate(session.account, 'none');
      return undefined;
    }
    return room.config.persistent ? this.#muc.rooms.save(room) : undefined;
  }

  #iq(iq: Iq, jid: BareJid, nick: string | undefined): Taken {
    const { payload, type } = iq;
    if (nick !== undefined) return this.#toOccupant(iq, jid, nick);
    if (type !== 'get' && type !== 'set') return { handled: true };
    const admin = is(payload, 'query', NS.mucAdmin);
    if (!payload || (!admin && !is(payload, 'query', NS.mucOwner))) return undefined;
    return this.#with(iq, jid, true, (room) => {
      if (!room?.established) return refuse(this.#muc, iq, NOT_FOUND);
      if (!admin) return ownerRequest(this.#muc, room, iq, payload);
      return type === 'set' ? setAdmin(this.#muc, room, iq, payload) : getAdmin(this.#muc, room, iq, payload);
    });
  }

  /** Answers a ping to oneself for the occupant's client (XEP-0410 section 3.2); other requests are not passed on. */
  #toOccupant(iq: Iq, jid: BareJid, nick: string): Taken {
    if (iq.type !== 'get' && iq.type !== 'set') return { handled: true };
    return this.#with(iq, jid, false, (room) => {
      const self = room && isFull(iq.from) ? room.bySession(iq.from) : undefined;
      if (!room || !self) return refuse(this.#muc, iq, NOT_HERE);
      const target = room.byNick(nick);
      if (!target) return refuse(this.#muc, iq, stanzaError('item-not-found'));
      if (target === self && iq.type === 'get' && is(iq.payload, 'ping', NS.ping)) {
        return void this.#muc.module.outlet.send(resultOf(iq));
      }
      return refuse(this.#muc, iq, stanzaError('service-unavailable'));
    });
  }

  #with(stanza: Stanza, jid: BareJid, open: boolean, task: (room: Room | undefined) => Settled): Taken {
    const settled = this.#muc.rooms.with(jid, open, task, () => refuse(this.#muc, stanza, BROKEN));
    if (settled === 'full') {
      refuse(this.#muc, stanza, BUSY);
      return { handled: true };
    }
    return { handled: true, settled };
  }
}

async function setup(module: ModuleContext<MucSettings>): Promise<void> {
  const { settings } = module;
  const rooms = new Rooms(module);
  const filters = new MessageFilters();
  const key = module.secret(OCCUPANT_ID_PURPOSE.purpose);
  const occupantIds = await OccupantIds.open(key, module.storage.former);
  const rates = new CreationRates(module.clock, settings);
  const typing = new Typing(module.clock, settings);
  const host = module.host(settings.host, (stanza, session) => hostOf.take(stanza, session));
  const muc: MucContext = {
    module,
    settings,
    rooms,
    counts: new OccupantCounts(module),
    filters,
    typing,
    reserved: new ReservedNicks(settings.reservedNicks),
    host,
    occupantIds,
  };
  const hostOf = new Host(muc, rates);
  // Another session may have taken the address before the end of this one is told: what is there is then its own.
  module.on('session:bound', ({ session }) => hostOf.ended(session.jid));
  module.on('session:ended', ({ session }) => {
    if (module.sessions.get(session.jid) === undefined) hostOf.ended(session.jid);
  });
  // Who goes unavailable leaves every room that it has shown itself in (RFC 6121 section 4.6.3).
  module.on('presence:changed', ({ session, presence }) => {
    if (!presence) hostOf.ended(session.jid);
  });
  module.on('session:renewed', ({ session, before }) => renewRights(muc, session, before));
  module.on('session:left', ({ session }) => hostOf.ended(session.jid));
  module.on('account:erased', ({ account }) => forgetAffiliations(muc, account));
  const administration = roomAdministration(muc);
  module.on('rooms:administration', () => administration);
  registerDisco(muc);
  registerArchiveAccess(muc);
  registerNameProtection(muc);
  module.clock.every(60_000, () => {
    rates.sweep();
    typing.sweep();
  });
  module.gauge('rooms', () => rooms.size);
  module.gauge('occupants', () => rooms.occupants);
  module.gauge('sessions', () => rooms.sessions);
  module.gauge('filtered', () => filters.waiting);
}

/** Rooms at a host of their own (XEP-0045), semi-anonymous, with occupant ids, an archive and self-ping. */
export const muc = defineModule({
  id: 'muc',
  xeps: ['XEP-0045@1.35.5', 'XEP-0085@2.1', 'XEP-0359@0.7.0', 'XEP-0410@1.1.0', 'XEP-0421@1.0.1'],
  settings: mucSettings,
  setup,
});
