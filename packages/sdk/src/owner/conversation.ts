import {
  type BareJid,
  decodeContact,
  el,
  encodeContact,
  encodeReceipt,
  localOf,
  messageEl,
  NS,
  type Off,
  type StanzaError,
} from '@meerkat-chat/xmpp';
import type { RoomMessage, RoomStatus } from '../chat.js';
import type { ArchiveReader } from './archive.js';
import type { ConversationArchive } from './conversation-archive.js';
import { anchorOf, directMessage, sayWhyNot, withReceipt } from './conversation-lines.js';
import type { DirectWord } from './direct-message.js';
import type { KeptRoom } from './kept.js';
import { MessageLog } from './message-log.js';
import type { Incoming } from './messages.js';
import { errorIn } from './request-failure.js';
import type { RoomContext } from './room-context.js';
import type { Line } from './room-stanzas.js';
import { RoomTyping } from './room-typing.js';
import { SharedTalk, type TalkView } from './shared-talk.js';

/** What a conversation needs of its surroundings. */
export interface ConversationContext extends Omit<RoomContext, 'guest' | 'parts'> {
  /** Ours. Known before there is any conversation. */
  readonly account: () => BareJid;
  /** Undefined for guests, of whom nothing is archived. */
  readonly archive: () => ConversationArchive | undefined;
  /** Whether a stanza was sent and not confirmed, as `XmppSession.holds`. */
  readonly holds: (id: string) => boolean;
}

/** So often it is asked whether the other one is there, in ms. */
const ASK_AGAIN = 60_000;
/** Receipts go out so often at most, in ms, and of all that came meanwhile only for the last: who writes much must not make us. */
const RECEIPT_EVERY = 1_000;
const SEARCH_AGAIN = 5_000;
const MAX_SEARCHES = 3;
const NOBODY: TalkView['occupants'] = new Map();

/**
 * What two people say to each other, as one of them sees it: in the shape of a room with two in it, so that whatever
 * shows a room can show it. An own message is delivered when the server has it, since nobody echoes it.
 */
export class Conversation extends SharedTalk {
  readonly peer: BareJid;
  readonly #context: ConversationContext;
  readonly #typing: RoomTyping;
  readonly #log: MessageLog;
  #status: RoomStatus = { state: 'idle' };
  #wanted = false;
  /** The own message that the other one's program has confirmed last. */
  #received: string | undefined;
  /** What was said after that message is still to be fetched. */
  #anchor: string | undefined;
  /** The newest archived message when the oldest of those was sent that are not confirmed: the archive has them after it. */
  #sentAfter: string | undefined;
  #searched = false;
  #failures = 0;
  /** Counts losses: answers of an earlier run are stale. */
  #run = 0;
  #retry: Off | undefined;
  #ask: Off | undefined;
  /** What arrived last and was not told yet. */
  #owed: string | undefined;
  #telling: Off | undefined;

