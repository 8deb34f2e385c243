import {
  bodyOf,
  child,
  el,
  encodeAvatar,
  encodeOccupantId,
  encodeStanzaId,
  isFull,
  loneChatStateOf,
  type Message,
  messageEl,
  NS,
  type StanzaError,
  serialize,
  stanzaError,
} from '@meerkat-chat/xmpp';
import type { Settled } from '../../kernel/hooks.js';
import { SharedStanza } from '../../kernel/shared-stanza.js';
import { cleanContent } from './clean.js';
import { fits, type MucContext, occupantJid, refuse } from './muc-context.js';
import type { Occupant } from './occupant.js';
import { introduce } from './presence.js';
import { NO_VOICE, NOT_HERE, voiceProblem } from './rights.js';
import type { Room } from './room.js';
import { changeSubject } from './subject.js';

/** The archive cannot take more for now; a message that was not kept is not delivered either. */
const NOT_KEPT = stanzaError(
  'resource-constraint',
  'The archive cannot keep this now. Try again in a while.',
);

/** Why a message is too much for a room; undefined when it is not. */
export function sizeProblem(muc: MucContext, xml: string): StanzaError | undefined {
  if (fits(xml, muc.settings.messageBytes)) return undefined;
  return stanzaError('policy-violation', 'The message is too long.');
}

/** Takes a message to the whole room. It is settled when the archive has it on disk. */
export function groupMessage(muc: MucContext, room: Room, message: Message): Settled {
  const occupant = isFull(message.from) ? room.bySession(message.from) : undefined;
  if (!occupant) {
    refuse(muc, message, NOT_HERE);
    return undefined;
  }
  const body = bodyOf(message);
  // Only a subject without a body changes the subject; with one it is a message that has a subject (section 8.1).
  if (body === undefined && child(message.el, 'subject')) return changeSubject(muc, room, occupant, message);
  const problem = voiceProblem(room, occupant, message.from);
  if (problem) return refuse(muc, message, problem);
  const state = body === undefined ? loneChatStateOf(message.el) : undefined;
  if (state !== undefined) return muc.typing.tell(muc, room, occupant, state);
  if (!muc.module.hears('room:message')) return spread(muc, room, occupant, message, body !== undefined);
  return muc.filters.ask(muc, room, occupant, message, (passed) =>
    spread(muc, room, occupant, passed, bodyOf(passed) !== undefined),
  );
}

/**
 * The hot path: serialised once, for every occupant and for the archive. A message is told when it is on disk, so
 * nobody has seen what a crash or a full disk takes away, and its echo means that it stays. A room without an archive
 * tells it at once.
 */
function spread(muc: MucContext, room: Room, occupant: Occupant, message: Message, said: boolean): Settled {
  const archived = said && room.config.archived;
  const { archive } = muc.module.storage;
  if (archived && archive.full) {
    refuse(muc, message, NOT_KEPT);
    return undefined;
  }
  const at = muc.module.clock.now();
  const sender = occupantJid(room.jid, occupant.nick);
  const id = archived ? archive.nextId(at) : undefined;
  const lang = message.el.attrs['xml:lang'];
  const xml = serialize(
    messageEl(
      {
        from: sender,
        type: 'groupchat',
        ...(message.id === undefined ? {} : { id: message.id }),
        ...(lang === undefined ? {} : { lang }),
      },
      ...cleanContent(message.el, room),
      encodeOccupantId(occupant.id),
      // Who reads this later sees no presence with it.
      occupant.avatar !== undefined && encodeAvatar(occupant.avatar),
      id !== undefined && encodeStanzaId(id, room.jid),
    ),
  );
  const problem = sizeProblem(muc, xml);
  if (problem) {
    refuse(muc, message, problem);
    return undefined;
  }
  // Who it is comes before what they say, and does not wait for the disk: they may have gone by then.
  if (said) introduce(muc, room, occupant);
  const tell = (): void => {
    if (said) room.history.add(at, xml);
    muc.module.outlet.fanOut(SharedStanza.ofText(xml), room.sessions);
  };
  if (id === undefined) return room.inTurn(tell);
  const told = archive.append({ id, archive: room.jid, at, sender, xml }).then(tell, (err: unknown) => {
    muc.module.log.error({ room: room.jid, err }, 'a message was not archived');
    refuse(muc, message, NOT_KEPT);
  });
  room.wait(told);
  return told;
}

/** Takes a private message to another occupant (XEP-0045 section 7.5). */
export function privateMessage(muc: MucContext, room: Room, message: Message, nick: string): undefined {
  const sender = isFull(message.from) ? room.bySession(message.from) : undefined;
  if (!sender) return refuse(muc, message, NOT_HERE);
  // An error that comes back from an occupant's client is of no use to the other one.
  if (message.type === 'error') return undefined;
  if (message.type === 'groupchat') {
    return refuse(
      muc,
      message,
      stanzaError('bad-request', 'A message to one occupant is not of type groupchat.'),
    );
  }
  const recipient = room.byNick(nick);
  if (!recipient) return refuse(muc, message, stanzaError('item-not-found', 'Nobody here has this nick.'));
  if (sender.role === 'visitor' && recipient.role !== 'moderator') {
    return refuse(muc, message, NO_VOICE);
  }
  const xml = serialize(
    messageEl(
      {
        from: occupantJid(room.jid, sender.nick),
        type: message.type,
        ...(message.id === undefined ? {} : { id: message.id }),
      },
      ...cleanContent(message.el, room),
      el('x', NS.mucUser),
      encodeOccupantId(sender.id),
    ),
  );
  const problem = sizeProblem(muc, xml);
  if (problem) return refuse(muc, message, problem);
  muc.module.outlet.fanOut(SharedStanza.ofText(xml), recipient.sessions);
  return undefined;
}
