import { childText, type Element, el, isFull, NS, type Off, parseJid } from '@meerkat-chat/xmpp';
import { MAX_LINE } from '../bounds.js';
import type { Me } from '../chat.js';
import { insist } from '../lazy.js';
import type { Conversations, ConversationsContext } from './conversations.js';

export interface DirectContext extends Pick<ConversationsContext, 'env' | 'send' | 'tell'> {
  /** Loads the conversations, with what the page before kept; rejects where they cannot be had now. */
  readonly load: (kept: unknown) => Promise<Conversations>;
}

/** Messages that wait for the conversations to be loaded. */
const MAX_WAITING = 1_000;

/** Presence of people (RFC 6121), and the way to the conversations with them, which few pages ever load. */
export class Direct {
  readonly #context: DirectContext;
  #kept: unknown;
  /** Called when it is known what the page before kept. */
  #begin = (): void => {};
  readonly #restored = new Promise<void>((resolve) => {
    this.#begin = resolve;
  });
  #conversations: Conversations | undefined;
  #loading: Promise<Conversations> | undefined;
  #waiting = 0;
  #me: Me | undefined;
  #again: Off | undefined;
  #closed = false;

  constructor(context: DirectContext) {
    this.#context = context;
  }

  /** Takes up what the page before kept, see `keep`: nothing is loaded before. */
  restore(kept: unknown): void {
    this.#kept = kept;
    this.#begin();
  }

  /** The conversations, where they have been loaded. */
  get conversations(): Conversations | undefined {
    return this.#conversations;
  }

  /** What the next page starts with. */
  keep(): unknown {
    return this.#conversations ? this.#conversations.keep() : this.#kept;
  }

  /** It is known who we are. */
  located(me: Me): void {
    this.#me = me;
    this.#conversations?.located(me);
    // What was left unsent goes on, whether this page shows it or not.
    if (this.#kept !== undefined) void this.load();
  }

  /** A new session was bound: we are here, and what was never confirmed is told to the conversations. */
  fresh(unacknowledged: readonly Element[]): void {
    this.#context.send(el('presence', NS.client));
    const isOurs = ({ name, attrs }: Element): boolean => name === 'message' && attrs.type === 'chat';
    if (this.#conversations && this.#waiting === 0) this.#conversations.fresh(unacknowledged);
    else if (this.#loading || unacknowledged.some(isOurs)) {
      void this.load().then((conversations) => conversations.fresh(unacknowledged));
    }
  }

  /** Hears what is of no room. */
  hear(stanza: Element): void {
    if (stanza.name === 'presence') this.#hearPresence(stanza);
    else if (this.#conversations && this.#waiting === 0) this.#conversations.hear(stanza);
    else if (stanza.name === 'message' && this.#waiting < MAX_WAITING) {
      this.#waiting++;
      void this.load().then((conversations) => {
        this.#waiting--;
        conversations.hear(stanza);
      });
    }
  }

  /** Loads the conversations, once: what waits for them goes on in the order in which it came. */
  load(): Promise<Conversations> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  close(): void {
    this.#closed = true;
    this.#again?.();
    this.#conversations?.close();
  }

  async #load(): Promise<Conversations> {
    await this.#restored;
    const load = () => this.#context.load(this.#kept);
    const loaded = await insist(this.#context.env.clock, load, (off) => {
      this.#again = off;
    });
    if (this.#closed) loaded.close();
    this.#conversations = loaded;
    if (this.#me) loaded.located(this.#me);
    return loaded;
  }

  #hearPresence(stanza: Element): void {
    const { type } = stanza.attrs;
    const from = parseJid(stanza.attrs.from ?? '');
    const isOfRoom = stanza.children.some((node) => typeof node === 'object' && node.ns === NS.mucUser);
    if (isOfRoom || from === undefined || !isFull(from)) return;
    if (type !== undefined && type !== 'unavailable') return;
    const show = childText(stanza, 'show', NS.client);
    const status = childText(stanza, 'status', NS.client);
    this.#context.tell('presence', {
      from,
      available: type === undefined,
      show: show?.slice(0, MAX_LINE),
      status: status?.slice(0, MAX_LINE),
    });
  }
}
