import {
  type Element,
  el,
  encodeOriginId,
  NS,
  type Off,
  randomId,
  type StanzaError,
} from '@meerkat-chat/xmpp';
import { MAX_LINE } from '../bounds.js';
import type { ArchiveReader } from './archive.js';
import type { CaughtUp } from './catch-up.js';
import type { KeptRoom } from './kept.js';
import { MessageLog } from './message-log.js';
import type { Incoming } from './messages.js';
import type { RoomArchive } from './room-archive.js';
import type { RoomPartContext } from './room-context.js';
import type { Line } from './room-stanzas.js';

/** Who we are in the room. */
export interface SelfInRoom {
  readonly nick: string;
  /** The nick that the room was asked for last: what is written now is said under it, unless the room refuses. */
  readonly asked: string;
  readonly occupantId: string | undefined;
}

export interface RoomTalkContext extends RoomPartContext {
  /** Undefined while we are not in the room. */
  readonly self: () => SelfInRoom | undefined;
  /** Enters the room again: it turned out not to have us, or has no archive and so must tell its history. */
  readonly comeBack: () => void;
}

/** A room ends its history with a subject (XEP-0045 section 7.2.15); one that does not is waited for that long. */
const HISTORY_TIME = 30_000;
const HISTORY_ROWS = 50;
const MAX_CATCH_UPS = 3;
const CATCH_UP_PAUSE = 5_000;
const MAX_OWN_NICKS = 16;

/**
 * What is said in one room: keeps its messages, fills gaps from the archive, and sees to it that what was written
 * here arrives once.
 */
export class RoomTalk {
  readonly log: MessageLog;
  readonly #context: RoomTalkContext;
  /** Loaded when something is asked of it. */
  #archive: RoomArchive | undefined;
  #subject = '';
  /** Nicks that were ours, to know our lines in an archive without occupant ids. */
  readonly #nicks = new Set<string>();
  /** Who we were in the room before we signed in (XEP-0421). */
  readonly #former = new Set<string>();
  #hasArchive: boolean | undefined;
  #trustsIds = true;
  /** Lines of the room's history that have come so far: they are placed together. */
  #history: Line[] = [];
  /** What was said after that message is still to be fetched. */
  #anchor: string | undefined;
  /** Whether what is unsure has been looked for since the last join. */
  #searched = true;
  #catchingUp = false;
  #failures = 0;
  /** Counts joins and losses: answers of an earlier run are stale. */
  #run = 0;
  #timer: Off | undefined;

  constructor(context: RoomTalkContext, kept?: KeptRoom) {
    this.#context = context;
    this.log = new MessageLog(context, kept);
    if (!kept) return;
    this.#subject = kept.subject;
    this.#hasArchive = kept.archive;
    this.#searched = kept.searched;
    this.#anchor = kept.anchor;
    this.#nicks.add(kept.nick);
    for (const id of kept.former ?? []) this.#former.add(id);
  }

  get subject(): string {
    return this.#subject;
  }

