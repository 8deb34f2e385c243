import type { Chat, RoomMessage } from '@meerkat-chat/sdk';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { pageSessions } from '../connect.js';
import { Lazy } from '../lazy.js';
import { en, type Strings } from '../locales/en.js';
import { rememberedNick, rememberNick } from '../remembered-nick.js';
import { browserSurroundings, type Surroundings } from '../runtime.js';
import { tokenStyles } from '../tokens/tokens.styles.js';
import { VERSION } from '../version.js';
import { Announcer } from './announcer.js';
import { ChatMessageEvent, ChatSendEvent, ChatStatusEvent } from './chat-room.events.js';
import { chatRoomStyles } from './chat-room.styles.js';
import { Composer } from './composer.js';
import { type Cause, type Condition, conditionOf } from './condition.js';
import type { Notice } from './explain.js';
import { icons } from './icons.js';
import { MessageList } from './message-list.js';
import { messageListStyles } from './message-list.styles.js';
import type { RowAction } from './message-row.js';
import { RoomView } from './room-view.js';
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
 * @event {ChatMessageEvent} chat-message - a message arrived just now
 * @event {ChatStatusEvent} chat-status - the connection or one's place in the room changed
 * @csspart frame - everything
 * @csspart header - name, subject and number of people
 * @csspart list - what scrolls
 * @csspart row - one message; inside it `avatar`, `name`, `text`, `time`, `trouble`
 * @csspart pill - the button that leads to new messages
 * @csspart people - the panel of who is here
 * @csspart notice - why one is not in the room, and what to do
 * @csspart composer - field and button; inside it `input`, `send`
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
  static override styles = [tokenStyles, chatRoomStyles, messageListStyles];
  static override properties = {
    room: {},
    src: {},
    nick: {},
    theme: { reflect: true },
    density: {},
    chat: { attribute: false },
    strings: { attribute: false },
    surroundings: { attribute: false },
  };

  /** The room's name (at the server's rooms host) or address. */
  declare room: string;
  /** The server's address, `https://chat.example`. Default: where `embed.js` came from, or the page's origin. */
  declare src: string | undefined;
  /** The name to chat under. Without it a guest is asked for one before the first message. */
  declare nick: string | undefined;
  /** Light or dark whatever the person's own setting says; `auto` follows it. */
  declare theme: 'auto' | 'dark' | 'light' | undefined;
  /** How rows look: one line each (`live`), or grouped with faces (`cosy`); `auto` goes by the width. */
  declare density: 'auto' | 'cosy' | 'live';
  /** A chat of the page's own, instead of one made for `src`. */
  declare chat: Chat | undefined;
  /** Every word that is said. English by default. */
  declare strings: Strings;
  /** Clock and frames, for tests. */
  declare surroundings: Surroundings;

  readonly #composer: Composer;
  #times = new Times(en);
  #view: RoomView | undefined;
  #malformed = false;
  #frame: (() => void) | undefined;
  #list: MessageList | undefined;
  #announcer: Announcer | undefined;
  #width: ResizeObserver | undefined;
  #wide = false;
  #unstyled = false;
  #people = false;
  /** Whether there is a name that the person, or the page, has chosen. */
  #named = false;
  #failed: ReadonlySet<string> = new Set();
  #condition: Condition = { kind: 'waiting', lost: false };
  /** What of a refusal can be shown by now. */
  #notice: Notice | undefined;
  readonly #panel = new Lazy(
    () => import('./people.js'),
    () => this.#focusPeople(),
  );
  #explain = this.#explainIn(en);
  /** Whether this page has been in the room: what it never had, it cannot have lost. */
  #wasIn = false;

  constructor() {
    super();
    this.room = '';
    this.density = 'auto';
    this.strings = en;
    this.surroundings = browserSurroundings;
    this.#composer = new Composer(this, {
      root: () => this.renderRoot,
      strings: () => this.strings,
      room: () => this.#label,
      needsName: () => this.#needsName(),
      muted: () => (this.#view?.room.self.value?.role === 'visitor' ? this.strings.noVoice : undefined),
      useName: (nick) => this.#useName(nick),
      send: (text) => this.#send(text),
    });
  }

  /** The server of elements without `src`. `embed.js` puts its own origin here. */
  static defaultServer(): string {
    return globalThis.location.origin;
  }

  /** Puts the cursor into the composer. */
  override focus(): void {
    this.#composer.focus();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // An element that is only moved is back within this turn, and keeps its room.
    queueMicrotask(() => {
      if (!this.isConnected) this.#close();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.isConnected) return;
    const other = changed.has('room') || changed.has('src') || changed.has('chat');
    if (other || !this.#view) this.#open();
    else if (changed.has('nick') && this.nick) this.#takeName(this.nick);
    if (changed.has('strings')) this.#explain = this.#explainIn(this.strings);
    if (changed.has('strings') || other) {
      this.#times = new Times(this.strings, this.closest('[lang]')?.getAttribute('lang') ?? undefined);
    }
    this.#judge();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!this.isConnected) return;
    if (!this.#list) this.#build();
    else if (changed.has('strings')) this.#list.rebuild();
    this.#list?.flush(this.#messages);
  }

  protected override render(): TemplateResult {
    const { strings } = this;
    const condition = this.#condition;
    const density = this.density === 'auto' ? (this.#wide ? 'cosy' : 'live') : this.density;
    return html`
      <section class="frame" part="frame" aria-label=${this.#label || nothing} data-density=${density} ?data-unstyled=${this.#unstyled}
        @keydown=${this.#onKey} @pointerdown=${this.#onPointer}>
        ${this.#header()}
        <div class="body">
          ${condition.kind === 'waiting' ? html`<div class="progress" aria-hidden="true"></div>` : nothing}
          <div class="view" part="list" role="log" aria-live="off" aria-label=${strings.messages(this.#label)}>
            ${this.#older()}
            <div class="rows"></div>
          </div>
          ${this.#messages.length === 0 ? this.#emptiness(condition) : nothing} ${this.#pill()} ${this.#whoIsHere()}
        </div>
        ${condition.kind === 'offline' ? html`<p class="offline">${strings.offline}</p>` : nothing}
        ${condition.kind === 'refused' ? this.#refusal() : this.#composer.render()}
        <div class="announcer" role="status" aria-live="polite"></div>
      </section>
    `;
  }

  // --- parts of the picture --------------------------------------------------------------------------------

  #header(): TemplateResult {
    const { strings } = this;
    const room = this.#view?.room;
    const count = room?.occupantCount.value ?? 0;
    const lost = this.#condition.kind === 'waiting' && this.#condition.lost;
    const line = lost ? (this.#wasIn ? strings.reconnecting : strings.connecting) : room?.subject.value;
    return html`
      <header class="header" part="header">
        <div class="title">
          <bdi class="room-name">${this.#label}</bdi>
          ${line ? html`<span class="subject" dir="auto" title=${line} ?data-lost=${lost}>${line}</span>` : nothing}
        </div>
        <slot name="header"></slot>
        ${
          count > 0
            ? html`<button class="people-button" type="button" aria-expanded=${this.#people} aria-controls="people"
                aria-label=${strings.people(this.#times.count(count))} title=${strings.whoIsHere}
                @click=${() => this.#showPeople(!this.#people)}>
                ${icons.people}<span>${this.#times.count(count)}</span>
              </button>`
            : nothing
        }
      </header>
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

  #emptiness(condition: Condition): TemplateResult | typeof nothing {
    return condition.kind === 'fine' ? html`<p class="empty">${this.strings.empty}</p>` : nothing;
  }

  #pill(): TemplateResult | typeof nothing {
    const state = this.#list?.state;
    if (state?.mode !== 'reading') return nothing;
    const { unseen } = state;
    const text = unseen > 0 ? this.strings.newMessages(unseen, this.#times.count(unseen)) : undefined;
    return html`<button class="pill" part="pill" type="button" aria-label=${text ?? this.strings.toNewest}
      @click=${this.#toNewest}>
      ${icons.down}${text ? html`<span>${text}</span>` : nothing}
    </button>`;
  }

  #whoIsHere(): TemplateResult | typeof nothing {
    const room = this.#view?.room;
    if (!this.#people || !room) return nothing;
    const panel = this.#panel.value;
    if (!panel) {
      const { failed } = this.#panel;
      return failed
        ? html`<p class="people" id="people" tabindex="-1">${this.strings.notLoaded}</p>`
        : nothing;
    }
    return panel.peoplePanel({
      strings: this.strings,
      occupants: room.occupants.value,
      count: room.occupantCount.value,
      format: (count) => this.#times.count(count),
      onClose: () => this.#showPeople(false),
    });
  }

  #refusal(): TemplateResult | typeof nothing {
    if (!this.#notice) return nothing;
    const { title, advice, words, remedy, action } = this.#notice;
    return html`
      <div class="notice" part="notice" ?data-alone=${this.#messages.length === 0}>
        <p class="notice-title">${title}</p>
        ${words ? html`<p class="notice-words" dir="auto">${words}</p>` : nothing}
        <p>${advice}</p>
        ${remedy === 'name' ? this.#composer.nameForm(() => {}) : nothing}
        ${
          remedy === 'join' || remedy === 'retry'
            ? html`<button class="primary" type="button" @click=${() => this.#remedy(remedy)}>${action}</button>`
            : nothing
        }
      </div>
    `;
  }

  get #label(): string {
    return this.#view?.room.name.value ?? this.room;
  }

  get #messages(): readonly RoomMessage[] {
    return this.#view?.room.messages.value ?? [];
  }

  // --- the room --------------------------------------------------------------------------------------------

  #open(): void {
    this.#close();
    this.#malformed = this.room === '';
    if (this.#malformed) return;
    this.#unstyled = NO_FONT.test(getComputedStyle(this).fontFamily);
    const nick = this.nick ?? rememberedNick();
    this.#named = nick !== undefined;
    const server = this.src ?? (this.constructor as typeof ChatRoom).defaultServer();
    try {
      const lease = pageSessions.open({ chat: this.chat, server, room: this.room, nick });
      this.#view = new RoomView(lease, {
        onChange: () => this.#schedule(),
        onStatus: () => this.#onStatus(),
        onMessage: (message) => this.#onMessage(message),
        onPeople: () => {
          if (this.#people) this.#schedule();
        },
      });
    } catch {
      this.#malformed = true;
      return;
    }
    this.#announcer = new Announcer(
      this.surroundings.clock,
      (text) => this.#say(text),
      (count) => this.strings.digest(count, this.#times.count(count)),
    );
    this.#failed = failedOf(this.#messages);
    this.#width = new ResizeObserver(([entry]) => this.#onWidth(entry?.contentRect.width ?? 0));
    this.#width.observe(this);
  }

  #close(): void {
    this.#view?.close();
    this.#view = undefined;
    this.#wasIn = false;
    this.#frame?.();
    this.#frame = undefined;
    this.#announcer?.stop();
    this.#announcer = undefined;
    this.#width?.disconnect();
    this.#width = undefined;
    this.#list?.destroy();
    this.#list = undefined;
    this.#people = false;
  }

  #build(): void {
    const view = this.renderRoot.querySelector<HTMLElement>('.view');
    const rows = this.renderRoot.querySelector<HTMLElement>('.rows');
    if (!view || !rows || !this.#view) return;
    this.#list = new MessageList(view, rows, {
      context: () => ({
        strings: this.strings,
        times: this.#times,
        now: this.surroundings.clock.now(),
        ownId: this.#view?.room.self.value?.occupantId,
      }),
      schedule: () => this.#schedule(),
      onState: () => this.#schedule(),
      onWantOlder: () => this.#fetchOlder(),
      onAction: (action, key) => this.#onAction(action, key),
      onEscape: () => this.#composer.focus(),
    });
  }

  /** One render and one flush of the rows per frame, however much has changed. */
  #schedule(): void {
    this.#frame ??= this.surroundings.frame(() => {
      this.#frame = undefined;
      this.#tellFailures();
      this.requestUpdate();
    });
  }

  #judge(): void {
    const before = { condition: this.#condition, notice: this.#notice };
    const view = this.#view;
    this.#condition = this.#malformed
      ? { kind: 'refused', cause: { by: 'page' } }
      : view
        ? conditionOf(view.chat.status.value, view.room.status.value)
        : { kind: 'waiting', lost: false };
    if (before.condition.kind !== this.#condition.kind && this.#explain.failed) this.#explain.retry();
    this.#notice = this.#condition.kind === 'refused' ? this.#noticeOf(this.#condition.cause) : undefined;
    const words = tellOf(before.condition, this.#condition, this.strings, this.#wasIn);
    if (words) this.#announcer?.notice(words);
    if (this.#notice && !before.notice) {
      this.#announcer?.notice(`${this.#notice.title} ${this.#notice.advice}`);
    }
    if (this.#condition.kind === 'fine') this.#wasIn = true;
  }

  /** Loaded when something is refused, which few ever see. */
  #explainIn(strings: Strings): Lazy<(cause: Cause) => Notice> {
    const load = async () => {
      const [{ explain }, words] = await Promise.all([import('./explain.js'), strings.explanations()]);
      return (cause: Cause) => explain(cause, strings, words);
    };
    return new Lazy(load, () => this.#schedule());
  }

  /** Undefined while it is being loaded. */
  #noticeOf(cause: Cause): Notice | undefined {
    const explain = this.#explain.value;
    if (explain) return explain(cause);
    if (!this.#explain.failed) return undefined;
    const { unexplained, tryAgain } = this.strings;
    return { ...unexplained, remedy: cause.by === 'room' ? 'join' : 'retry', action: tryAgain };
  }

  #onStatus(): void {
    const view = this.#view;
    if (!view) return;
    this.dispatchEvent(new ChatStatusEvent(view.chat.status.value, view.room.status.value));
    this.#schedule();
  }

  #onMessage(message: RoomMessage): void {
    this.dispatchEvent(new ChatMessageEvent(message));
    if (!message.own) this.#announcer?.message(this.strings.said(message.nick, message.text));
  }

  #onWidth(width: number): void {
    const wide = width >= COSY_FROM;
    if (wide === this.#wide) return;
    this.#wide = wide;
    this.requestUpdate();
  }

  #tellFailures(): void {
    const failed = failedOf(this.#messages);
    for (const key of failed) if (!this.#failed.has(key)) this.#announcer?.notice(this.strings.notSent);
    this.#failed = failed;
  }

  #say(text: string): () => void {
    const node = document.createElement('p');
    node.textContent = text;
    this.renderRoot.querySelector('.announcer')?.append(node);
    return () => node.remove();
  }

  // --- what the person does --------------------------------------------------------------------------------

  #needsName(): boolean {
    const me = this.#view?.chat.me.value;
    return !this.#named && (me ? me.guest : this.chat === undefined);
  }

  #useName(nick: string): boolean {
    const taken = this.#takeName(nick);
    if (taken) rememberNick(nick);
    return taken;
  }

  #takeName(nick: string): boolean {
    const room = this.#view?.room;
    if (!room) return false;
    try {
      if (room.status.value.state === 'joined') room.changeNick(nick);
      else room.join({ nick });
    } catch {
      return false;
    }
    this.#named = true;
    return true;
  }

  #send(text: string): boolean {
    const room = this.#view?.room;
    if (!room || !this.dispatchEvent(new ChatSendEvent(text))) return false;
    room.send(text);
    this.#list?.toNewest();
    return true;
  }

  #onAction(action: RowAction, key: string): void {
    if (action === 'retry') this.#view?.room.retry(key);
    else this.#view?.room.discard(key);
  }

  #remedy(remedy: 'join' | 'retry'): void {
    if (remedy === 'retry') this.#view?.chat.retry();
    else this.#view?.room.join(this.nick === undefined ? {} : { nick: this.nick });
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
    this.#composer.focus();
  };

  #showPeople(open: boolean): void {
    this.#people = open;
    if (open) this.#panel.retry();
    this.#focusPeople();
  }

  /** Moves the focus into the panel, or back to its button; again when the panel has been loaded. */
  #focusPeople(): void {
    this.requestUpdate();
    const target = this.#people ? '.people' : '.people-button';
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(target)?.focus());
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.#people) return;
    event.stopPropagation();
    this.#showPeople(false);
  };

  #onPointer = (event: Event): void => {
    if (!this.#people) return;
    const inside = event
      .composedPath()
      .some((node) => node instanceof Element && node.matches('.people, .people-button'));
    if (inside) return;
    this.#people = false;
    this.requestUpdate();
  };
}

function failedOf(messages: readonly RoomMessage[]): ReadonlySet<string> {
  return new Set(messages.filter(({ delivery }) => delivery.state === 'failed').map(({ key }) => key));
}

/** What a change of condition is worth saying aloud. */
function tellOf(before: Condition, now: Condition, strings: Strings, wasIn: boolean): string | undefined {
  if (now.kind === 'offline') return before.kind === 'offline' ? undefined : strings.offline;
  if (!wasIn) return undefined;
  const wasLost = before.kind === 'offline' || (before.kind === 'waiting' && before.lost);
  if (now.kind === 'waiting') return now.lost && !wasLost ? strings.reconnecting : undefined;
  return wasLost ? strings.online : undefined;
}
