import type { Chat, RoomMessage, RoomNotice } from '@meerkat-chat/sdk';
import type { LitElement } from 'lit';
import type { Lease, Shown } from '../connect.js';
import { Lazy } from '../lazy.js';
import { ChatMessageEvent, ChatSendEvent, ChatStatusEvent } from './chat-room.events.js';
import type { ChatRoom } from './chat-room-element.js';
import type { Composer } from './composer.js';
import { type Mentions, mentionsOf } from './mentions.js';
import { MessageList, type ReadingPlace } from './message-list.js';
import type { RowAction } from './message-row.js';
import type { NoteLine } from './note-line.js';
import { RoomView } from './room-view.js';
import type { Speaker } from './speaker.js';
import type { Talk } from './talk.js';
import type { Times } from './times.js';
import type { Touched } from './touched.js';

/** The element that shows a room, as far as a visit needs it. */
type Host = LitElement & Pick<ChatRoom, 'nick' | 'readOnly' | 'strings' | 'surroundings' | 'typing' | 'with'>;

/** What stays in an element when it goes from one room to another. */
export interface VisitParts {
  readonly host: Host;
  readonly composer: Composer;
  readonly notes: NoteLine;
  readonly touched: Lazy<Touched>;
  readonly times: () => Times;
  /** Whether the list of people is shown now. */
  readonly peopleShown: () => boolean;
  /** Something that was asked for could not be loaded. */
  readonly missing: () => void;
}