  /** What the next page starts with. */
  keep(): Pick<KeptRoom, 'anchor' | 'archive' | 'former' | 'own' | 'rows' | 'searched' | 'subject'> {
    this.#placeHistory();
    return {
      searched: this.#searched,
      anchor: this.#anchor,
      subject: this.#subject,
      archive: this.#hasArchive,
      former: [...this.#former],
      ...this.log.keep(),
    };
  }

  /** What the room says of itself: whether it has an archive, and whether its stanza-ids can be believed. */
  learn(features: { readonly archive: boolean; readonly ids: boolean }): void {
    this.#hasArchive = features.archive;
    this.#trustsIds = features.ids;
  }

  /** How much of the history to ask for at a join: with an archive, what is missing is fetched from there. */
  history(): number {
    this.#anchor ??= this.log.newest;
    const { limit } = this.#context;
    if (this.log.rows.length === 0) return Math.min(HISTORY_ROWS, limit);
    // By number and not by time: the clock of this machine may be wrong.
    return this.#archived ? 0 : limit;
  }

  /** A join is under way, so what was sent before may have got lost. */
  entering(): void {
    this.lost();
    this.#searched = false;
    this.#failures = 0;
  }

  /** The room has let us in, or given us another nick. */
  entered(): void {
    const nick = this.#context.self()?.nick;
    if (nick !== undefined && this.#nicks.size < MAX_OWN_NICKS) this.#nicks.add(nick);
    if (!this.#searched) this.#search();
    this.#flush();
  }

  /** The stream, or the room, was lost. */
  lost(): void {
    this.#run++;
    this.#catchingUp = false;
    this.#timer?.();
    this.#placeHistory();
    this.log.lost();
  }

  /** We come back as somebody else: what we have said stays ours. */
  become(): void {
    const id = this.#context.self()?.occupantId;
    if (id !== undefined) this.#former.add(id);
  }

  /** The room is left for good. */
  forget(): void {
    this.lost();
    this.log.clear();
    this.#subject = '';
    this.#anchor = undefined;
    this.#nicks.clear();
    this.#former.clear();
  }

  write(key: string, text: string): void {
    this.log.write(key, text, this.#context.self()?.asked ?? this.#context.nick());
    this.#flush();
  }

  /** Takes on an own message that was sent on the stream before and never confirmed. */
  adopt(key: string, text: string): void {
    this.log.adopt(key, text, this.#context.self()?.nick ?? this.#context.nick());
  }

  retry(key: string): void {
    this.log.reduce({ kind: 'retry', key });
    this.#flush();
  }

  setSubject(subject: string): void {
    const to = this.#context.jid();
    if (!this.#context.self() || to === undefined) return;
    const content = el('subject', NS.client, {}, subject.slice(0, MAX_LINE));
    const id = randomId(this.#context.env.random, 12);
    this.#context.send(el('message', NS.client, { to, type: 'groupchat', id }, content));
  }

  hearLine(line: Line): void {
    if (line.old && !this.#searched && !this.#archived && this.#history.length < this.#context.limit) {
      this.#history.push(line);
      return;
    }
    this.#placeHistory();
    const message = this.#incoming(line);
    const { log } = this;
    const { delivered: before, own } = log.messages;
    log.reduce({ kind: 'live', message });
    const last = log.messages.delivered.at(-1);
    const echo = own.some(({ row }) => row.key === last?.key);
    if (!message.old && !echo && last && last.key !== before.at(-1)?.key) this.#context.said(last.key);
  }

  hearArchived(stanza: Element): void {
    const jid = this.#context.jid();
    if (jid !== undefined) this.#archive?.hear(stanza, jid);
  }

  /** The subject comes last of what a room tells to who joins, so it also ends the history. */
  hearSubject(subject: string): void {
    this.#subject = subject;
    this.#context.touch();
    if (this.#context.self() && !this.#searched && !this.#archived) this.#settle();
  }

  /** The room sent a message back. @param reason the same for people */
  hearRefusal(key: string, { condition }: StanzaError, reason: string): void {
    const entry = this.log.messages.own.find(({ row }) => row.key === key);
    if (!entry) return;
    // Section 7.4: who is not in the room gets this, so the message itself was not judged.
    const outside = condition === 'not-acceptable' && entry.state === 'sent';
    this.log.reduce({ kind: 'refused', key, reason, again: outside });
    if (outside) this.#context.comeBack();
  }

  /** The stream goes on: takes up again what waited for it. */
  resumed(): void {
    if (this.#context.self() && !this.#searched && !this.#catchingUp) this.#search();
    this.#flush();
  }

  async loadOlder(): Promise<void> {
    const { log } = this;
    const jid = this.#context.jid();
    if (log.older !== 'maybe') return;
    if (log.full || this.#hasArchive === false) {
      log.older = 'none';
      return;
    }
    if (!this.#context.self() || !this.#context.online() || jid === undefined) return;
    const reader = this.#reader();
    log.older = 'loading';
    const archive = await this.#loadArchive();
    if (reader.stale()) return;
    if (archive) await archive.older(jid, reader);
    else log.older = 'maybe';
  }

  /** Lets go of timers and of questions under way. */
  close(): void {
    this.#run++;
    this.#timer?.();
  }

  /** Something is missing that the archive may have. */
  get #archived(): boolean {
    return this.#anchor !== undefined && this.#hasArchive !== false;
  }

  #placeHistory(): void {
    if (this.#history.length === 0) return;
    const page = this.#history.splice(0).map((line) => this.#incoming(line));
    this.log.reduce({ kind: 'history', page });
  }

  #incoming(line: Line): Incoming {
    const self = this.#context.self();
    const byId = line.occupantId !== undefined && self?.occupantId !== undefined;
    const byNick = line.old ? this.#nicks.has(line.nick) : self?.nick === line.nick;
    const own = byId
      ? line.occupantId === self?.occupantId || this.#former.has(line.occupantId ?? '')
      : byNick;
    return { ...line, archiveId: this.#trustsIds ? line.archiveId : undefined, own };
  }

  /** Looks for what was said, and perhaps by us, while we were away. */
  #search(): void {
    const jid = this.#context.jid();
    const anchor = this.#anchor;
    this.#timer?.();
    if (jid === undefined || anchor === undefined || !this.#archived) {
      this.#timer = this.#context.env.clock.after(HISTORY_TIME, () => this.#giveUp());
      return;
    }
    const reader = this.#reader();
    this.#catchingUp = true;
    const caughtUp = async (): Promise<CaughtUp> => {
      const archive = await this.#loadArchive();
      if (reader.stale()) return 'stale';
      return archive ? archive.catchUp(jid, anchor, reader, this.#context.limit) : 'failed';
    };
    void caughtUp().then((end) => {
      if (end === 'stale') return;
      this.#catchingUp = false;
      if (end === 'done') this.#settle();
      else if (end === 'failed') this.#searchAgain();
      else {
        this.#hasArchive = false;
        this.#context.comeBack();
      }
    });
  }

  /** Reads for this run. */
  #reader(): ArchiveReader {
    const run = this.#run;
    return { log: this.log, incoming: (line) => this.#incoming(line), stale: () => run !== this.#run };
  }

  /** Undefined where it could not be loaded, as if the archive had not answered. */
  async #loadArchive(): Promise<RoomArchive | undefined> {
    const { env, parts, request } = this.#context;
    const loaded = await parts.archive.load().catch(() => undefined);
    if (loaded) this.#archive ??= new loaded.RoomArchive(request, env.random);
    return this.#archive;
  }

  #searchAgain(): void {
    if (!this.#context.online()) return; // `resumed` goes on
    if (++this.#failures < MAX_CATCH_UPS) {
      this.#timer = this.#context.env.clock.after(CATCH_UP_PAUSE, () => this.#search());
    } else this.#giveUp();
  }

  /** Nobody could tell what arrived: whoever wrote it decides, since sending it again might double it. */
  #giveUp(): void {
    for (const { row, state } of this.log.messages.own) {
      if (state !== 'unsure') continue;
      const reason = 'The connection was lost, and it is not known whether this arrived.';
      this.log.reduce({ kind: 'refused', key: row.key, reason, again: false });
    }
    this.#settle();
  }

  #settle(): void {
    this.#timer?.();
    this.#placeHistory();
    this.#searched = true;
    this.#anchor = undefined;
    this.log.reduce({ kind: 'missing' });
    this.#flush();
  }

  #flush(): void {
    const to = this.#context.jid();
    if (!this.#context.self() || !this.#context.online() || to === undefined) return;
    this.log.flush(({ key: id, text }) => {
      const body = el('body', NS.client, {}, text);
      this.#context.send(el('message', NS.client, { to, type: 'groupchat', id }, body, encodeOriginId(id)));
    });
  }
}
