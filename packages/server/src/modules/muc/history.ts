import { type BareJid, encodeDelay, type Millis, type MucHistory, NS, serialize } from '@meerkat-chat/xmpp';
import { occupantOf } from '../../kernel/archived-room-message.js';
import { SharedStanza } from '../../kernel/shared-stanza.js';

const END = '</message>';

class Line {
  readonly at: Millis;
  readonly #room: BareJid;
  readonly #xml: string;
  #shared: SharedStanza | undefined;

  constructor(room: BareJid, at: Millis, xml: string) {
    this.#room = room;
    this.at = at;
    this.#xml = xml;
  }

  get length(): number {
    return this.#xml.length;
  }

  isBy(occupantId: string): boolean {
    return occupantOf(this.#xml) === occupantId;
  }

  /** The message with the time at which it was said, made when the first joiner needs it and then kept. */
  get shared(): SharedStanza {
    if (!this.#shared) {
      const delay = serialize(encodeDelay({ at: this.at, by: this.#room }), NS.client);
      this.#shared = SharedStanza.ofText(this.#xml.slice(0, -END.length) + delay + END);
    }
    return this.#shared;
  }
}

/** How many messages a room keeps in memory, and how many characters of them, whichever is less. */
export interface HistoryBounds {
  readonly lines: number;
  readonly chars: number;
}

/** The last messages of a room, for those who join. Bounded; the archive has the rest. */
export class RoomHistory {
  readonly #room: BareJid;
  readonly #bounds: HistoryBounds;
  readonly #lines: Line[] = [];
  #chars = 0;

  constructor(room: BareJid, bounds: HistoryBounds) {
    this.#room = room;
    this.#bounds = bounds;
  }

  /** @param xml the message as it went out, serialised without `to` */
  add(at: Millis, xml: string): void {
    this.#lines.push(new Line(this.#room, at, xml));
    this.#chars += xml.length;
    while (this.#lines.length > this.#bounds.lines || this.#chars > this.#bounds.chars) {
      this.#chars -= this.#lines.shift()?.length ?? 0;
    }
  }

  /** Forgets the messages of an occupant. */
  forget(occupantId: string): void {
    this.#keep((line) => !line.isBy(occupantId));
  }

  /** Forgets what was said before that time. */
  forgetBefore(time: Millis): void {
    this.#keep(({ at }) => at >= time);
  }

  /** What a joiner gets, oldest first: the newest that meet every wish (XEP-0045 section 7.2.14). */
  select(wish: MucHistory | undefined, byDefault: number, now: Millis): readonly SharedStanza[] {
    // Who wishes for anything at all, but not for a number, is not held to the default.
    const most = wish === undefined ? byDefault : (wish.maxStanzas ?? this.#bounds.lines);
    const seconds = wish?.seconds;
    const since = Math.max(
      wish?.since ?? Number.NEGATIVE_INFINITY,
      seconds === undefined ? Number.NEGATIVE_INFINITY : now - seconds * 1000,
    );
    let chars = wish?.maxChars ?? Number.POSITIVE_INFINITY;
    const chosen: SharedStanza[] = [];
    for (let at = this.#lines.length - 1; at >= 0 && chosen.length < most; at--) {
      const line = this.#lines[at];
      if (!line || line.at < since) break;
      chars -= line.length;
      if (chars < 0) break;
      chosen.push(line.shared);
    }
    return chosen.reverse();
  }

  get size(): number {
    return this.#lines.length;
  }

  #keep(wanted: (line: Line) => boolean): void {
    const kept = this.#lines.filter(wanted);
    this.#lines.splice(0, this.#lines.length, ...kept);
    this.#chars = kept.reduce((chars, { length }) => chars + length, 0);
  }
}