/** The visit of an element to a room, from its entering to its leaving: what is heard there, shown in rows and said aloud. */
export class Visit {
  readonly chat: Chat;
  readonly room: Shown;
  readonly #parts: VisitParts;
  readonly #view: RoomView;
  /** What was there already: what of it has failed is no news. */
  readonly #known: readonly RoomMessage[];
  readonly #speaking = new Lazy(
    () => import('./speaker.js'),
    () => {},
  );
  #talking = this.#talkPart();
  #mentions = mentionsOf(undefined);
  #list: MessageList | undefined;
  #speaker: Speaker | undefined;
  #talk: Talk | undefined;
  #frame: (() => void) | undefined;
  #over = false;

  constructor(lease: Lease, parts: VisitParts) {
    this.chat = lease.chat;
    this.room = lease.room;
    this.#parts = parts;
    this.#known = lease.room.messages.value;
    this.#view = new RoomView(lease, {
      onChange: () => this.schedule(),
      onStatus: () => this.#onStatus(),
      onMessage: (message) => this.#onMessage(message),
      onNotice: (notice) => this.#onNotice(notice),
      onPeople: () => {
        if (parts.peopleShown()) this.schedule();
      },
    });
  }

  /** The rows; undefined before they are rendered. */
  get list(): MessageList | undefined {
    return this.#list;
  }

  /** What people do beside talking; undefined before it is loaded. */
  get talk(): Talk | undefined {
    return this.#talk;
  }

  get messages(): readonly RoomMessage[] {
    const { value } = this.room.messages;
    return this.#talk?.rows(value) ?? value;
  }

  /** A moderated room lets this person only read. */
  get muted(): boolean {
    return this.room.self.value?.role === 'visitor';
  }

  get writable(): boolean {
    return !this.#parts.host.readOnly && !this.muted;
  }

  /** Somebody is typing, for who follows the newest messages to see. */
  get typing(): boolean {
    const following = this.#list?.state.mode !== 'reading';
    return this.#parts.host.typing !== 'off' && following && this.room.typing.value.length > 0;
  }

  /** One render and one flush of the rows per frame, however much has changed. */
  schedule(): void {
    const { host } = this.#parts;
    this.#frame ??= host.surroundings.frame(() => {
      this.#frame = undefined;
      this.#speaker?.failures(this.messages);
      host.requestUpdate();
    });
  }

  /** Brings the rows up to the messages. @param place where to read, the first time */
  flush(place: ReadingPlace | undefined): void {
    if (!this.#list) {
      this.#list = this.#build();
      this.#list.place = place;
    }
    this.#list.flush(this.messages);
  }

  /** The words have changed. */
  reword(): void {
    this.#list?.rebuild();
    this.#talking = this.#talkPart();
    if (this.#talk) this.#talking.use((loaded) => loaded && this.#talk?.reword(loaded[1]));
  }

  /** Says a sentence aloud. */
  say(text: string): void {
    this.#speak((speaker) => speaker.notice(text));
  }

  /** Sends; false keeps the text. */
  send(text: string): boolean {
    if (!this.#parts.host.dispatchEvent(new ChatSendEvent(text))) return false;
    // It tells if this one fails.
    this.#speak(() => {});
    this.room.send(text);
    this.#list?.toNewest();
    return true;
  }

  fetchOlder(): void {
    // A page that could not be had leaves the button there, to be tried again.
    if (this.room.older.value === 'maybe') this.room.loadOlder().catch(() => {});
  }

  /** Does something, in order, once what people do beside talking is there; `missing` where it cannot be had. */
  withTalk(run: (talk: Talk) => void, missing = (): void => {}): void {
    if (this.#talk) {
      run(this.#talk);
      return;
    }
    this.#talking.use((loaded) => {
      if (!loaded) missing();
      if (!loaded || this.#over) return;
      const { host, composer, notes } = this.#parts;
      const [{ Talk }, words] = loaded;
      this.#talk ??= new Talk(
        {
          root: host.renderRoot,
          list: this.#find('.view'),
          room: this.room,
          strings: () => host.strings,
          clock: host.surroundings.clock,
          writable: () => this.writable && !host.with,
          mention: (nick) => composer.mention(nick),
          focus: () => host.focus(),
          tell: (text) => notes.tell(text),
          say: (text) => this.say(text),
          changed: () => this.schedule(),
        },
        words,
      );
      run(this.#talk);
    });
  }

  /** @param forGood as `Lease.release` */
  close(forGood = false): void {
    this.#over = true;
    this.#view.close(forGood);
    this.#frame?.();
    this.#speaker?.stop();
    this.#list?.destroy();
    this.#talk?.close();
  }

  #find(selector: string): HTMLElement {
    const found = this.#parts.host.renderRoot.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`${selector} is not rendered`);
    return found;
  }

  #build(): MessageList {
    const { host, composer, touched, times, missing } = this.#parts;
    return new MessageList(this.#find('.view'), this.#find('.rows'), {
      context: () => ({
        strings: host.strings,
        times: times(),
        now: host.surroundings.clock.now(),
        ownId: this.room.self.value?.occupantId,
        mentions: this.#named(),
        writable: this.writable && !host.with,
      }),
      touched,
      schedule: () => this.schedule(),
      onState: () => this.schedule(),
      onWantOlder: () => this.fetchOlder(),
      onAction: (action, key) => this.#onAction(action, key),
      onMenu: (row) => this.withTalk((talk) => talk.openFor(row), missing),
      onEscape: () => composer.focus(),
    });
  }

  /** Finds the name that the person has now: in the room, or before it, as far as the page knows. */
  #named(): Mentions {
    const nick = this.room.self.value?.nick ?? this.#parts.host.nick;
    if (nick !== this.#mentions.nick) this.#mentions = mentionsOf(nick);
    return this.#mentions;
  }

  #onAction(action: RowAction, key: string): void {
    if (action === 'retry') this.room.retry(key);
    else if (action === 'discard') this.room.discard(key);
    else {
      const nick = this.messages.find((message) => message.key === key)?.nick;
      if (nick !== undefined) this.#parts.composer.mention(nick);
    }
  }

  #onStatus(): void {
    this.#parts.host.dispatchEvent(new ChatStatusEvent(this.chat.status.value, this.room.status.value));
    this.schedule();
  }

  #onMessage(message: RoomMessage): void {
    const mention = !message.own && this.#named().in(message.text);
    this.#parts.host.dispatchEvent(new ChatMessageEvent(message, mention));
    if (!message.own) this.#speak((speaker) => speaker.arrived(message, mention));
  }

  #onNotice(notice: RoomNotice): void {
    // Where it belongs is known now, and may not be when the rest is loaded.
    const { value: messages } = this.room.messages;
    this.withTalk((talk) => talk.notice(notice, messages));
  }

  /** Does something, in order, once what speaks to screen readers is there: loaded when there is something to say. */
  #speak(run: (speaker: Speaker) => void): void {
    this.#speaking.use((part) => {
      if (!part || this.#over) return;
      const { host, times } = this.#parts;
      const hooks = { outlet: () => this.#find('.announcer'), strings: () => host.strings, times };
      this.#speaker ??= new part.Speaker(host.surroundings.clock, hooks, this.#known);
      run(this.#speaker);
    });
  }

  /** What people do beside talking, in the words of now. */
  #talkPart() {
    return new Lazy(
      () => Promise.all([import('./talk.js'), this.#parts.host.strings.talk()]),
      () => {},
    );
  }
}