  constructor(
    peer: BareJid,
    context: ConversationContext,
    kept?: KeptRoom & { readonly received?: string | undefined },
  ) {
    super();
    this.peer = peer;
    this.#context = context;
    const part = {
      ...context,
      jid: () => this.peer,
      touch: () => this.touch(),
      said: (key: string) => this.news.push(key),
    };
    this.#log = new MessageLog(part, kept);
    this.#typing = new RoomTyping({
      ...part,
      messageType: 'chat',
      occupant: () =>
        this.#status.state === 'joined'
          ? { nick: '', role: 'participant', affiliation: 'none', self: true }
          : undefined,
      count: () => 2,
    });
    if (kept) {
      this.#searched = kept.searched;
      if (kept.searched) this.#sentAfter = kept.anchor;
      else this.#anchor = kept.anchor;
      this.#received = kept.received;
      this.#wanted = true;
      this.#status = kept.joined ? { state: 'joined', nick: this.#nick } : { state: 'joining' };
    }
  }

  get jid(): BareJid {
    return this.peer;
  }

  get waiting(): number {
    return this.#log.waiting;
  }

  get received(): string | undefined {
    return this.#received;
  }

  /** What the next page starts with; undefined where there is nothing to go on with. */
  keep(): KeptRoom | undefined {
    if (!this.#wanted) return undefined;
    return {
      ref: this.peer,
      asked: this.#nick,
      nick: this.#nick,
      joined: this.#status.state === 'joined',
      name: '',
      subject: '',
      archive: undefined,
      searched: this.#searched,
      anchor: this.#searched ? this.#sentAfter : this.#anchor,
      ...this.#log.keep(),
      occupants: [],
      occupantCount: 0,
    };
  }

  leave(): void {
    this.#wanted = false;
    this.#ask?.();
    this.#setStatus({ state: 'idle' });
  }

  retry(key: string): void {
    this.#log.reduce({ kind: 'retry', key });
    this.#flush();
  }

  discard(key: string): void {
    this.#log.reduce({ kind: 'discard', key });
  }

  setTyping(on: boolean): void {
    this.#typing.write(on);
  }

  write(key: string, text: string): void {
    this.#log.write(key, text, this.#nick);
    this.#typing.said();
    this.#flush();
  }

  /** Takes on an own message that was sent on a session before and never confirmed. */
  adopt(key: string, text: string): void {
    this.#log.adopt(key, text, this.#nick);
  }

  /** Hears what the other one said or did, or another session of ours. @returns true when something new was said */
  hear(word: DirectWord): boolean {
    const { own, receipt, text, composing, at } = word;
    if (!own) {
      if (composing !== undefined || text !== undefined) {
        this.#typing.hear(localOf(this.peer), composing === true && text === undefined);
      }
      if (at === undefined) this.#seen(true);
      if (receipt !== undefined) this.#hearReceipt(receipt);
    }
    if (text === undefined) return false;
    const message = this.#incoming(
      {
        id: word.id,
        byId: word.lasting,
        archiveId: word.archiveId,
        nick: localOf(own ? this.#context.account() : this.peer),
        occupantId: own ? this.#context.account() : this.peer,
        at: at ?? this.#context.env.clock.now(),
        old: at !== undefined,
        text,
      },
      own,
    );
    const before = this.#log.messages.delivered.at(-1)?.key;
    this.#log.reduce({ kind: 'live', message });
    const last = this.#log.messages.delivered.at(-1)?.key;
    if (last === undefined || last === before) return false;
    this.news.push(last);
    return true;
  }

  /** Tells the other one that their message arrived (XEP-0184). */
  confirm({ wantsReceipt, id, own, from, at }: DirectWord): void {
    if (own || !wantsReceipt || id === undefined || from === undefined || at !== undefined) return;
    this.#owed = id;
    if (!this.#telling) this.#tellReceipt();
  }

  /** A message came back; false when it is none of ours. */
  hearRefusal(key: string, error: StanzaError): boolean {
    const row = this.#log.rows.find((known) => known.key === key && known.own);
    if (!row) return false;
    const { messages } = this.#log;
    if (!messages.own.some((entry) => entry.row.key === key)) {
      // The server had taken it, and could not get rid of it.
      const delivered = messages.delivered.filter((known) => known !== row);
      this.#log.become({ ...messages, delivered, own: [...messages.own, { state: 'sent', row }] });
    }
    if (error.condition === 'recipient-unavailable') this.#seen(false);
    this.#log.reduce({ kind: 'refused', key, reason: sayWhyNot(error), again: false });
    return true;
  }

  /** The server has confirmed something. */
  acknowledged(isHeld: (id: string) => boolean = this.#context.holds): void {
    for (const { row, state } of this.#log.messages.own) {
      if (state === 'sent' && !isHeld(row.key)) this.#delivered(row);
    }
  }

  /** A new session was bound. @param unconfirmed ids of what was sent before and may have arrived, or not */
  fresh(unconfirmed: ReadonlySet<string>): void {
    this.acknowledged((id) => unconfirmed.has(id));
    this.#lost();
    this.#searched = false;
    this.#anchor ??= this.#inDoubt ? this.#sentAfter : anchorOf(this.#log.messages);
    this.#begin();
  }

  /** The stream goes on as if nothing had happened. */
  resumed(): void {
    this.#begin();
  }

  /** Lets go of timers; nothing is told after. */
  close(): void {
    this.#lost();
    this.#ask?.();
    this.#telling?.();
    this.closed = true;
  }

  /** Something was sent and is not confirmed. */
  get #inDoubt(): boolean {
    return this.#log.messages.own.some(({ state }) => state === 'sent' || state === 'unsure');
  }

  get #nick(): string {
    return this.#context.nick();
  }

  join(): void {
    this.#wanted = true;
    if (this.#status.state !== 'joined') this.#setStatus({ state: 'joining' });
    this.#begin();
  }

  #begin(): void {
    if (!this.#wanted || !this.#context.online()) return;
    this.acknowledged();
    void this.#askForThem();
    if (!this.#searched) this.#search();
    this.#flush();
  }

  #lost(): void {
    this.#run++;
    this.#failures = 0;
    this.#retry?.();
    this.#typing.reset();
    this.#log.lost();
  }

  /** Whether we may write to them, and whether they are there, as far as their server tells. */
  async #askForThem(): Promise<void> {
    this.#ask?.();
    this.#ask = this.#context.env.clock.after(ASK_AGAIN, () => {
      if (this.#wanted && this.#context.online()) void this.#askForThem();
    });
    const request = el('iq', NS.client, { type: 'get', to: this.peer }, encodeContact());
    try {
      this.#admitted(decodeContact(await this.#context.request(request))?.here);
    } catch (cause) {
      const { condition, text } = errorIn(cause);
      if (condition === 'remote-server-timeout' && !this.#context.online()) return; // asked again
      const said = text === undefined ? {} : { text };
      if (condition === 'forbidden' || condition === 'not-allowed') {
        this.#refuse({ state: 'refused', reason: 'not-allowed', ...said });
      } else if (condition === 'item-not-found') {
        this.#refuse({ state: 'refused', reason: 'not-found', ...said });
      } else this.#admitted(undefined);
    }
  }

  #refuse(status: RoomStatus): void {
    if (!this.#wanted || this.closed) return;
    this.#ask?.();
    this.#setStatus(status);
  }

  #admitted(here: boolean | undefined): void {
    if (!this.#wanted || this.closed) return;
    this.#setStatus({ state: 'joined', nick: this.#nick, ...(here === undefined ? {} : { here }) });
    this.#flush();
  }

  /** They did something just now, or could not be reached. */
  #seen(here: boolean): void {
    const status = this.#status;
    if (status.state !== 'joined' || status.here === undefined || status.here === here) return;
    this.#setStatus({ ...status, here });
  }

  #search(): void {
    const archive = this.#context.archive();
    const reader = this.#reader();
    if (archive) {
      const anchor = this.#anchor;
      const found =
        anchor === undefined
          ? archive.newest(this.peer, reader)
          : archive.catchUp(this.peer, anchor, reader, this.#context.limit);
      void found.then((end) => {
        if (reader.stale() || end === 'stale') return;
        if (end === 'unsupported') this.#log.older = 'none';
        if (end === 'failed') this.#searchAgain();
        else this.#settle();
      });
    } else {
      this.#log.older = 'none';
      this.#settle();
    }
  }

  #reader(): ArchiveReader {
    const run = this.#run;
    return { log: this.#log, incoming: (line) => this.#incoming(line), stale: () => run !== this.#run };
  }

  #searchAgain(): void {
    if (!this.#context.online()) return; // `resumed` goes on
    if (++this.#failures >= MAX_SEARCHES) this.#settle();
    else this.#retry = this.#context.env.clock.after(SEARCH_AGAIN, () => this.#search());
  }

  /** What is still unsure did not arrive, or cannot be found: it is sent again, under the id that tells it apart. */
  #settle(): void {
    this.#searched = true;
    this.#anchor = undefined;
    this.#log.reduce({ kind: 'missing' });
    this.#flush();
  }

  async loadOlder(): Promise<void> {
    const log = this.#log;
    if (log.older !== 'maybe') return;
    const archive = this.#context.archive();
    if (log.full || !archive) {
      log.older = 'none';
      return;
    }
    if (!this.#context.online()) return;
    log.older = 'loading';
    await archive.older(this.peer, this.#reader());
  }

  #incoming(line: Line, own = line.occupantId === this.#context.account()): Incoming {
    return { ...line, own };
  }

  #tellReceipt(): void {
    this.#telling = undefined;
    if (this.#owed === undefined) return;
    this.#context.send(messageEl({ to: this.peer, type: 'chat' }, encodeReceipt(this.#owed)));
    this.#owed = undefined;
    this.#telling = this.#context.env.clock.after(RECEIPT_EVERY, () => this.#tellReceipt());
  }

  #hearReceipt(key: string): void {
    const { own } = this.#log.messages;
    // What was sent before it has come as far: a server takes what we send in order.
    for (const { row, state } of own.slice(0, own.findIndex((entry) => entry.row.key === key) + 1)) {
      if (state === 'sent' || state === 'unsure') this.#delivered(row);
    }
    if (!this.#log.rows.some((row) => row.own && row.key === key)) return;
    this.#received = key;
    this.touch();
  }

  #delivered(row: RoomMessage): void {
    const { key: id, nick, at, text } = row;
    this.#log.reduce({
      kind: 'live',
      message: { id, nick, at, text, own: true, old: false, occupantId: this.#context.account() },
    });
  }

  #flush(): void {
    if (this.#status.state !== 'joined' || !this.#context.online()) return;
    if (!this.#inDoubt) this.#sentAfter = anchorOf(this.#log.messages);
    this.#log.flush(({ key, text }) => this.#context.send(directMessage(this.peer, key, text)));
  }

  #setStatus(status: RoomStatus): void {
    this.#status = status;
    this.touch();
  }

  view(): TalkView {
    return {
      name: localOf(this.peer),
      subject: '',
      occupants: NOBODY,
      occupantCount: 0,
      self: undefined,
      messages: withReceipt(this.#log.rows, this.#received),
      older: this.#log.older,
      typing: this.#typing.nicks,
      status: this.#status,
    };
  }
}
