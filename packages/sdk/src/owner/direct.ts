import {
  accountOf,
  type BareJid,
  childText,
  decodeDelay,
  type Element,
  type Env,
  el,
  encodeOriginId,
  isFull,
  messageEl,
  messageType,
  NS,
  originIdOf,
  parseJid,
  presenceEl,
  presenceType,
} from '@meerkat-chat/xmpp';
import { MAX_LINE, MAX_TEXT } from '../bounds.js';
import type { ChatEvents, DirectMessage } from '../chat.js';

export interface DirectContext {
  readonly env: Env;
  /** As `XmppSession.send`. */
  readonly send: (stanza: Element) => void;
  readonly onMessage: (message: DirectMessage) => void;
  readonly onPresence: (presence: ChatEvents['presence']) => void;
}

/** Messages whose ids are remembered, so that one that is sent again is told once. */
const MAX_SEEN = 1_000;

function isOfRoom(stanza: Element): boolean {
  return stanza.children.some((node) => typeof node === 'object' && node.ns === NS.mucUser);
}

/** Messages and presence between two people (RFC 6121), without rooms. */
export class Direct {
  readonly #context: DirectContext;
  readonly #seen = new Set<string>();

  constructor(context: DirectContext) {
    this.#context = context;
  }

  /** Sends a message, and tells it to all pages. */
  send(to: BareJid, key: string, text: string): void {
    const body = el('body', NS.client, {}, text.slice(0, MAX_TEXT));
    this.#context.send(messageEl({ to, type: 'chat', id: key }, body, encodeOriginId(key)));
    const at = this.#context.env.clock.now();
    this.#context.onMessage({ key, peer: to, own: true, at, text: text.slice(0, MAX_TEXT) });
  }

  /**
   * A new session was bound: we are here, and what was never confirmed is sent again, under the same ids, so that
   * who got it already can tell.
   */
  fresh(unacknowledged: readonly Element[]): void {
    this.#context.send(presenceEl({}));
    for (const stanza of unacknowledged) {
      if (stanza.name === 'message' && stanza.attrs.type === 'chat') this.#context.send(stanza);
    }
  }

  hear(stanza: Element): void {
    if (isOfRoom(stanza)) return;
    if (stanza.name === 'message') this.#hearMessage(stanza);
    else if (stanza.name === 'presence') this.#hearPresence(stanza);
  }

  #hearMessage(stanza: Element): void {
    const type = messageType(stanza);
    const from = parseJid(stanza.attrs.from ?? '');
    const peer = from && accountOf(from);
    const text = childText(stanza, 'body', NS.client);
    if (peer === undefined || !text || (type !== 'chat' && type !== 'normal')) return;
    const id = originIdOf(stanza) ?? stanza.attrs.id;
    const key = `${peer}/${id ?? this.#seen.size}`;
    if (id !== undefined && !this.#note(key)) return;
    const at = decodeDelay(stanza)?.at ?? this.#context.env.clock.now();
    this.#context.onMessage({ key, peer, own: false, at, text: text.slice(0, MAX_TEXT) });
  }

  #hearPresence(stanza: Element): void {
    const type = presenceType(stanza);
    const from = parseJid(stanza.attrs.from ?? '');
    if (from === undefined || !isFull(from) || (type !== 'available' && type !== 'unavailable')) return;
    const show = childText(stanza, 'show', NS.client);
    const status = childText(stanza, 'status', NS.client);
    this.#context.onPresence({
      from,
      available: type === 'available',
      ...(show === undefined ? {} : { show: show.slice(0, MAX_LINE) }),
      ...(status === undefined ? {} : { status: status.slice(0, MAX_LINE) }),
    });
  }

  /** False for what was noted before. */
  #note(key: string): boolean {
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    const [oldest] = this.#seen;
    if (oldest !== undefined && this.#seen.size > MAX_SEEN) this.#seen.delete(oldest);
    return true;
  }
}
