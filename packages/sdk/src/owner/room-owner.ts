import {
  type BareJid,
  child,
  childText,
  decodeDelay,
  decodeDiscoIdentity,
  decodeRoomOccupants,
  decodeStanzaError,
  type Element,
  el,
  elements,
  localOf,
  NS,
  stanzaIdOf,
} from '@meerkat-chat/xmpp';
import { MAX_LINE } from '../bounds.js';
import { insist, Lazy } from '../lazy.js';
import { noAnswer } from '../session/xmpp-session.js';
import type { KeptRoom } from './kept.js';
import { countOf, listedOf } from './occupants.js';
import type { Administration } from './room-administration.js';
import type { RoomContext, RoomPartContext } from './room-context.js';
import { RoomMembership } from './room-membership.js';
import { isTrouble, readLine, readOccupant } from './room-stanzas.js';
import { RoomTalk } from './room-talk.js';
import type { RoomTyping } from './room-typing.js';
import { SharedTalk, type TalkView } from './shared-talk.js';

/** How a room begins. */
export interface RoomStart {
  /** Its address, as far as is known. */
  readonly guess: BareJid;
  /** The same for certain; undefined while the host of rooms is not known, see `locate`. */
  readonly jid: BareJid | undefined;
  /** What the page before kept of it. */
  readonly kept?: KeptRoom | undefined;
}

const NOBODY: readonly string[] = [];

/** One room (XEP-0045): our place in it, and what is said there. */
export class RoomOwner extends SharedTalk {
  readonly guess: BareJid;
  readonly talk: RoomTalk;
  readonly membership: RoomMembership;
  readonly #context: RoomPartContext;
  #jid: BareJid | undefined;
  #name: string;
  #discovering = false;
  /** Loaded when somebody writes. */
  readonly #typing: Lazy<RoomTyping>;
  /** How many messages were written here. */
  #written = 0;
  /** What has come since something had to be explained, and what explains is not loaded yet. */
  #held: (readonly [stanza: Element, nick: string | undefined])[] = [];

  constructor(context: RoomContext, start: RoomStart) {
    super();
    this.guess = start.guess;
    this.#jid = start.jid;
    this.#name = start.kept?.name || localOf(start.guess);
    const part = {
      ...context,
      jid: () => this.#jid,
      touch: () => this.touch(),
      said: (key: string) => this.news.push(key),
    };
    this.#context = part;
    const others = {
      ...part,
      occupant: () => this.membership.occupant,
      count: () => countOf(this.membership.occupants),
    };
    // What cannot be loaded is not told: nobody waits for it, and the next time it is tried again.
    this.#typing = new Lazy(async () => new (await context.parts.typing.load()).RoomTyping(others));
    this.talk = new RoomTalk(
      {
        ...part,
        // What is written on the way in is shown under the name that was asked for.
        nick: () => this.membership.wish ?? context.nick(),
        self: () => this.membership.self,
        comeBack: () => this.membership.comeBack(),
      },
      start.kept,
    );
    this.membership = new RoomMembership(
      {
        ...part,
        entering: () => {
          this.talk.entering();
          void this.#discover();
          return this.talk.history();
        },
        entered: () => this.talk.entered(),
        removed: () => {
          this.talk.lost();
          this.#typing.value?.reset();
        },
      },
      start.kept,
    );
  }

  get jid(): BareJid | undefined {
    return this.#jid;
  }

  /** The host of rooms has become known. */
  locate(jid: BareJid): void {
    this.#jid ??= jid;
    this.touch();
  }

  get waiting(): number {
    return this.talk.log.waiting;
  }

  join(nick?: string): void {
    this.membership.join(nick);
  }

  override changeNick(nick: string): void {
    this.membership.changeNick(nick);
  }

  /** What the next page starts with; undefined where there is nothing to go on with. */
  keep(): KeptRoom | undefined {
    if (!this.membership.wanted) return undefined;
    // Only what has to be explained can wait for it.
    this.#held = this.#held.filter(([stanza, nick]) => isTrouble(stanza) || this.#take(stanza, nick));
    return {
      ref: this.#jid ?? localOf(this.guess),
      name: this.#name,
      ...this.membership.keep(),
      ...this.talk.keep(),
    };
  }

  leave(): void {
    this.#held = [];
    this.membership.leave();
    this.talk.forget();
    this.#typing.value?.reset();
  }

  /** A new session was bound. */
  fresh(): void {
    this.#held = [];
    this.talk.lost();
    this.#typing.value?.reset();
    this.membership.fresh();
  }

  /** We come back as somebody else, who goes on with what is here. */
  become(): void {
    this.talk.become();
    this.membership.become();
  }

  /** The stream goes on as if nothing had happened. */
  resumed(): void {
    this.membership.resumed();
    this.talk.resumed();
  }

