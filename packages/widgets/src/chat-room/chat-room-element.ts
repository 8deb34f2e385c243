import type { Chat, RoomMessage, RoomNotice } from '@meerkat-chat/sdk';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { pageSessions, type Shown } from '../connect.js';
import { followPage } from '../follow-page.js';
import { Lazy } from '../lazy.js';
import { en, type Strings } from '../locales/en.js';
import { pageTranslation } from '../locales/page-locale.js';
import { rememberedNick } from '../remembered-nick.js';
import { browserSurroundings, type Surroundings } from '../runtime.js';
import { fitPage } from '../tokens/page-theme.js';
import { tokenStyles } from '../tokens/tokens.styles.js';
import { VERSION } from '../version.js';
import { ChatDraftEvent, ChatMessageEvent, ChatSendEvent, ChatStatusEvent } from './chat-room.events.js';
import { chatRoomStyles } from './chat-room.styles.js';
import { Composer } from './composer.js';
import { roomHeader } from './header.js';
import { addStyles } from './late-styles.js';
import { likelyNames } from './likely-names.js';
import { type Mentions, mentionsOf } from './mentions.js';
import { MessageList, type ReadingPlace } from './message-list.js';
import type { RowAction } from './message-row.js';
import { Naming } from './naming.js';
import { NoteLine } from './note-line.js';
import type { PeoplePanel } from './people-panel.js';
import { RoomView } from './room-view.js';
import { Speaker } from './speaker.js';
import { Standing } from './standing.js';
import type { Talk } from './talk.js';
import { Times } from './times.js';

/** From this width on, in px, there is room for the cosy density. */
const COSY_FROM = 560;

/** What browsers use where a page has chosen no font: nobody's taste, so it is not taken over. */
const NO_FONT = /^(serif|-webkit-standard|"?Times( New Roman)?"?)$/;

/**
 * A room to chat in. Give it a height; it fills its width.
 *
 *     <script type="module" src="https://chat.example/embed.js"></script>
 *     <chat-room room="lobby"></chat-room>
 *
 * @tag chat-room
 * @slot header - stands in the header, before the number of people
 * @event {ChatSendEvent} chat-send - the person is about to send `text`; cancelable
 * @event {ChatDraftEvent} chat-draft - what is written and not sent has changed
 * @event {ChatMessageEvent} chat-message - a message arrived just now
 * @event {ChatStatusEvent} chat-status - the connection or one's place in the room changed
 * @csspart frame - everything
 * @csspart header - name, subject and number of people
 * @csspart list - what scrolls
 * @csspart row - one message
 * @csspart row-menu - in a row: the button that opens its menu
 * @csspart menu - what can be done with a message, or about a person
 * @csspart menu-item - in it: one thing to do
 * @csspart dialog - what is asked before somebody is removed
 * @csspart typing - who is typing
 * @csspart avatar - in a row: the first letter of a name, where there is room for it
 * @csspart name - in a row
 * @csspart text - in a row
 * @csspart link - in a text
 * @csspart mention - in a text of somebody else: one's own name
 * @csspart time - in a row
 * @csspart trouble - in a row that was not sent: what follows it
 * @csspart trouble-mark - in it: that it was not sent
 * @csspart row-action - in it: the buttons
 * @csspart pill - the button that leads to new messages
 * @csspart people - the panel of who is here
 * @csspart note - what changed in the room, for a while, above the composer
 * @csspart notice - why one is not in the room, and what to do
 * @csspart composer - field and button
 * @csspart input - in it: the field; also that for a name
 * @csspart send - in it: the button
 * @csspart names - the names that `@` offers
 * @csspart note - the line above it: what has changed in the room
 * @csspart name-form - where a guest chooses a name
 * @cssprop --chat-accent - the one accent colour
 * @cssprop --chat-on-accent - text on the accent; by default whichever of light and dark reads better
 * @cssprop --chat-bg - ground
 * @cssprop --chat-surface - fields, hovered rows, panels
 * @cssprop --chat-text - text
 * @cssprop --chat-muted - times, counts, hints
 * @cssprop --chat-line - hairlines
 * @cssprop --chat-good - what went well
 * @cssprop --chat-warn - what needs attention
 * @cssprop --chat-bad - what failed
 * @cssprop --chat-font - by default the page's own, else the system's
 * @cssprop --chat-radius - corners, 10px by default
 */
