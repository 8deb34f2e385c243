import type { Chat } from '@meerkat-chat/sdk';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { Lazy } from '../lazy.js';
import { en, type Strings } from '../locales/en.js';
import { pageTranslation } from '../locales/page-locale.js';
import { browserSurroundings, type Surroundings } from '../runtime.js';
import { hasNoFont } from '../tokens/page-font.js';
import { fitPage } from '../tokens/page-theme.js';
import { tokenStyles } from '../tokens/tokens.styles.js';
import { VERSION } from '../version.js';
import { ChatDraftEvent } from './chat-room.events.js';
import { chatRoomStyles } from './chat-room.styles.js';
import { Composer } from './composer.js';
import { roomHeader } from './header.js';
import { addStyles } from './late-styles.js';
import { likelyNames } from './likely-names.js';
import type { ReadingPlace } from './message-list.js';
import { Naming } from './naming.js';
import { NoteLine } from './note-line.js';
import { older } from './older.js';
import type { PeoplePanel } from './people-panel.js';
import { offlineLine, Standing } from './standing.js';
import { Times } from './times.js';
import type { Visit } from './visit.js';
import { Whereabouts } from './whereabouts.js';

/** From this width on, in px, there is room for the cosy density. */
const COSY_FROM = 560;

/**
 * A room to chat in. Give it a height; it fills its width.
 *
 *     <script type="module" src="https://chat.example/embed.js"></script>
 *     <chat-room room="lobby"></chat-room>
 *
 * @tag chat-room
 * @slot proof - what shows that a guest is not a machine, such as a captcha: shown while the server asks for that
 * @slot header - stands in the header, before the number of people
 * @event {ChatSendEvent} chat-send - the person is about to send `text`; cancelable
 * @event {ChatDraftEvent} chat-draft - what is written and not sent has changed
 * @event {ChatMessageEvent} chat-message - a message arrived just now
 * @event {ChatStatusEvent} chat-status - the connection or one's place in the room changed
 * @event {ChatSignInEvent} chat-sign-in - somebody goes to where one signs in (`sign-in`); cancelable
 * @csspart frame - everything
 * @csspart header - name, subject and number of people
 * @csspart list - what scrolls
 * @csspart row - one message
 * @csspart row-menu - in a row: the button that opens its menu
 * @csspart menu - what can be done with a message, or about a person
 * @csspart menu-item - in it: one thing to do
 * @csspart dialog - what is asked before somebody is removed
 * @csspart typing - who is typing
 * @csspart avatar - in a row, where there is room for it: the first letter of a name, or the picture that a site has given
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
 * @csspart sign-in - in it: the link to where one signs in
 * @csspart composer - field and button
 * @csspart input - in it: the field; also that for a name
 * @csspart send - in it: the button
 * @csspart names - the names that `@` offers
 * @csspart note - the line above it: what has changed in the room
 * @csspart name-form - where a guest chooses a name
 * @cssprop --chat-accent - the one accent colour, by default that of the page; brought to where it can be read
 * @cssprop --chat-on-accent - text on the accent; by default white on light pages, black on dark ones
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
    auth: {},
    tokenFrom: { attribute: 'token-from' },
    tokenNonce: { attribute: 'token-nonce' },
    tokenNonceFrom: { attribute: 'token-nonce-from' },
    signIn: { attribute: 'sign-in' },
    getToken: { attribute: false },
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
  /** Light or dark whatever the page is; `auto`, the default, goes by its scheme and by the ground that it shows. */
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
  /**
   * By what one signs in: the site's `cookie`, a `token` of the site, or nothing (`guest`). By default a token where there
   * is a way to one. Whom the site does not know is a guest.
   */
  declare auth: 'cookie' | 'guest' | 'token' | undefined;
  /**
   * Where the site gives a token to whoever is signed in, `/chat-token`: asked by POST, with the site's cookies. It answers
   * with the token as text or as `{"token": "..."}`, or with 401.
   */
  declare tokenFrom: string | undefined;
  /** What goes along to `token-from` as `X-WP-Nonce`, for WordPress. */
  declare tokenNonce: string | undefined;
  /** Where WordPress gives another one, when that has become too old, as on a page that comes from a cache. */
  declare tokenNonceFrom: string | undefined;
  /** Where one signs in to the site: a link to it stands where that would help. */
  declare signIn: string | undefined;
  /** A way to a token of the page's own, in place of `token-from`; nothing, where nobody is signed in. */
  declare getToken: (() => Promise<string | null | undefined>) | undefined;
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
  readonly #where: Whereabouts;
  readonly #touched = new Lazy(
    () => import('./touched.js'),
    () => this.requestUpdate(),
  );
  readonly #people = new Lazy(
    () => import('./people-panel.js'),
    () => {},
  );
  readonly #width = new ResizeObserver(([entry]) => this.#onWidth(entry?.contentRect.width ?? 0));
  #personal = this.#personPart();
  #panel: PeoplePanel | undefined;
  #times = new Times(en);
  /** The words of the page's language, while they are on their way. */
  #words: Promise<void> | undefined;
  /** Where to read, until there is a list that can go there. */
  #place: ReadingPlace | undefined;
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
    this.#naming = new Naming({
      room: () => this.#visit?.room,
      chat: () => this.#visit?.chat,
      ours: () => this.chat === undefined && this.#where.guest,
    });
    const say = (text: string) => this.#visit?.say(text);
    const missing = () => this.#missing();
    this.#standing = new Standing(this, {
      explanations: () => this.#explanations(),
      who: () => this.#where.who,
    });
    this.#notes = new NoteLine(this, say);
    this.#composer = new Composer(this, {
      touched: this.#touched,
      room: () => this.#label,
      needsName: () => this.#needsName,
      muted: () => (this.#visit?.muted ? this.strings.noVoice : undefined),
      naming: this.#naming,
      explanations: () => this.#explanations(),
      send: (text) => this.#visit?.send(text) ?? false,
      drafted: (text) => {
        this.dispatchEvent(new ChatDraftEvent(text));
        // Who has not said their name has none that others should read.
        if (this.typing !== 'off' && !this.#needsName) this.#visit?.room.setTyping(text !== '');
      },
      names: () => (this.#visit ? likelyNames(this.#visit.room) : []),
      say,
      missing,
    });
    this.#where = new Whereabouts({
      host: this,
      parts: {
        host: this,
        composer: this.#composer,
        notes: this.#notes,
        touched: this.#touched,
        times: () => this.#times,
        peopleShown: () => this.#panel?.open ?? false,
        missing,
      },
      entering: (nick) => {
        this.#naming.chosen = nick !== undefined;
        this.#unstyled = hasNoFont(this);
      },
      left: () => {
        this.#standing.reset();
        this.#panel?.reset();
        this.#notes.reset();
      },
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
    const list = this.#visit?.list;
    return list ? list.place : this.#place;
  }

  set place(place: ReadingPlace | undefined) {
    const list = this.#visit?.list;
    if (list) list.place = place;
    else this.#place = place;
  }

  /** What the slot `proof` has found out of a guest: the server asks the site about it. */
  prove(answer: string): void {
    this.#visit?.chat.prove(answer);
  }

  /** Puts the cursor into the composer; where there is none, to the newest message. */
  override focus(): void {
    if (this.readOnly) this.#visit?.list?.focus();
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
    this.#width.observe(this);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#width.disconnect();
    // An element that is only moved keeps its room. Turbo takes some promises from one body to the next.
    this.surroundings.clock.after(0, () => {
      if (!this.isConnected) this.#where.leave();
    });
  }

  /** Says nothing in English while the words of the page's language come. */
  protected override scheduleUpdate(): void | Promise<unknown> {
    return this.#words ? this.#words.then(() => super.scheduleUpdate()) : super.scheduleUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.isConnected) return;
    // Known before the first paint: what the observer tells would be a second look, and shift the rows.
    if (!this.hasUpdated) this.#wide = this.clientWidth >= COSY_FROM;
    const other = changed.has('room') || changed.has('with') || changed.has('src') || changed.has('chat');
    // A function that is made anew at each render of the page's framework is the same way to a token.
    const way = changed.has('getToken') && !this.getToken !== !changed.get('getToken');
    const others = changed.has('auth') || changed.has('tokenFrom') || way;
    if (other || others || !this.#visit) this.#where.move(others, others && !other);
    else if (changed.has('nick') && this.nick) this.#naming.take(this.nick);
    this.#where.become();
    if (changed.has('strings')) {
      this.#standing.reword();
      this.#personal = this.#personPart();
    }
    if (changed.has('strings') || other) {
      this.#times = new Times(this.strings, this.closest('[lang]')?.getAttribute('lang') ?? undefined);
    }
    if (!this.#standing.wasIn) this.#where.look();
    for (const words of this.#standing.judge(this.#where.standing)) {
      this.#visit?.say(words);
    }
    // What a name comes to that one is asked for is said where it is asked for.
    this.#notes.look(this.#visit?.room, this.#needsName);
    const visit = this.#visit;
    if (visit?.typing && !visit.talk) visit.withTalk(() => visit.schedule());
  }

  protected override updated(changed: PropertyValues<this>): void {
    const visit = this.#visit;
    if (!this.isConnected) return;
    if (changed.has('density') && this.density === 'bubbles') void this.#showBubbles();
    if (changed.has('strings')) visit?.reword();
    visit?.flush(this.#place);
    if (visit) this.#place = undefined;
  }

  protected override render(): TemplateResult {
    const { strings } = this;
    const visit = this.#visit;
    const room = visit?.room;
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
            ${visit ? older(visit, strings, this.#loadOlder) : nothing}
            <div class="rows"></div>
          </div>
          ${condition.kind === 'fine' && visit?.messages.length === 0 ? html`<p class="empty">${person ? person.empty : visit.writable ? strings.empty : strings.emptyToRead}</p>` : nothing}
          ${visit?.typing ? visit.talk?.typing() : nothing} ${this.#pill()} ${this.#panel?.render(room)}
        </div>
        ${condition.kind === 'offline' ? html`<p class="line">${offlineLine(this)}</p>` : nothing}
        ${condition.kind === 'fine' && person?.note ? html`<p class="line">${person.note}</p>` : nothing}
        ${this.#notes.render()}
        ${condition.kind === 'refused' ? this.#refusal() : this.readOnly ? nothing : this.#composer.render()}
        <div class="announcer" role="status" aria-live="polite"></div>
      </section>
    `;
  }

  /** The way to the newest message, where somebody reads further up. */
  #pill(): TemplateResult | typeof nothing {
    const state = this.#visit?.list?.state;
    const part = state?.mode === 'reading' ? this.#touched.value : undefined;
    if (!part || state?.mode !== 'reading') return nothing;
    addStyles(this.renderRoot, part.pillStyles);
    return part.pill(state, this.strings, this.#times, this.#toNewest);
  }

  #refusal(): TemplateResult | typeof nothing {
    return this.#standing.render({
      alone: !this.#visit?.messages.length,
      signIn: this.signIn,
      tryAgain: this.strings.tryAgain,
      nameForm: (form) => this.#composer.nameForm(form),
      onSignIn: (event) => this.dispatchEvent(event),
      onRemedy: (remedy) => {
        if (remedy === 'retry') this.#where.again();
        else this.#visit?.room.join(this.nick === undefined ? {} : { nick: this.nick });
      },
    });
  }

  get #visit(): Visit | undefined {
    return this.#where.visit;
  }

  get #needsName(): boolean {
    return !this.with && this.#naming.needed;
  }

  get #label(): string {
    if (this.label) return this.label;
    const name = this.#visit?.room.name.value ?? this.with ?? this.room;
    return this.room === 'page' && name.startsWith('page') ? this.strings.thisPage : name;
  }

  /** What is shown of somebody, once it is there: loaded with the first conversation. */
  #person() {
    const visit = this.#visit;
    const [part, words] = (this.with && this.#personal.value) || [];
    return visit && part && words && part.personView(this.renderRoot, visit.room, this.#label, words.person);
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
    const count = this.#visit?.room.occupantCount.value;
    return count ? this.#times.count(count) : undefined;
  }

  #personPart() {
    return new Lazy(
      () => this.#loadPerson(),
      () => this.requestUpdate(),
    );
  }

  async #showBubbles(): Promise<void> {
    const loading = Promise.all([import('./bubbles.js'), this.strings.talk()]);
    const [part, words] = (await loading.catch(() => undefined)) ?? [];
    if (part && words) part.showBubbles(this.renderRoot, this, words);
    // Bubbles that cannot be had are not worth an empty room.
    else this.density = 'auto';
  }

  #onWidth(width: number): void {
    const wide = width >= COSY_FROM;
    if (wide === this.#wide) return;
    this.#wide = wide;
    this.requestUpdate();
  }

  #loadOlder = (): void => {
    this.#visit?.list?.hold();
    this.#visit?.fetchOlder();
  };

  #toNewest = (): void => {
    this.#visit?.list?.toNewest();
    this.focus();
  };

  #onFocus = (): void => this.#touched.retry();

  #onList = (event: Event): void => {
    // Of an event that is over nobody learns any more what in a shadow it was about.
    const row = (event.target as Element).closest<HTMLElement>('[data-key]');
    if (row) this.#visit?.withTalk((talk) => talk.touched(event, row));
  };

  #onPeople = (): void =>
    this.#people.use((part) => {
      if (!part) {
        this.#missing();
        return;
      }
      this.#panel ??= new part.PeoplePanel(this, {
        times: () => this.#times,
        menus: () => this.#visit?.talk,
      });
      this.#panel.toggle();
      this.#visit?.withTalk(() => this.requestUpdate());
    });

  /** Something that was asked for could not be loaded. */
  #missing(): void {
    this.#notes.tell(this.strings.notLoaded);
  }

  #onKey = (event: KeyboardEvent): void => this.#panel?.onKey(event);

  #onPointer = (event: Event): void => this.#panel?.onPointer(event);
}
