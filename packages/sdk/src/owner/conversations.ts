import {
  accountOf,
  type BareJid,
  bareJid,
  childText,
  decodeStanzaError,
  domainOf,
  type Element,
  el,
  encodeCarbonsWish,
  NS,
  originIdOf,
  parseBareJid,
  parseJid,
} from '@meerkat-chat/xmpp';
import { MAX_ROOMS, MAX_TEXT } from '../bounds.js';
import type { ChatEvents, Me } from '../chat.js';
import { Conversation, type ConversationContext } from './conversation.js';
import { ConversationArchive } from './conversation-archive.js';
import { directMessage } from './conversation-lines.js';
import { type DirectWord, readDirect } from './direct-message.js';
import { fitKept, type KeptRooms } from './kept.js';
import { readKept } from './read-kept.js';
import type { TalkHolder } from './shared-talk.js';

/** What all conversations of a session need of their surroundings. */
export interface ConversationsContext extends Omit<ConversationContext, 'account' | 'archive'> {
  /** Tells every chat of the page, of whatever is said, in a conversation that is open or in none. */
  readonly tell: <Name extends 'direct-message' | 'presence'>(name: Name, event: ChatEvents[Name]) => void;
  /** What the page before kept, see `keep`. */
  readonly kept: unknown;
}

/** What is kept for the next page: conversations in the shape of rooms, of one account, which stands as their nick. */
interface KeptConversations extends KeptRooms {
  readonly received: readonly (readonly [BareJid, string])[];
}

/** Messages whose ids are remembered, so that one that is sent again is told once. */
const MAX_SEEN = 1_000;
/** A conversation that nobody in any page opened is let go of after that time. */
const UNOPENED_TIME = 30_000;

/** The conversations with people of one session, and what is said outside of them. Loaded when the first is needed. */
export class Conversations {
  readonly #context: ConversationsContext;
  readonly #archive: ConversationArchive;
  readonly #byPeer = new Map<BareJid, Conversation>();
  readonly #seen = new Set<string>();
  /** What was asked by name before anybody had signed in. */
  #early: (() => void)[] = [];
  #me: Me | undefined;
  #kept: KeptConversations | undefined;
  #copies = false;
  /** A session was bound since the page before. */
  #isFresh = false;
  #sweep: (() => void) | undefined;

  constructor(context: ConversationsContext) {
    this.#context = context;
    this.#archive = new ConversationArchive(context.request, context.env.random);
    const rooms = readKept(context.kept);
    if (rooms) this.#kept = { ...rooms, received: readReceived(context.kept) };
  }

  get size(): number {
    return this.#byPeer.size;
  }

