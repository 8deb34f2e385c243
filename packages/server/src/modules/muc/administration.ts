import {
  type BareJid,
  el,
  encodeStanzaId,
  MUC_STATUS,
  messageEl,
  NS,
  parseFullJid,
  serialize,
  stanzaError,
} from '@meerkat-chat/xmpp';
import type { RoomAdministration, RoomTaskOutcome, ShownRoom } from '../../kernel/room-administration.js';
import { SharedStanza } from '../../kernel/shared-stanza.js';
import { changeAffiliation } from './affiliation.js';
import { forgetBefore, forgetMessages } from './forgetting.js';
import { takenProblem } from './join.js';
import { dissolve, remove } from './leave.js';
import { sizeProblem } from './messages.js';
import { boundedReason, type MucContext } from './muc-context.js';
import type { Room } from './room.js';

/** Occupants and affiliations that are told of a room at once. */
const SHOWN = 1000;

const NO_ROOM = stanzaError('item-not-found', 'There is no such room.');
const FULL = stanzaError('resource-constraint', 'There is no place for another room now.', { type: 'wait' });
const NOT_KEPT = stanzaError('internal-server-error', 'It could not be kept.');

/** What administrators from outside do with rooms. */
export function roomAdministration(muc: MucContext): RoomAdministration {
  /** Does something with a room that is there; the others are not made by being asked for. */
  const within = (
    jid: BareJid,
    task: (room: Room) => RoomTaskOutcome | Promise<RoomTaskOutcome>,
    missing: (room: Room) => RoomTaskOutcome | Promise<RoomTaskOutcome> = () => NO_ROOM,
  ): Promise<RoomTaskOutcome> =>
    new Promise((fulfil) => {
      const failed = (): void => fulfil(NOT_KEPT);
      const taken = muc.rooms.with(
        jid,
        true,
        (room) => {
          if (!room) return void fulfil(NO_ROOM);
          const outcome = room.established ? task(room) : missing(room);
          if (!(outcome instanceof Promise)) return void fulfil(outcome);
          return outcome.then(fulfil, failed);
        },
        failed,
      );
      if (taken === 'full') fulfil(FULL);
    });

  return {
    host: muc.host,
    occupantIds: muc.occupantIds,
    forgetMessages: (jid, occupantId) => forgetMessages(muc, jid, occupantId),
    forgetBefore: (time) => forgetBefore(muc, time),
    list: (options) => muc.rooms.list(options),
    accountOf: async (jid, nick) => (await muc.rooms.look(jid))?.byNick(nick)?.account,

    async show(jid) {
      const room = await muc.rooms.look(jid);
      return room && shown(room);
    },

    create: (jid, settings) =>
      within(
        jid,
        () => stanzaError('conflict', 'There is such a room.'),
        async (room) => {
          room.established = true;
          room.config = { ...room.config, ...settings, persistent: true };
          await muc.rooms.save(room);
          muc.rooms.release(room);
          return undefined;
        },
      ),

    destroy: (jid, reason) =>
      within(jid, async (room) => {
        const removed = muc.rooms.remove(room);
        dissolve(muc, room, boundedReason(muc, reason));
        await removed;
        return undefined;
      }),

    affiliate: (jid, account, affiliation, reason) =>
      within(jid, async (room) => {
        const full = !room.affiliations.has(account) && room.affiliations.size >= muc.settings.affiliations;
        if (full && affiliation !== 'none') {
          return stanzaError('resource-constraint', 'The lists of this room are full.');
        }
        await changeAffiliation(muc, room, account, affiliation, {
          actor: undefined,
          reason: boundedReason(muc, reason),
        });
        return undefined;
      }),

    kick: (jid, nick, reason) =>
      within(jid, (room) => {
        const occupant = room.byNick(nick);
        if (!occupant) return stanzaError('item-not-found', 'Nobody there has this nick.');
        const item = { actor: undefined, reason: boundedReason(muc, reason) };
        remove(muc, room, occupant, { statuses: [MUC_STATUS.kicked], item });
        return undefined;
      }),

    say: (jid, nick, text) =>
      within(jid, (room) => takenProblem(muc, room, nick, () => false) ?? tell(muc, room, nick, text)),
  };
}

function shown(room: Room): ShownRoom {
  const { archived, isPublic, membersOnly, moderated, name, persistent } = room.config;
  const occupants = [...room.occupants].slice(0, SHOWN);
  return {
    jid: room.jid,
    name,
    isPublic,
    moderated,
    membersOnly,
    persistent,
    archived,
    createdAt: room.createdAt,
    subject: room.subject?.text,
    size: room.size,
    occupants: occupants.map(({ account, affiliation, nick, role }) => ({
      nick,
      account,
      role,
      affiliation,
    })),
    affiliations: [...room.affiliations]
      .slice(0, SHOWN)
      .map(([account, affiliation]) => ({ account, affiliation })),
  };
}

/** Tells a room something that none of its occupants says. */
async function tell(muc: MucContext, room: Room, nick: string, text: string): Promise<RoomTaskOutcome> {
  const { clock, outlet, storage } = muc.module;
  const sender = parseFullJid(`${room.jid}/${nick}`);
  if (sender === undefined) return stanzaError('jid-malformed', 'This cannot be a nick.');
  const at = clock.now();
  const { archived } = room.config;
  if (archived && storage.archive.full) return NOT_KEPT;
  const id = archived ? storage.archive.nextId(at) : undefined;
  const xml = serialize(
    messageEl(
      { from: sender, type: 'groupchat' },
      el('body', NS.client, {}, text),
      id !== undefined && encodeStanzaId(id, room.jid),
    ),
  );
  const problem = sizeProblem(muc, xml);
  if (problem) return problem;
  const said = (): void => {
    room.history.add(at, xml);
    outlet.fanOut(SharedStanza.ofText(xml), room.sessions);
  };
  if (id === undefined) {
    await room.inTurn(said);
    return undefined;
  }
  const told = storage.archive.append({ id, archive: room.jid, at, sender, xml }).then(said);
  // Whoever speaks meanwhile waits for it; that it failed is told to who asked for it.
  room.wait(told.catch(() => {}));
  await told;
  return undefined;
}
