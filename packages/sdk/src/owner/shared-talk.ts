import type { BareJid } from '@meerkat-chat/xmpp';
import type { Occupant, RoomMessage, RoomNotice, RoomStatus, Talk } from '../chat.js';
import type { Administration } from './room-administration.js';

/** Everything of a room that is shown, at one moment. Parts that did not change are the same objects. */
export interface TalkView {
  readonly name: string;
  readonly subject: string;
  /** By nick. */
  readonly occupants: ReadonlyMap<string, Occupant>;
  readonly occupantCount: number;
  readonly self: Occupant | undefined;
  readonly messages: readonly RoomMessage[];
  readonly older: Talk['older']['value'];
  readonly typing: readonly string[];
  /** The last, so that who hears of it finds the rest there. */
  readonly status: RoomStatus;
}

/** Who shows a room: one for each chat of the page that opened it. */
export interface TalkHolder {
  /** Whether that chat has joined it. */
  readonly joined: boolean;
  /** Shows that one from now on. */
  attach(talk: SharedTalk): void;
  /**
   * Takes what there is now, once at the end of a turn in which something may have changed.
   * @param news keys of messages that were said just now, not read from a history
   */
  show(view: TalkView, news: ReadonlySet<string>, notices: readonly RoomNotice[]): void;
}

/** A room or a conversation as all chats of the page share it: the one state there is, and what changes it. */
export abstract class SharedTalk {
  readonly holders = new Set<TalkHolder>();
  /** Its address; undefined until the host of rooms is known. */
  abstract readonly jid: BareJid | undefined;
  /** How many own messages have not arrived. */
  abstract readonly waiting: number;
  /** False while it is not known what the page before kept of it: then it is shown, and nothing is done to it. */
  ready = true;
  protected news: string[] = [];
  protected notices: RoomNotice[] = [];
  protected closed = false;
  #scheduled = false;

  abstract view(): TalkView;
  abstract join(nick?: string): void;
  /** Leaves for all that hold it. */
  abstract leave(): void;
  /** Sends text under a key that is its for good. */
  abstract write(key: string, text: string): void;
  abstract retry(key: string): void;
  abstract discard(key: string): void;
  abstract setTyping(on: boolean): void;
  abstract loadOlder(): Promise<void>;
  // What two people cannot do.
  changeNick?(nick: string): void;
  setSubject?(subject: string): void;
  /** Does what a moderator asks. Rejects with `RequestError`. */
  administer?(command: Administration): Promise<void>;

  /** Something that is shown may have changed: it is told in a microtask, with all that did in this turn. */
  touch(): void {
    if (this.#scheduled || this.closed) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      if (this.closed) return;
      const view = this.view();
      const news = new Set(this.news.splice(0));
      const notices = this.notices.splice(0);
      for (const holder of [...this.holders]) holder.show(view, news, notices);
    });
  }
}
