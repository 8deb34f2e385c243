import type { Chat } from '@meerkat-chat/sdk';
import { html, LitElement, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import type { ChatDraftEvent, ChatMessageEvent } from '../chat-room/chat-room.events.js';
import type { ChatRoom } from '../chat-room/chat-room-element.js';
import { Lazy } from '../lazy.js';
import type { Strings } from '../locales/en.js';
import { type BoxStrings, enBox } from '../locales/en-box.js';
import { pageRoom, thisPage } from '../page-room.js';
import { browserSurroundings, type Surroundings } from '../runtime.js';
import { hasNoFont } from '../tokens/page-font.js';
import { tokenStyles } from '../tokens/tokens.styles.js';
import { VERSION } from '../version.js';
import { BoxMemory } from './box-memory.js';
import { type BoxState, isBoxState } from './box-state.js';
import { ChatBoxStateEvent, ChatUnreadEvent } from './chat-box.events.js';
import { chatBoxStyles } from './chat-box.styles.js';
import { type Dock, dockOf, NARROW } from './dock.js';
import { Keep } from './keep.js';
import type { InLine, Spot } from './line-up.js';
import { unreadText, withUnread } from './unread.js';
import { type VisiblePart, watchVisible } from './viewport-fit.js';

const icons = {
  chat: svg`<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M10 3.5c4 0 7 2.6 7 6s-3 6-7 6a8.600 8.600 0 0 1-2.300-.3L4 16.500l.8-2.900A5.600 5.600 0 0 1 3 9.500c0-3.400 3-6 7-6Z"/></svg>`,
  minimise: svg`<svg viewBox="0 0 20 20" aria-hidden="true"><path d="m5 8 5 5 5-5"/></svg>`,
  close: svg`<svg viewBox="0 0 20 20" aria-hidden="true"><path d="m5.500 5.500 9 9m0-9-9 9"/></svg>`,
};

/** What a box holds of its page while it is on it. */
interface Running {
  readonly memory: BoxMemory;
  readonly dock: Dock;
  /** Ends its listeners. */
  readonly stop: AbortController;
  readonly offs: readonly (() => void)[];
}

/**
 * A room in a box at the bottom corner of the page, which stays as it is from page to page and in all tabs. Closed, it
 * is a launcher that loads nothing and opens no connection until it is touched.
 *
 *     <script type="module" src="https://chat.example/embed.js"></script>
 *     <chat-box room="cafe"></chat-box>
 *
 * Several boxes line up. On screens of at most 480 px an open box takes all of the screen. Beside the events below,
 * those of `<chat-room>` come from it too.
 *
 * @tag chat-box
 * @event {ChatUnreadEvent} chat-unread - another number of messages is unread
 * @event {ChatBoxStateEvent} chat-box-state - it was opened, minimised or closed
 * @csspart launcher - the button at the corner; inside it `label` and `count`
 * @csspart panel - what opens
 * @csspart controls - the buttons that minimise and close it
 * @cssprop --chat-box-width - of the open box, 360px by default
 * @cssprop --chat-box-height - of the open box, 560px by default and never more than the window
 * @cssprop --chat-box-edge - from the edges of the window, 16px by default
 * @cssprop --chat-box-layer - its z-index, 1000 by default
 * @cssprop --chat-accent - the one accent colour; the other tokens of `<chat-room>` count here too
 */
export class ChatBox extends LitElement {
  static readonly version = VERSION;
  static override styles = [tokenStyles, chatBoxStyles];
  static override properties = {
    room: {},
    src: {},
    nick: {},
    label: {},
    theme: { reflect: true },
    state: { noAccessor: true },
    badgeFavicon: { attribute: 'badge-favicon' },
    chat: { attribute: false },
    strings: { attribute: false },
    roomStrings: { attribute: false },
    surroundings: { attribute: false },
  };

  /** The room's name (at the server's rooms host) or address; `page` is the room of this page. */
  declare room: string;
  /** The server's address, `https://chat.example`. Default: where `embed.js` came from, or the page's origin. */
  declare src: string | undefined;
  /** The name to chat under. Without it a guest is asked for one before the first message. */
  declare nick: string | undefined;
  /** What the launcher says; by default the room's name. */
  declare label: string | undefined;
  /** Light or dark whatever the person's own setting says; `auto` follows it. */
  declare theme: 'auto' | 'dark' | 'light' | undefined;
  /** `off`: unread messages are not drawn over the page's icon. */
  declare badgeFavicon: 'off' | 'on' | undefined;
  /** A chat of the page's own, instead of one made for `src`. */
  declare chat: Chat | undefined;
  /** What the box says; English by default. */
  declare strings: BoxStrings;
  /** What `<chat-room>` inside says; English by default. */
  declare roomStrings: Strings | undefined;
  /** Clock and frames, for tests. */
  declare surroundings: Surroundings;

  #state: BoxState = 'closed';
  #unread: readonly string[] = [];
  #opened = 0;
  #running: Running | undefined;
  readonly #spot = new CSSStyleSheet();
  #element: ChatRoom | null = null;
  /** How the panel stands: beside the page, or as a sheet over all of it. */
  #shown: 'beside' | 'not' | 'sheet' = 'not';
  /** Ends what an open sheet has changed outside of it. */
  #sheet: AbortController | undefined;
  /** The focus follows what the person does; a page that opens a box by itself must not move it. */
  #focus: 'composer' | 'launcher' | 'panel' | undefined;
  readonly #loaded = new Lazy(
    async () => {
      await (this.constructor as typeof ChatBox).loadRoom();
      return true;
    },
    () => this.requestUpdate(),
  );

  constructor() {
    super();
    this.room = '';
    this.strings = enBox;
    this.surroundings = browserSurroundings;
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.isComposing || this.#state !== 'open') return;
      event.stopPropagation();
      this.#act('minimised');
    });
  }

  /** The server of elements without `src`. `embed.js` puts its own origin here. */
  static defaultServer(): string {
    return globalThis.location.origin;
  }

  /** Makes `<chat-room>` known. Called when a box is first opened. */
  static async loadRoom(): Promise<void> {
    await import('../chat-room/chat-room.js');
  }

  /** How much of it there is: what the last page or another tab left wins over the attribute of a new page. */
  get state(): BoxState {
    return this.#state;
  }

  set state(state: BoxState) {
    // A page that is morphed (Turbo) takes away attributes it does not know of: `updated` writes it again.
    if (isBoxState(state)) this.#become(state, 'kept');
    else this.requestUpdate();
  }

  /** How many messages are unread; 100 means more than 99. */
  get unread(): number {
    return this.#unread.length;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // A modal dialog that is taken out of its document stops being one.
    this.#unshow();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // An element that is only moved keeps everything. Turbo takes some promises from one body to the next.
    this.surroundings.clock.after(0, () => {
      if (!this.isConnected) this.#end();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.isConnected) return;
    if (changed.has('room') || changed.has('src')) this.#end();
    this.#running ??= this.#begin();
  }

  protected override render(): TemplateResult {
    const { strings } = this;
    const state = this.#state;
    const label = this.#label;
    const count = this.#unread.length;
    const text = unreadText(count);
    return html`
      <section class="box" aria-label=${label} ?data-unstyled=${this.isConnected && hasNoFont(this)}>
        <button class="launcher" part="launcher" type="button" data-state=${state} aria-haspopup="dialog"
          aria-label=${count > 0 ? strings.openUnread(label, count, text) : strings.open(label)}
          @click=${() => this.#act('open')}>
          ${icons.chat}<bdi class="label" part="label">${label}</bdi>
          ${count > 0 ? html`<span class="count" part="count">${text}</span>` : nothing}
        </button>
        <dialog class="panel" part="panel" tabindex="-1" autofocus aria-label=${label}
          @keydown=${this.#keepOpen} @cancel=${this.#onCancel} @close=${this.#onClose}>
          ${state === 'closed' ? nothing : this.#loaded.value ? this.#room() : this.#waiting()}
          <div class="controls" part="controls">
            <button type="button" aria-label=${strings.minimise} title=${strings.minimise}
              @click=${() => this.#act('minimised')}>${icons.minimise}</button>
            <button type="button" aria-label=${strings.close} title=${strings.close}
              @click=${() => this.#act('closed')}>${icons.close}</button>
          </div>
        </dialog>
      </section>
    `;
  }

  protected override updated(): void {
    if (!this.isConnected || !this.#running) return;
    if (this.getAttribute('state') !== this.#state) this.setAttribute('state', this.#state);
    const { memory, dock } = this.#running;
    const element = this.renderRoot.querySelector('chat-room');
    if (element !== this.#element && element) {
      element.draft = memory.draft;
      element.place = memory.place;
    }
    this.#element = element;
    this.#show();
    dock.arrange();
    this.#moveFocus();
  }

  #room(): TemplateResult {
    const server = this.src ?? (this.constructor as typeof ChatBox).defaultServer();
    return html`<chat-room part="room" .room=${this.room} .src=${server} .nick=${this.nick} .theme=${this.theme}
      .chat=${this.chat} .strings=${this.roomStrings ?? nothing} .surroundings=${this.surroundings}
      @chat-message=${this.#onMessage} @chat-draft=${this.#onDraft}></chat-room>`;
  }

  #waiting(): TemplateResult {
    const { strings } = this;
    return html`
      <div class="bar"><bdi class="label">${this.#label}</bdi></div>
      <div class="wait" role="status">
        ${
          this.#loaded.failed
            ? html`<p>${strings.notLoaded}</p>
                <button class="again" type="button" @click=${this.#loadAgain}>${strings.tryAgain}</button>`
            : html`<p>${strings.loading}</p>`
        }
      </div>
    `;
  }

  get #label(): string {
    return this.label || (this.room === 'page' ? this.strings.thisPage : this.room);
  }

  get #panel(): HTMLDialogElement | null | undefined {
    return this.renderRoot?.querySelector('dialog');
  }

  get #launcher(): HTMLElement | null | undefined {
    return this.renderRoot?.querySelector<HTMLElement>('.launcher');
  }

  /** Whether the person sees what is said. */
  get #seen(): boolean {
    return this.#state === 'open' && this.ownerDocument.visibilityState === 'visible';
  }

  #begin(): Running {
    const document = this.ownerDocument;
    const view = document.defaultView ?? window;
    const server = this.src ?? (this.constructor as typeof ChatBox).defaultServer();
    const memory = new BoxMemory(new Keep(view), `${server} ${ownName(this.room)}`);
    const dock = dockOf(document);
    const stop = new AbortController();
    const { signal } = stop;
    this.#state = memory.state ?? this.#state;
    if (this.#state === 'open') this.#opened = dock.nextOpening();
    this.#unread = this.#seen || this.#state === 'closed' ? [] : memory.unread;

    document.addEventListener(
      'visibilitychange',
      () => {
        this.#keepPlace();
        if (this.#seen) this.#setUnread([]);
      },
      { signal },
    );
    view.addEventListener('pagehide', () => this.#keepPlace(), { signal });
    view
      .matchMedia(`(max-width: ${NARROW}px)`)
      .addEventListener('change', () => this.requestUpdate(), { signal });
    const sizes = new ResizeObserver(() => dock.arrange());
    void this.updateComplete.then(() => {
      if (signal.aborted) return;
      for (const part of [this.#launcher, this.#panel]) if (part) sizes.observe(part);
    });
    const offs = [
      () => sizes.disconnect(),
      memory.watch({
        onState: (state) => this.#become(state, 'adopted'),
        // What is seen here is read, whatever another tab has counted.
        onUnread: (keys) => this.#setUnread(this.#seen ? [] : keys, this.#seen ? 'kept' : 'adopted'),
        onDraft: (text) => {
          if (this.#element) this.#element.draft = text;
        },
      }),
      dock.add({
        element: this,
        measure: () => this.#measure(),
        place: (spot) => this.#place(spot),
        giveWay: () => this.#become('minimised', 'passing'),
        unread: () => this.#unread.length,
        badgesIcon: () => this.badgeFavicon !== 'off',
      }),
    ];
    return { memory, dock, stop, offs };
  }

  #end(): void {
    if (!this.#running) return;
    const { stop, offs } = this.#running;
    this.#keepPlace();
    this.#unshow();
    this.#running = undefined;
    stop.abort();
    for (const off of offs) off();
  }

  /** A sheet of its own, not `style`: a page that is morphed would take that away. */
  #place({ inline, block }: Spot): void {
    const root = this.shadowRoot;
    if (!root) return;
    if (!root.adoptedStyleSheets.includes(this.#spot)) root.adoptedStyleSheets.push(this.#spot);
    this.#spot.replaceSync(`:host{--_inline:${inline}px;--_block:${block}px}`);
  }

  #measure(): InLine {
    const open = this.#state === 'open';
    const part = open && !this.#narrow ? this.#panel : this.#launcher;
    return {
      width: part?.offsetWidth ?? 0,
      height: part?.offsetHeight ?? 0,
      open,
      opened: this.#opened,
    };
  }

  get #narrow(): boolean {
    return this.ownerDocument.documentElement.clientWidth <= NARROW;
  }

  /** @param how `kept` for the next page and other tabs, `adopted` from them, or `passing` */
  #become(state: BoxState, how: 'adopted' | 'kept' | 'passing'): void {
    const before = this.#state;
    if (state === before) return;
    this.#keepPlace();
    this.#state = state;
    this.requestUpdate('state', before);
    const running = this.#running;
    if (!running) return;
    if (how === 'kept') running.memory.state = state;
    if (state === 'open') this.#opened = running.dock.nextOpening();
    if (this.#seen || state === 'closed') this.#setUnread([]);
    this.dispatchEvent(new ChatBoxStateEvent(state));
  }

  #setUnread(keys: readonly string[], how: 'adopted' | 'kept' = 'kept'): void {
    const before = this.#unread;
    if (how === 'kept' && this.#running) this.#running.memory.unread = keys;
    this.#unread = keys;
    if (keys.length === before.length) return;
    this.#running?.dock.tell();
    this.requestUpdate();
    this.dispatchEvent(new ChatUnreadEvent(keys.length));
  }

  #keepPlace(): void {
    if (this.#running && this.#element) this.#running.memory.place = this.#element.place;
  }

  // --- what is shown ---------------------------------------------------------------------------------------

  #show(): void {
    const dialog = this.#panel;
    const running = this.#running;
    const wanted = this.#state !== 'open' ? 'not' : this.#narrow ? 'sheet' : 'beside';
    if (!dialog || !running || wanted === this.#shown) return;
    this.#unshow();
    this.#shown = wanted;
    if (wanted === 'beside') {
      // `show()` would move the focus, which is not asked for when a page opens with its box.
      dialog.setAttribute('open', '');
    } else if (wanted === 'sheet') {
      dialog.showModal();
      this.#sheet = new AbortController();
      const { signal } = this.#sheet;
      signal.addEventListener('abort', running.dock.lockScroll());
      const view = this.ownerDocument.defaultView;
      if (!view?.visualViewport) return;
      watchVisible(
        view.visualViewport,
        () => view.innerHeight,
        (part) => fitSheet(dialog, part),
        signal,
      );
    }
  }

  #unshow(): void {
    const dialog = this.#panel;
    const shown = this.#shown;
    this.#shown = 'not';
    this.#sheet?.abort();
    this.#sheet = undefined;
    if (!dialog) return;
    fitSheet(dialog, undefined);
    if (shown === 'sheet') dialog.close();
    dialog.removeAttribute('open');
  }

  #moveFocus(): void {
    const wanted = this.#focus;
    if (wanted === undefined) return;
    if (wanted === 'launcher') {
      this.#focus = undefined;
      this.#launcher?.focus({ preventScroll: true });
      return;
    }
    if (wanted === 'panel') {
      this.#panel?.focus({ preventScroll: true });
      this.#focus = 'composer';
    }
    const element = this.#element;
    if (!element) return;
    this.#focus = undefined;
    // A finger has not asked for the keyboard yet.
    if (this.ownerDocument.defaultView?.matchMedia('(pointer: coarse)').matches) return;
    void element.updateComplete.then(() => {
      // Who has gone elsewhere while it was loaded stays there.
      if (this.shadowRoot?.activeElement) element.focus();
    });
  }

  // --- what happens ----------------------------------------------------------------------------------------

  #act(state: BoxState): void {
    this.#focus = state === 'open' ? 'panel' : 'launcher';
    if (state !== 'closed') this.#loaded.retry();
    this.#become(state, 'kept');
  }

  #loadAgain = (): void => {
    this.#loaded.retry();
    this.requestUpdate();
  };

  #onMessage = ({ message }: ChatMessageEvent): void => {
    if (!message.own && !this.#seen) this.#setUnread(withUnread(this.#unread, message.key));
  };

  #onDraft = ({ text }: ChatDraftEvent): void => {
    if (this.#running) this.#running.memory.draft = text;
  };

  /** The browser would close a sheet with Escape even where something inside of it has used the key. */
  #keepOpen = {
    capture: true,
    handleEvent: (event: KeyboardEvent): void => {
      if (event.key === 'Escape') event.preventDefault();
    },
  };

  /** The back gesture of a phone. */
  #onCancel = (event: Event): void => {
    event.preventDefault();
    this.#act('minimised');
  };

  #onClose = (): void => {
    if (this.#shown === 'sheet' && !this.#panel?.open) this.#act('minimised');
  };
}

/** The room's name as storage tells it apart: each page has a `page` of its own. */
function ownName(room: string): string {
  if (room !== 'page') return room;
  try {
    return pageRoom(thisPage());
  } catch {
    return room;
  }
}

/** Keeps a sheet above the soft keyboard. */
function fitSheet(sheet: HTMLElement, part: VisiblePart | undefined): void {
  sheet.toggleAttribute('data-keyboard', part?.keyboard ?? false);
  for (const [name, value] of [
    ['--_visible-top', part?.top],
    ['--_visible-height', part?.height],
  ] as const) {
    if (value === undefined) sheet.style.removeProperty(name);
    else sheet.style.setProperty(name, `${value}px`);
  }
}