  /** A stanza from the room or, under a nick, from an occupant of it. */
  hear(stanza: Element, nick: string | undefined): void {
    const { trouble } = this.#context.parts;
    if (!this.membership.wanted) return;
    if (this.#held.length === 0 && (trouble.value || !isTrouble(stanza))) this.#take(stanza, nick);
    else if (this.#held.push([stanza, nick]) === 1) void this.#release();
  }

  /** Takes what was held when it is loaded what explains it. */
  async #release(): Promise<void> {
    const { env, parts } = this.#context;
    await insist(env.clock, () => parts.trouble.load());
    if (this.closed) return;
    for (const [stanza, nick] of this.#held.splice(0)) this.#take(stanza, nick);
  }

  /** What it means to a member of the room (XEP-0045). */
  #take(stanza: Element, nick: string | undefined): void {
    if (!this.membership.wanted) return;
    if (stanza.name === 'presence') this.#takePresence(stanza, nick);
    else if (stanza.name === 'message') this.#takeMessage(stanza, nick);
  }

  #takePresence(stanza: Element, nick: string | undefined): void {
    const { membership, notices } = this;
    const { id, type } = stanza.attrs;
    const trouble = this.#context.parts.trouble.value;
    if (type === 'error') {
      const error = decodeStanzaError(stanza);
      if (trouble) membership.hearRefusal(id, error, trouble.refusedBy(error));
      return;
    }
    if (type === 'unavailable') {
      // A destroyed room may say so from its own address (section 10.9).
      const who = nick ?? '';
      const notice = membership.self && trouble?.removalOf(who, stanza);
      membership.hearGone(who, stanza, trouble?.removedBy(stanza));
      this.#typed((typing) => typing.forget(who));
      if (notice && membership.self) notices.push(notice);
    } else if (type === undefined && nick !== undefined) {
      membership.hearHere(readOccupant(stanza, nick), stanza, decodeRoomOccupants(stanza));
    }
  }

  #takeMessage(stanza: Element, nick: string | undefined): void {
    const { membership, talk } = this;
    const { id, type } = stanza.attrs;
    if (type === 'error') {
      const error = decodeStanzaError(stanza);
      const reason = this.#context.parts.trouble.value?.sayWhy(error);
      if (id !== undefined && reason !== undefined) talk.hearRefusal(id, error, reason);
      return;
    }
    // Results of an archive come from the room itself; whatever an occupant forwards is not one.
    if (type !== 'groupchat') {
      if (nick === undefined) talk.hearArchived(stanza);
      return;
    }
    // The room itself counts; an occupant only claims to.
    const crowd = nick === undefined ? decodeRoomOccupants(stanza) : undefined;
    const subject = childText(stanza, 'subject', NS.client);
    if (crowd) membership.hearCrowd(crowd);
    else if (subject !== undefined && childText(stanza, 'body', NS.client) === undefined) {
      talk.hearSubject(subject.slice(0, MAX_LINE));
    } else if (nick !== undefined) this.#takeWords(stanza, nick);
  }

  /** What an occupant says, or that they are about to. */
  #takeWords(message: Element, nick: string): void {
    // Only the room's own stamp counts: any other is a claim of who said it.
    const delay = decodeDelay(message, this.#jid);
    const line = readLine(message, nick, delay?.at ?? this.#context.env.clock.now(), delay !== undefined);
    if (line) {
      this.talk.hearLine({ ...line, archiveId: this.#jid && stanzaIdOf(message, this.#jid) });
      this.#typed((typing) => typing.forget(nick));
      return;
    }
    // Who writes, or has stopped (XEP-0085), unless that was long ago.
    const state = delay ? undefined : elements(message).find(({ ns }) => ns === NS.chatStates);
    const on = state?.name === 'composing';
    if (state) this.#typed((typing) => typing.hear(nick, on), on);
  }

  write(key: string, text: string): void {
    this.#written++;
    this.talk.write(key, text);
    this.#typed((typing) => typing.said());
  }

  retry(key: string): void {
    this.talk.retry(key);
  }

  discard(key: string): void {
    this.talk.log.reduce({ kind: 'discard', key });
  }

  override setSubject(subject: string): void {
    this.talk.setSubject(subject);
  }

  loadOlder(): Promise<void> {
    return this.talk.loadOlder();
  }

  setTyping(on: boolean): void {
    const written = this.#written;
    // What was sent before that was loaded is not being written any more.
    this.#typed((typing) => written === this.#written && typing.write(on), on);
  }

  override async administer(command: Administration): Promise<void> {
    const { parts, request } = this.#context;
    const loaded = await parts.trouble.load().catch(() => undefined);
    if (!loaded) throw noAnswer('This could not be asked of the room.');
    this.membership.drain();
    await request(loaded.administrationOf(command, this.#jid, listedOf(this.membership.occupants)));
  }

  /** Lets go of timers; nothing is told after. */
  close(): void {
    this.closed = true;
    this.talk.close();
    this.membership.close();
    this.#typing.value?.reset();
  }

  /**
   * Does something where it is known who is writing, in order, once that is loaded.
   * @param begin loads it, so that only who needs it pays for it
   */
  #typed(run: (typing: RoomTyping) => unknown, begin = false): void {
    const { asked, value } = this.#typing;
    if (value) run(value);
    else if (asked || begin) {
      this.#typing.load().then(
        (typing) => this.closed || run(typing),
        () => {},
      );
    }
  }

  async #discover(): Promise<void> {
    if (this.#discovering) return;
    this.#discovering = true;
    const iq = el('iq', NS.client, { type: 'get', to: this.#jid }, el('query', NS.discoInfo));
    // A room that does not answer this may well let us in: the name stays, and the archive is tried.
    const result = await this.#context.request(iq).catch(() => undefined);
    this.#discovering = false;
    const answer = result && child(result, 'query', NS.discoInfo);
    if (!answer || this.closed) return;
    const { features, identities } = decodeDiscoIdentity(answer);
    const archive = features.includes(NS.mam);
    this.talk.learn({ archive, ids: archive || features.includes(NS.stanzaId) });
    const name = identities.find(({ category }) => category === 'conference')?.name;
    if (name) this.#name = name.slice(0, MAX_LINE);
    this.touch();
  }

  view(): TalkView {
    const { occupants, occupant, status } = this.membership;
    const { log, subject } = this.talk;
    return {
      name: this.#name,
      subject,
      occupants: listedOf(occupants),
      occupantCount: countOf(occupants),
      self: occupant,
      messages: log.rows,
      older: log.older,
      typing: this.#typing.value?.nicks ?? NOBODY,
      status,
    };
  }
}