export class ChatRoom extends LitElement {
  static readonly version = VERSION;
  static override styles = [tokenStyles, ...chatRoomStyles];
  static override properties = {
    room: {},
    with: {},
    label: {},
    src: {},
    nick: {},
    theme: { reflect: true },
    density: {},
    typing: { reflect: true },
    readOnly: { type: Boolean, attribute: 'readonly', reflect: true },
    chat: { attribute: false },
    strings: { attribute: false },
    surroundings: { attribute: false },
  };

  /** The room's name (at the server's rooms host) or address. */
  declare room: string;
  /** A person to talk with, instead of a room: their name at the server, or their address. */
  declare with: string | undefined;
  /** What stands in the header; by default the name of the room, or of the person. */
  declare label: string | undefined;
  /** The server's address, `https://chat.example`. Default: where `embed.js` came from, or the page's origin. */
  declare src: string | undefined;
  /** The name to chat under. Without it a guest is asked for one before the first message. */
  declare nick: string | undefined;
  /** Light or dark whatever the person's own setting says; `auto` follows it. */
  declare theme: 'auto' | 'dark' | 'light' | undefined;
  /**
   * How rows look: one line each (`live`), grouped with faces (`cosy`), or as between two people (`bubbles`); `auto`
   * chooses one of the first two by the width.
   */
  declare density: 'auto' | 'bubbles' | 'cosy' | 'live';
  /** `off`: neither shows who is typing nor tells others that one is. */
  declare typing: 'off' | 'on';
  /** For watching only: no composer, and no name is asked for. */
  declare readOnly: boolean;
  /** A chat of the page's own, instead of one made for `src`. */
  declare chat: Chat | undefined;
  /** Every word that is said. By default in the language of the page (`lang`), where it is one of ours, else in English. */
  declare strings: Strings;
  /** Clock and frames, for tests. */
  declare surroundings: Surroundings;

