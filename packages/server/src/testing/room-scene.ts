import {
  child,
  childText,
  decodeMucUser,
  decodeStanzaError,
  type Element,
  el,
  encodeMucAdmin,
  encodeMucJoin,
  type FullJid,
  type Jid,
  type MucHistory,
  type MucItem,
  messageEl,
  NS,
  parseFullJid,
  parseJid,
  presenceEl,
  requestEl,
} from '@meerkat-chat/xmpp';
import type { Identity } from '../auth/provider.js';
import type { ClusterOptions } from '../cluster/cluster.js';
import type { Grant } from '../kernel/grant.js';
import type { ModuleSettings } from '../kernel/module-host.js';
import { disco } from '../modules/disco.js';
import { mam } from '../modules/mam/mam.js';
import { muc } from '../modules/muc/muc.js';
import type { Storage } from '../storage/storage.js';
import type { FakeSession } from './fake-session.js';
import { createTestKernel, type TestKernel } from './test-kernel.js';

/** One room and people who go in and out of it, in few words. The room is `lobby@rooms.localhost`. */
export interface RoomScene {
  readonly kernel: TestKernel;
  readonly room: Jid;
  /** Binds `name@localhost/page` and joins; what it was sent while joining is left unread where `keep` is set. */
  enter(name: string, options?: EnterOptions): Promise<FakeSession>;
  /** Sends a join, or a change of nick or presence, and waits until it is dealt with. */
  join(session: FakeSession, nick: string, history?: MucHistory): Promise<void>;
  says(session: FakeSession, body: string, more?: readonly Element[]): Promise<void>;
  subject(session: FakeSession, subject: string): Promise<void>;
  /** Sends a request to the room, or to a nick, and gives its answer; what came before it is dropped. */
  asks(session: FakeSession, type: 'get' | 'set', payload: Element, nick?: string): Promise<Element>;
  /** The same for `muc#admin`. */
  rules(session: FakeSession, ...items: readonly MucItem[]): Promise<Element>;
}

export interface EnterOptions {
  readonly nick?: string;
  readonly resource?: string;
  readonly kind?: Identity['kind'];
  readonly grant?: Grant;
  readonly keep?: boolean;
}

/**
 * Starts a kernel with rooms.
 * @param settings those of `modules.muc`
 * @param others those of other modules
 * @param cluster the other nodes; none by default
 */
export async function createRoomScene(
  settings: Readonly<Record<string, unknown>> = {},
  storage?: Storage,
  others: ModuleSettings = {},
  cluster?: ClusterOptions,
): Promise<RoomScene> {
  const kernel = await createTestKernel({
    modules: [disco, muc, mam],
    settings: { ...others, muc: { create: 'anyone', ...settings } },
    ...(storage ? { storage } : {}),
    ...(cluster ? { cluster } : {}),
  });
  const room = jidOf('lobby@rooms.localhost');
  let requests = 0;
  const scene: RoomScene = {
    kernel,
    room,
    async enter(name, { nick = name, resource = 'page', grant, kind = 'user', keep = false } = {}) {
      const session = kernel.bind(`${name}@localhost/${resource}`, kind, grant);
      await scene.join(session, nick);
      if (!keep) session.takes();
      return session;
    },
    async join(session, nick, history) {
      await session.sends(presenceEl({ to: at(nick) }, encodeMucJoin({ history })));
    },
    async says(session, body, more = []) {
      await session.sends(
        messageEl(
          { to: room, type: 'groupchat', id: `m-${body.slice(0, 20)}` },
          el('body', NS.client, {}, body),
          ...more,
        ),
      );
    },
    async subject(session, subject) {
      await session.sends(messageEl({ to: room, type: 'groupchat' }, el('subject', NS.client, {}, subject)));
    },
    async asks(session, type, payload, nick) {
      const id = `q${requests++}`;
      await session.sends(requestEl({ to: nick === undefined ? room : at(nick), id, type }, payload));
      for (;;) {
        const answer = await session.next();
        if (answer.name === 'iq' && answer.attrs.id === id) return answer;
      }
    },
    rules: (session, ...items) => scene.asks(session, 'set', encodeMucAdmin(items)),
  };
  return scene;
}

/** The address of a nick in the scene's room. */
export function at(nick: string): FullJid {
  const jid = parseFullJid(`lobby@rooms.localhost/${nick}`);
  if (jid === undefined) throw new TypeError(`${nick} cannot be a nick`);
  return jid;
}

/** An address that a test is sure of. */
export function jidOf(text: string): Jid {
  const jid = parseJid(text);
  if (jid === undefined) throw new TypeError(`${text} is not an address`);
  return jid;
}

/** A stanza in few words, for comparing: `+romeo 110`, `-romeo 307`, `romeo: hi`, `subject "x"`, `!conflict`. */
export function brief(stanza: Element): string {
  const nick = stanza.attrs.from?.split('/')[1] ?? 'room';
  if (stanza.attrs.type === 'error') return `!${decodeStanzaError(stanza).condition}`;
  if (stanza.name === 'presence') {
    const statuses = decodeMucUser(stanza)?.statuses ?? [];
    return [`${stanza.attrs.type === 'unavailable' ? '-' : '+'}${nick}`, ...statuses].join(' ');
  }
  if (stanza.name === 'iq') return `iq ${stanza.attrs.type}`;
  const body = childText(stanza, 'body');
  if (body !== undefined) return `${child(stanza, 'delay', NS.delay) ? 'past ' : ''}${nick}: ${body}`;
  const subject = childText(stanza, 'subject');
  if (subject !== undefined) return `subject "${subject}"`;
  return `${nick} ${(decodeMucUser(stanza)?.statuses ?? []).join(' ')}`.trim();
}

/** Everything unread of a session, in few words. */
export function heard(session: FakeSession): string[] {
  return session.takes().map(brief);
}
