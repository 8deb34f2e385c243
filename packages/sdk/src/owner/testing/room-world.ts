import {
  bareOf,
  type Element,
  el,
  encodeDiscoInfo,
  encodeMucUser,
  encodeOriginId,
  encodeStanzaError,
  encodeStanzaId,
  type MucUser,
  messageEl,
  NS,
  parseJid,
  presenceEl,
  resourceOf,
  type StanzaErrorCondition,
  stanzaError,
} from '@meerkat-chat/xmpp';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import type { RoomNotice } from '../../chat.js';
import { Lazy } from '../../lazy.js';
import { readKept } from '../read-kept.js';
import * as archive from '../room-archive.js';
import { RoomOwner } from '../room-owner.js';
import * as trouble from '../room-trouble.js';
import * as typing from '../room-typing.js';
import type { TalkHolder, TalkView } from '../shared-talk.js';
import { bare, full, ScriptedSession } from './scripted-session.js';

/** The room of these tests. */
export const ROOM = bare('lobby@rooms.example');
/** Somebody in it. */
export const at = (nick: string) => full(`${ROOM}/${nick}`);
/** Lets everything settle that waits for nothing but its turn. */
export const tick = async () => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

/** One room on a session without a stream. */
export function setUp(
  options: {
    guest?: boolean;
    kept?: unknown;
    limit?: number;
    load?: () => Promise<unknown>;
    trouble?: Lazy<typeof trouble>;
  } = {},
) {
  const session = new ScriptedSession();
  const clock = new FakeClock();
  /** What holders of the room were shown: the parts that had changed each time, and who was removed. */
  const changes: { readonly parts: Partial<TalkView>; readonly news: readonly string[] }[] = [];
  const notices: RoomNotice[] = [];
  const kept = readKept({ version: 1, nick: '', rooms: options.kept ? [options.kept] : [] })?.rooms[0];
  const room = new RoomOwner(
    {
      env: { clock, random: new SeededRandom() },
      limit: options.limit ?? 500,
      guest: () => options.guest ?? true,
      nick: () => 'anna',
      online: () => session.status.value.state === 'online',
      send: (stanza) => session.send(stanza),
      request: (iq) => session.request(iq),
      parts: {
        archive: new Lazy(async () => {
          await options.load?.();
          return archive;
        }),
        typing: new Lazy(async () => typing),
        trouble: options.trouble ?? new Lazy(async () => trouble, trouble),
      },
      typingOccupants: 3,
    },
    { guess: ROOM, jid: ROOM, kept },
  );
  let shown: Partial<TalkView> = {};
  const holder: TalkHolder = {
    joined: true,
    attach: () => {},
    show(view, news, told) {
      const changed = Object.entries(view).filter(([part, value]) => shown[part as 'name'] !== value);
      shown = view;
      if (changed.length > 0) changes.push({ parts: Object.fromEntries(changed), news: [...news] });
      notices.push(...told);
    },
  };
  room.holders.add(holder);
  session.onOnline((how) => (how.kind === 'fresh' ? room.fresh() : room.resumed()));
  session.onStanza((stanza) => {
    const from = parseJid(stanza.attrs.from ?? '');
    if (from !== undefined && bareOf(from) === ROOM) room.hear(stanza, resourceOf(from));
  });
  const status = () => room.membership.status;
  const texts = () => room.talk.log.rows.map(({ text }) => text);
  return { session, clock, room, changes, notices, status, texts };
}

/** What a test has in hands. */
export type World = ReturnType<typeof setUp>;

/** A presence as the room sends it. */
export const presence = (nick: string, user: Partial<MucUser> = {}, type?: 'unavailable') =>
  presenceEl(
    { from: at(nick), ...(type ? { type } : {}) },
    encodeMucUser({
      item: { affiliation: 'none', role: type ? 'none' : 'participant' },
      statuses: [],
      ...user,
    }),
  );
/** The subject, which ends what a room tells to who joins. */
export const subject = (text = '') =>
  messageEl({ from: ROOM, type: 'groupchat' }, el('subject', NS.client, {}, text));
/** A message with its archive id, and perhaps with that which its sender gave it. */
export const line = (nick: string, text: string, id: string, originId?: string) =>
  messageEl(
    { from: at(nick), type: 'groupchat', id: originId ?? `x${id}` },
    el('body', NS.client, {}, text),
    encodeStanzaId(id, ROOM),
    originId !== undefined && encodeOriginId(originId),
  );
/** The error that answers a stanza. */
export const refusal = (stanza: Element | undefined, condition: StanzaErrorCondition, text?: string) =>
  el(
    stanza?.name ?? '',
    NS.client,
    { type: 'error', from: stanza?.attrs.to, id: stanza?.attrs.id },
    encodeStanzaError(stanzaError(condition, text)),
  );
/** What the room says of itself. */
export const disco = (...features: string[]) =>
  el(
    'iq',
    NS.client,
    { type: 'result' },
    encodeDiscoInfo({
      identities: [{ category: 'conference', type: 'text', name: 'Lobby!' }],
      features,
      forms: [],
    }),
  );

/** The same, in the room with bob, and with nothing left to hear. */
export async function joined(options?: Parameters<typeof setUp>[0]): Promise<World> {
  const world = setUp(options);
  world.session.online();
  world.room.membership.join();
  world.session.requests[0]?.answer(disco(NS.mam));
  world.session.hear(presence('bob'));
  world.session.hear(presence('anna', { statuses: [110] }));
  world.session.hear(subject('Talk'));
  await tick();
  world.session.takeSent();
  world.session.requests.length = 0;
  return world;
}