  readonly #composer: Composer;
  readonly #standing: Standing;
  readonly #naming: Naming;
  readonly #notes: NoteLine;
  readonly #touched = new Lazy(
    () => import('./touched.js'),
    () => this.requestUpdate(),
  );
  readonly #people = new Lazy(
    () => import('./people-panel.js'),
    () => {},
  );
  #talking = this.#talkPart();
  #personal = this.#personPart();
  #panel: PeoplePanel | undefined;
  #times = new Times(en);
  /** The words of the page's language, while they are on their way. */
  #words: Promise<void> | undefined;
  #mentions = mentionsOf(undefined);
  #view: RoomView | undefined;
  /** Ends looking whether the room of the page has become another one. */
  #unfollow: (() => void) | undefined;
  #malformed = false;
  #frame: (() => void) | undefined;
  #list: MessageList | undefined;
  /** Where to read, until there is a list that can go there. */
  #place: ReadingPlace | undefined;
  #speaker: Speaker | undefined;
  /** Loaded when somebody types, is removed, or the list is touched. */
  #talk: Talk | undefined;
  #width: ResizeObserver | undefined;
  #wide = false;
  #unstyled = false;

  constructor() {
    super();
    this.room = '';
    this.density = 'auto';
    this.typing = 'on';
    this.readOnly = false;
    this.strings = en;
    this.surroundings = browserSurroundings;
    fitPage(this);
    const root = () => this.renderRoot;
    const strings = () => this.strings;
    this.#naming = new Naming({
      room: () => this.#view?.room,
      chat: () => this.#view?.chat,
      ours: () => this.chat === undefined,
    });
    this.#standing = new Standing({
      strings,
      explanations: () => this.#explanations(),
      offline: () => this.#offline,
      root,
      changed: () => this.#schedule(),
    });
    this.#notes = new NoteLine({
      strings,
      clock: () => this.surroundings.clock,
      say: (text) => this.#speaker?.notice(text),
      changed: () => this.#schedule(),
    });
    this.#composer = new Composer(this, {
      root,
      touched: this.#touched,
      strings,
      room: () => this.#label,
      needsName: () => !this.with && this.#naming.needed,
      muted: () => (this.#muted ? this.strings.noVoice : undefined),
      useName: (nick) => this.#naming.choose(nick),
      send: (text) => this.#send(text),
      drafted: (text) => {
        this.dispatchEvent(new ChatDraftEvent(text));
        if (this.typing !== 'off') this.#view?.room.setTyping(text !== '');
      },
      names: () => (this.#view ? likelyNames(this.#view.room) : []),
      say: (text) => this.#speaker?.notice(text),
      missing: () => this.#missing(),
    });
  }

  /** The server of elements without `src`. `embed.js` puts its own origin here. */
  static defaultServer(): string {
    return globalThis.location.origin;
  }

  /** What is written and not sent. */
  get draft(): string {
    return this.#composer.draft;
  }

  set draft(text: string) {
    this.#composer.draft = text;
  }

  /** Where the person reads; undefined while the newest message is followed. Set, it is gone to once it is there. */
  get place(): ReadingPlace | undefined {
    return this.#list ? this.#list.place : this.#place;
  }

  set place(place: ReadingPlace | undefined) {
    this.#place = place;
    if (this.#list) this.#list.place = place;
  }

  /** Puts the cursor into the composer; where there is none, to the newest message. */
  override focus(): void {
    if (this.readOnly) this.#list?.focus();
    else this.#composer.focus();
  }

  override connectedCallback(): void {
    if (this.strings === en) {
      this.#words = pageTranslation(this)?.then((words) => {
        this.#words = undefined;
        if (words) this.strings = { ...en, ...words.room };
      });
    }
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // An element that is only moved keeps its room. Turbo takes some promises from one body to the next.
    this.surroundings.clock.after(0, () => {
      if (!this.isConnected) this.#close();
    });
  }

  /** Says nothing in English while the words of the page's language come. */
  protected override scheduleUpdate(): void | Promise<unknown> {
    return this.#words ? this.#words.then(() => super.scheduleUpdate()) : super.scheduleUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.isConnected) return;
    const other = changed.has('room') || changed.has('with') || changed.has('src') || changed.has('chat');
    if (other || !this.#view) this.#move();
    else if (changed.has('nick') && this.nick) this.#naming.take(this.nick);
    if (changed.has('strings')) {
      this.#standing.reword();
      this.#talking = this.#talkPart();
      this.#personal = this.#personPart();
      if (this.#talk) this.#talking.use((loaded) => loaded && this.#talk?.reword(loaded[1]));
    }
    if (this.#typing && !this.#talk) this.#withTalk(() => this.#schedule());
    if (changed.has('strings') || other) {
      this.#times = new Times(this.strings, this.closest('[lang]')?.getAttribute('lang') ?? undefined);
    }
    for (const words of this.#standing.judge(this.#malformed ? 'malformed' : this.#view)) {
      this.#speaker?.notice(words);
    }
    this.#notes.look(this.#view?.room);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!this.isConnected) return;
    if (changed.has('density') && this.density === 'bubbles') void this.#showBubbles();
    if (!this.#list) this.#build();
    else if (changed.has('strings')) this.#list.rebuild();
    this.#list?.flush(this.#messages);
  }

  protected override render(): TemplateResult {
    const { strings } = this;
    const room = this.#view?.room;
    const { condition, wasIn } = this.#standing;
    const lost = condition.kind === 'waiting' && condition.lost;
    const person = this.#person();
    const subject = person ? person.line : room?.subject.value;
    const line = lost ? (wasIn ? strings.reconnecting : strings.connecting) : subject;
    const density = this.density === 'auto' ? (this.#wide ? 'cosy' : 'live') : this.density;
    return html`
      <section class="frame" part="frame" aria-label=${this.#label || nothing} data-density=${density} ?data-person=${!!this.with} data-here=${person?.here ?? nothing} ?data-unstyled=${this.#unstyled}
        @focusin=${this.#onFocus} @keydown=${this.#onKey} @pointerdown=${this.#onPointer}>
        ${roomHeader({ strings, name: this.#label, line, lost, count: this.#count, open: this.#panel?.open ?? false, onPeople: this.#onPeople })}
        <div class="body">
          ${condition.kind === 'waiting' ? html`<div class="progress" aria-hidden="true"></div>` : nothing}
          <div class="view" part="list" role="log" aria-live="off" aria-label=${strings.messages(this.#label)}
            @pointerover=${this.#onList} @pointerdown=${this.#onList} @focusin=${this.#onList} @contextmenu=${this.#onList}>
            ${this.#older()}
            <div class="rows"></div>
          </div>
          ${condition.kind === 'fine' && this.#messages.length === 0 ? html`<p class="empty">${person ? person.empty : this.#writable ? strings.empty : strings.emptyToRead}</p>` : nothing}
          ${this.#typing ? this.#talk?.typing() : nothing} ${this.#pill()} ${this.#panel?.render(room)}
        </div>
        ${condition.kind === 'offline' ? html`<p class="line">${this.#offline}</p>` : nothing}
        ${condition.kind === 'fine' && person?.note ? html`<p class="line">${person.note}</p>` : nothing}
        ${this.#notes.render()}
        ${condition.kind === 'refused' ? this.#refusal() : this.readOnly ? nothing : this.#composer.render()}
        <div class="announcer" role="status" aria-live="polite"></div>
      </section>
    `;
  }

  #older(): TemplateResult | typeof nothing {
    const older = this.#view?.room.older.value;
    if (older === undefined || older === 'none' || this.#list?.atOldest === false) return nothing;
    const loading = older === 'loading';
    // Of a short list nobody knows yet whether there is more: it is asked for when somebody goes up, not offered.
    if (!loading && this.#list?.short !== false) return nothing;
    return html`<button class="older" type="button" aria-disabled=${loading} @click=${this.#loadOlder}>
      ${loading ? this.strings.loadingOlder : this.strings.loadOlder}
    </button>`;
  }

  /** The way to the newest message, where somebody reads further up. */
  #pill(): TemplateResult | typeof nothing {
    const state = this.#list?.state;
    const part = state?.mode === 'reading' ? this.#touched.value : undefined;
    if (!part || state?.mode !== 'reading') return nothing;
    addStyles(this.renderRoot, part.pillStyles);
    return part.pill(state, this.strings, this.#times, this.#toNewest);
  }

  #refusal(): TemplateResult | typeof nothing {
    return this.#standing.render({
      alone: this.#messages.length === 0,
      nameForm: (form) => this.#composer.nameForm(form),
      onRemedy: (remedy) => {
        if (remedy === 'retry') this.#view?.chat.retry();
        else this.#view?.room.join(this.nick === undefined ? {} : { nick: this.nick });
      },
    });
  }

  get #offline(): string {
    return this.readOnly ? this.strings.offlineToRead : this.strings.offline;
  }

  get #writable(): boolean {
    return !this.readOnly && !this.#muted;
  }

  /** A moderated room lets this person only read. */
  get #muted(): boolean {
    return this.#view?.room.self.value?.role === 'visitor';
  }

  /** Finds the name that the person has now: in the room, or before it, as far as the page knows. */
  #named(): Mentions {
    const nick = this.#view?.room.self.value?.nick ?? this.nick;
    if (nick !== this.#mentions.nick) this.#mentions = mentionsOf(nick);
    return this.#mentions;
  }

  get #label(): string {
    if (this.label) return this.label;
    const name = this.#view?.room.name.value ?? this.with ?? this.room;
    return this.room === 'page' && name.startsWith('page') ? this.strings.thisPage : name;
  }

  /** What is shown of somebody, once it is there: loaded with the first conversation. */
  #person() {
    const view = this.#view;
    const [part, words] = (this.with && this.#personal.value) || [];
    return view && part && words && part.personView(this.renderRoot, view.room, this.#label, words.person);
  }

  async #explanations() {
    const all = await this.strings.explanations();
    if (!this.with) return all;
    const [part, words] = await this.#loadPerson();
    return part.explainPerson(all, words.person);
  }

  #loadPerson() {
    return Promise.all([import('./person.js'), this.strings.talk()]);
  }

  /** How many people are here, as it is written. */
  get #count(): string | undefined {
    const count = this.#view?.room.occupantCount.value;
    return count ? this.#times.count(count) : undefined;
  }

  get #messages(): readonly RoomMessage[] {
    const messages = this.#view?.room.messages.value ?? [];
    return this.#talk?.rows(messages) ?? messages;
  }

  /** Somebody is typing, for who follows the newest messages to see. */
  get #typing(): boolean {
    const reading = this.#list?.state.mode === 'reading';
    return this.typing !== 'off' && !reading && (this.#view?.room.typing.value.length ?? 0) > 0;
  }

  /** Goes to the room that is asked for now. It is entered before another one is left, so that the session stays. */
  #move(): void {
    const before = this.#view;
    this.#view = undefined;
    this.#open();
    before?.close();
  }

  #open(): void {
    this.#close();
    this.#malformed = this.room === '' && !this.with;
    if (this.#malformed) return;
    this.#unstyled = NO_FONT.test(getComputedStyle(this).fontFamily);
    const nick = this.nick ?? rememberedNick();
    this.#naming.begin(nick);
    const server = this.src ?? (this.constructor as typeof ChatRoom).defaultServer();
    try {
      const lease = pageSessions.open({ chat: this.chat, server, room: this.room, person: this.with, nick });
      this.#view = new RoomView(lease, {
        onChange: () => this.#schedule(),
        onStatus: () => this.#onStatus(),
        onMessage: (message) => this.#onMessage(message),
        onNotice: (notice) => this.#onNotice(lease.room, notice),
        onPeople: () => {
          if (this.#panel?.open) this.#schedule();
        },
      });
    } catch {
      this.#malformed = true;
      return;
    }
    if (this.room === 'page') {
      this.#unfollow = followPage(() => {
        this.#move();
        this.#schedule();
      });
    }
    this.#speaker = new Speaker(
      this.surroundings.clock,
      {
        outlet: () => this.renderRoot.querySelector('.announcer'),
        strings: () => this.strings,
        times: () => this.#times,
      },
      this.#messages,
    );
    // Known before anything is painted: from one density to another all would move.
    this.#wide = this.clientWidth >= COSY_FROM;
    this.#width = new ResizeObserver(([entry]) => this.#onWidth(entry?.contentRect.width ?? 0));
    this.#width.observe(this);
  }

  #close(): void {
    this.#unfollow?.();
    this.#unfollow = undefined;
    this.#view?.close();
    this.#view = undefined;
    this.#standing.reset();
    this.#panel?.reset();
    this.#notes.reset();
    this.#frame?.();
    this.#frame = undefined;
    this.#speaker?.stop();
    this.#speaker = undefined;
    this.#width?.disconnect();
    this.#width = undefined;
    this.#list?.destroy();
    this.#list = undefined;
    this.#talk?.close();
    this.#talk = undefined;
  }

  #build(): void {
    const view = this.renderRoot.querySelector<HTMLElement>('.view');
    const rows = this.renderRoot.querySelector<HTMLElement>('.rows');
    if (!view || !rows || !this.#view) return;
    const { room } = this.#view;
    this.#list = new MessageList(view, rows, {
      context: () => ({
        strings: this.strings,
        times: this.#times,
        now: this.surroundings.clock.now(),
        ownId: room.self.value?.occupantId,
        mentions: this.#named(),
        writable: this.#writable && !this.with,
      }),
      touched: this.#touched,
      schedule: () => this.#schedule(),
      onState: () => this.#schedule(),
      onWantOlder: () => this.#fetchOlder(),
      onAction: (action, key) => this.#onAction(room, action, key),
      onMenu: (row) =>
        this.#withTalk(
          (talk) => talk.openFor(row),
          () => this.#missing(),
        ),
      onEscape: () => this.#composer.focus(),
    });
    this.#list.place = this.#place;
    this.#place = undefined;
  }

  #onAction(room: Shown, action: RowAction, key: string): void {
    if (action === 'retry') room.retry(key);
    else if (action === 'discard') room.discard(key);
    else {
      const nick = this.#messages.find((message) => message.key === key)?.nick;
      if (nick !== undefined) this.#composer.mention(nick);
    }
  }

  /** One render and one flush of the rows per frame, however much has changed. */
  #schedule(): void {
    this.#frame ??= this.surroundings.frame(() => {
      this.#frame = undefined;
      this.#speaker?.failures(this.#messages);
      this.requestUpdate();
    });
  }

  /** Does something, in order, once what people do beside talking is there; `missing` where it cannot be had. */
  #withTalk(run: (talk: Talk) => void, missing = (): void => {}): void {
    const view = this.#view;
    if (!view || this.#talk) {
      if (this.#talk) run(this.#talk);
      return;
    }
    this.#talking.use((loaded) => {
      if (!loaded) missing();
      const list = this.renderRoot.querySelector<HTMLElement>('.view');
      if (!loaded || !list || view !== this.#view) return;
      const [{ Talk }, words] = loaded;
      this.#talk ??= new Talk(
        {
          root: this.renderRoot,
          list,
          room: view.room,
          strings: () => this.strings,
          clock: this.surroundings.clock,
          writable: () => this.#writable && !this.with,
          mention: (nick) => this.#composer.mention(nick),
          focus: () => this.focus(),
          tell: (text) => this.#notes.tell(text),
          say: (text) => this.#speaker?.notice(text),
          changed: () => this.#schedule(),
        },
        words,
      );
      run(this.#talk);
    });
  }

  /** What people do beside talking, in the words of now. */
  #talkPart() {
    return new Lazy(
      () => Promise.all([import('./talk.js'), this.strings.talk()]),
      () => {},
    );
  }

  #personPart() {
    return new Lazy(
      () => this.#loadPerson(),
      () => this.requestUpdate(),
    );
  }

  #onNotice(room: Shown, notice: RoomNotice): void {
    // Where it belongs is known now, and may not be when the rest is loaded.
    const { value: messages } = room.messages;
    this.#withTalk((talk) => talk.notice(notice, messages));
  }

  async #showBubbles(): Promise<void> {
    const loading = Promise.all([import('./bubbles.js'), this.strings.talk()]);
    const [part, words] = (await loading.catch(() => undefined)) ?? [];
    if (part && words) part.showBubbles(this.renderRoot, this, words);
    // Bubbles that cannot be had are not worth an empty room.
    else this.density = 'auto';
  }

  #onStatus(): void {
    const view = this.#view;
    if (!view) return;
    this.dispatchEvent(new ChatStatusEvent(view.chat.status.value, view.room.status.value));
    this.#schedule();
  }

  #onMessage(message: RoomMessage): void {
    const mention = !message.own && this.#named().in(message.text);
    this.dispatchEvent(new ChatMessageEvent(message, mention));
    if (!message.own) this.#speaker?.arrived(message, mention);
  }

  #onWidth(width: number): void {
    const wide = width >= COSY_FROM;
    if (wide === this.#wide) return;
    this.#wide = wide;
    this.requestUpdate();
  }

  #send(text: string): boolean {
    const room = this.#view?.room;
    if (!room || !this.dispatchEvent(new ChatSendEvent(text))) return false;
    room.send(text);
    this.#list?.toNewest();
    return true;
  }

  #loadOlder = (): void => {
    this.#list?.hold();
    this.#fetchOlder();
  };

  #fetchOlder(): void {
    const room = this.#view?.room;
    if (room?.older.value !== 'maybe') return;
    // A page that could not be had leaves the button there, to be tried again.
    room.loadOlder().catch(() => {});
  }

  #toNewest = (): void => {
    this.#list?.toNewest();
    this.focus();
  };

  #onFocus = (): void => this.#touched.retry();

  #onList = (event: Event): void => {
    // Of an event that is over nobody learns any more what in a shadow it was about.
    const row = (event.target as Element).closest<HTMLElement>('[data-key]');
    if (row) this.#withTalk((talk) => talk.touched(event, row));
  };

  #onPeople = (): void =>
    this.#people.use((part) => {
      if (!part) {
        this.#missing();
        return;
      }
      this.#panel ??= new part.PeoplePanel(this, {
        root: () => this.renderRoot,
        strings: () => this.strings,
        times: () => this.#times,
        menus: () => this.#talk,
      });
      this.#panel.toggle();
      this.#withTalk(() => this.#schedule());
    });

  /** Something that was asked for could not be loaded. */
  #missing(): void {
    this.#notes.tell(this.strings.notLoaded);
  }

  #onKey = (event: KeyboardEvent): void => this.#panel?.onKey(event);

  #onPointer = (event: Event): void => this.#panel?.onPointer(event);
}