  /** How many show them, for leak tests. */
  get holders(): number {
    let sum = 0;
    for (const { holders } of this.#byPeer.values()) sum += holders.size;
    return sum;
  }

  /** It is known who we are. What another account has left is dropped. */
  located(me: Me): void {
    const before = this.#me?.account;
    this.#me = me;
    if (before !== undefined && before !== me.account) this.forget();
    for (const run of this.#early.splice(0)) run();
    if (this.#kept) this.released();
  }

  /** Shows somebody a conversation, as soon as it is known who we are. @param ref a name at our server, or an address */
  open(ref: string, holder: TalkHolder): void {
    if (!this.#me) {
      this.#early.push(() => this.open(ref, holder));
      return;
    }
    const peer = ref.includes('@') ? parseBareJid(ref) : bareJid(ref, domainOf(this.#me.account));
    const conversation = peer && (this.#conversation(peer) ?? this.#begin(peer));
    if (!conversation) return;
    holder.attach(conversation);
    // It may not want it any more.
    if (conversation.holders.size === 0) this.released();
    this.#wantCopies();
  }

  /** Sends a message, in the conversation where there is one. */
  send(to: BareJid, key: string, text: string): void {
    const conversation = this.#byPeer.get(to);
    if (conversation) conversation.write(key, text);
    else this.#context.send(directMessage(to, key, text));
    const at = this.#context.env.clock.now();
    this.#tell({ key, peer: to, own: true, at, text });
  }

  /** Nobody may be showing some of them: in a while, those are let go of. */
  released(): void {
    this.#sweep ??= this.#context.env.clock.after(UNOPENED_TIME, () => {
      this.#sweep = undefined;
      if (this.#context.online()) this.#letGo();
      else this.released();
    });
  }

  /** Hears a message that is of no room. */
  hear(stanza: Element): void {
    const account = this.#me?.account;
    if (account === undefined || this.#archive.hear(stanza, account)) return;
    if (stanza.attrs.type === 'error') {
      const from = parseJid(stanza.attrs.from ?? '');
      const peer = from && accountOf(from);
      const { id } = stanza.attrs;
      if (peer === undefined || id === undefined) return;
      this.#byPeer.get(peer)?.hearRefusal(id, decodeStanzaError(stanza));
      return;
    }
    const word = readDirect(stanza, account);
    if (word) this.#hearWord(word);
  }

  /** A new session was bound. What was never confirmed is sent again, under the same ids. */
  fresh(unacknowledged: readonly Element[]): void {
    this.#copies = false;
    this.#isFresh = true;
    const ids = new Set(unacknowledged.flatMap(({ attrs }) => attrs.id ?? []));
    for (const stanza of unacknowledged) {
      if (stanza.name !== 'message' || stanza.attrs.type !== 'chat') continue;
      const to = parseBareJid(stanza.attrs.to ?? '');
      const conversation = to && this.#conversation(to);
      const text = childText(stanza, 'body', NS.client);
      const key = originIdOf(stanza);
      if (conversation && text !== undefined && key !== undefined) conversation.adopt(key, text);
      else if (text !== undefined) this.#context.send(stanza);
    }
    for (const conversation of this.#byPeer.values()) conversation.fresh(ids);
    if (this.#byPeer.size > 0) this.#wantCopies();
  }

  resumed(): void {
    for (const conversation of this.#byPeer.values()) conversation.resumed();
  }

  acknowledged(): void {
    for (const conversation of this.#byPeer.values()) conversation.acknowledged();
  }

  keep(): unknown {
    const { account } = this.#me ?? {};
    if (account === undefined) return this.#context.kept;
    const all = [...this.#byPeer.values()];
    const rooms = [...fitKept(all.flatMap((one) => one.keep() ?? [])), ...(this.#kept?.rooms ?? [])];
    if (rooms.length === 0) return undefined;
    const kept: KeptConversations = {
      version: 1,
      host: undefined,
      nick: account,
      rooms,
      received: all.flatMap(({ peer, received }) =>
        received === undefined ? [] : [[peer, received] as const],
      ),
    };
    return kept;
  }

  close(): void {
    this.#sweep?.();
    this.forget();
  }

  /** The person signed out, or is another one. */
  forget(): void {
    for (const conversation of this.#byPeer.values()) conversation.close();
    this.#byPeer.clear();
    this.#kept = undefined;
  }

  /** The conversation with somebody, where there is one, be it of the page before. */
  #conversation(peer: BareJid): Conversation | undefined {
    const known = this.#byPeer.get(peer);
    const { nick, rooms, received } = this.#kept ?? {};
    const kept = rooms?.find(({ ref }) => ref === peer);
    if (known || !kept || nick !== this.#me?.account) return known;
    const confirmed = received?.find(([of]) => of === peer)?.[1];
    return this.#begin(peer, { ...kept, received: confirmed });
  }

  #begin(peer: BareJid, kept?: ConstructorParameters<typeof Conversation>[2]): Conversation | undefined {
    if (this.#byPeer.size >= MAX_ROOMS) return undefined;
    const context: ConversationContext = {
      ...this.#context,
      account: () => this.#me?.account ?? peer,
      archive: () => (this.#me?.guest === false ? this.#archive : undefined),
    };
    const conversation = new Conversation(peer, context, kept);
    this.#byPeer.set(peer, conversation);
    // None of it is in doubt: what was has been taken up at once.
    if (kept && this.#isFresh) conversation.fresh(new Set());
    if (this.#kept) this.#kept = { ...this.#kept, rooms: this.#kept.rooms.filter(({ ref }) => ref !== peer) };
    return conversation;
  }

  #hearWord(word: DirectWord): void {
    const { peer, own, text, id } = word;
    const conversation = this.#conversation(peer);
    const isNew = conversation?.hear(word);
    conversation?.confirm(word);
    if (text === undefined) return;
    const key = `${peer}/${own ? 'own/' : ''}${id ?? this.#seen.size}`;
    if (isNew === false || (id !== undefined && !this.#note(key))) return;
    const at = word.at ?? this.#context.env.clock.now();
    this.#tell({ key, peer, own, at, text: text.slice(0, MAX_TEXT) });
  }

  #tell(message: ChatEvents['direct-message']['message']): void {
    this.#context.tell('direct-message', { message });
  }

  /** Other sessions of ours are to be seen here too (XEP-0280); a server that cannot do it says so, and that is all. */
  #wantCopies(): void {
    if (this.#copies || !this.#context.online()) return;
    this.#copies = true;
    const iq = el('iq', NS.client, { type: 'set' }, encodeCarbonsWish(true));
    this.#context.request(iq).catch(() => {});
  }

  /** False for what was noted before. */
  #note(key: string): boolean {
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    const [oldest] = this.#seen;
    if (oldest !== undefined && this.#seen.size > MAX_SEEN) this.#seen.delete(oldest);
    return true;
  }

  /** Lets go of the conversations that no page shows any more, but for those where something waits to be sent. */
  #letGo(): void {
    for (const { ref } of this.#kept?.rooms ?? []) {
      const peer = parseBareJid(ref);
      if (peer !== undefined) this.#conversation(peer)?.resumed();
    }
    this.#kept = undefined;
    for (const [peer, conversation] of this.#byPeer) {
      if (conversation.holders.size > 0) continue;
      if (conversation.waiting > 0) this.released();
      else {
        conversation.close();
        this.#byPeer.delete(peer);
      }
    }
  }
}

/** Which own message each had confirmed. It lay where others can write, so what does not fit is dropped. */
function readReceived(kept: unknown): KeptConversations['received'] {
  const { received } = kept as { readonly received?: unknown };
  if (!Array.isArray(received)) return [];
  return received.slice(0, MAX_ROOMS).flatMap((entry: unknown) => {
    if (!Array.isArray(entry)) return [];
    const [peer, key] = entry as readonly unknown[];
    const jid = typeof peer === 'string' ? parseBareJid(peer) : undefined;
    return jid !== undefined && typeof key === 'string' ? [[jid, key] as const] : [];
  });
}
