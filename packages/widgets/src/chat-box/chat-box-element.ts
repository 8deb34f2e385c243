import type { Chat } from '@meerkat-chat/sdk';
import { html, LitElement, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import type { ChatMessageEvent } from '../chat-room/chat-room.events.js';
import { define } from '../define.js';
import { Lazy } from '../lazy.js';
import type { Strings } from '../locales/en.js';
import { type BoxStrings, enBox } from '../locales/en-box.js';
import { pageTranslation } from '../locales/page-locale.js';
import { browserSurroundings, type Surroundings } from '../runtime.js';
import { hasNoFont } from '../tokens/page-font.js';
import { fitPage } from '../tokens/page-theme.js';
import { tokenStyles } from '../tokens/tokens.styles.js';
import { VERSION } from '../version.js';
import { BoxMemory } from './box-memory.js';
import type { BoxPanel, PanelRoom } from './box-panel.js';
import { type BoxState, isBoxState } from './box-state.js';
import { ChatBoxStateEvent, ChatUnreadEvent } from './chat-box.events.js';
import { chatBoxStyles } from './chat-box.styles.js';
import { type Dock, dockOf } from './dock.js';
import { Keep } from './keep.js';
import type { InLine, Spot } from './line-up.js';
import { unreadText, withUnread } from './unread.js';

const chatIcon = svg`<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M10 3.5c4 0 7 2.6 7 6s-3 6-7 6a8.6 8.6 0 0 1-2.3-.3L4 16.5l.8-2.9A5.6 5.6 0 0 1 3 9.5c0-3.4 3-6 7-6Z"/></svg>`;

/** What a box holds of its page while it is on it. */
interface Running {
  readonly memory: BoxMemory;
  readonly dock: Dock;
  /** Ends its listeners. */
  readonly stop: AbortController;
  readonly offs: readonly (() => void)[];
}

/**
 * A room, or one person to talk with, in a box at the bottom corner of the page, which stays as it is from page to page and in all tabs. Closed, it
 * is a launcher that loads nothing and opens no connection until it is touched.
 *
 *     <script type="module" src="https://chat.example/embed.js"></script>
 *     <chat-box room="cafe"></chat-box>
 *     <chat-box with="support" label="Support"></chat-box>
 *
 * Several boxes line up. On screens of at most 480 px an open box takes all of the screen. Beside the events below,
 * those of `<chat-room>` come from it too.
 *
 * @tag chat-box
 * @slot proof - what shows that a guest is not a machine, such as a captcha: shown while the server asks for that
 * @event {ChatUnreadEvent} chat-unread - another number of messages is unread
 * @event {ChatBoxStateEvent} chat-box-state - it was opened, minimised or closed
 * @csspart launcher - the button at the corner
 * @csspart label - in it: the name of the room or person
 * @csspart count - in it: how many messages are unread
 * @csspart panel - what opens
 * @csspart room - in it: the `<chat-room>`
 * @csspart controls - the buttons that minimise and close it
 * @cssprop --chat-box-width - of the open box, 360px by default
 * @cssprop --chat-box-height - of the open box, 560px by default and never more than the window
 * @cssprop --chat-box-edge - from the edges of the window, 16px by default
 * @cssprop --chat-box-layer - its z-index, 1000 by default
 * @cssprop --chat-accent - the one accent colour, by default that of the page; the other tokens of `<chat-room>` count here too
 */
export class ChatBox extends LitElement {
  static readonly version = VERSION;
  static override styles = [tokenStyles, chatBoxStyles];
  static override properties = {
    room: {},
    with: {},
    src: {},
    nick: {},
    label: {},
    theme: { reflect: true },
    state: { noAccessor: true },
    badgeFavicon: { attribute: 'badge-favicon' },
    auth: {},
    tokenFrom: { attribute: 'token-from' },
    tokenNonce: { attribute: 'token-nonce' },
    tokenNonceFrom: { attribute: 'token-nonce-from' },
    signIn: { attribute: 'sign-in' },
    getToken: { attribute: false },
    chat: { attribute: false },
    strings: { attribute: false },
    roomStrings: { attribute: false },
    surroundings: { attribute: false },
  };

  /** The room's name (at the server's rooms host) or address; `page` is the room of the page, whichever a script makes of it. */
  declare room: string;
  /** A person to talk with, instead of a room: their name at the server, or their address. */
  declare with: string | undefined;
  /** The server's address, `https://chat.example`. Default: where `embed.js` came from, or the page's origin. */
  declare src: string | undefined;
  /** The name to chat under. Without it a guest is asked for one before the first message. */
  declare nick: string | undefined;
  /** What the launcher and the header say; by default the name of the room or person. */
  declare label: string | undefined;
  /** Light or dark whatever the page is; `auto`, the default, goes by its scheme and by the ground that it shows. */
  declare theme: 'auto' | 'dark' | 'light' | undefined;
  /** `off`: unread messages are not drawn over the page's icon. */
  declare badgeFavicon: 'off' | 'on' | undefined;
  /**
   * By what one signs in: the site's `cookie`, a `token` of the site, or nothing (`guest`). By default a token where there
   * is a way to one. Whom the site does not know is a guest.
   */
  declare auth: 'cookie' | 'guest' | 'token' | undefined;
  /** Where the site gives a token to whoever is signed in, as for `<chat-room>`. */
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
  /** What the box says; by default in the language of the page (`lang`), where it is one of ours, else in English. */
  declare strings: BoxStrings;
  /** What `<chat-room>` inside says; by default in the same language. */
  declare roomStrings: Strings | undefined;
  /** Clock and frames, for tests. */
  declare surroundings: Surroundings;

  #state: BoxState = 'closed';
  #unread: readonly string[] = [];
  /** The words of the page's language, while they are on their way. */
  #words: Promise<void> | undefined;
  /** What knows of the page that we are in: only `room="page"` needs it. */
  #ownPage: typeof import('../own-page.js') | undefined;
  #opened = 0;
  #narrow = false;
  #running: Running | undefined;
  readonly #spot = new CSSStyleSheet();
  #panel: BoxPanel | undefined;
  /** The focus follows what the person does; a page that opens a box by itself must not move it. */
  #focus: 'launcher' | 'panel' | undefined;
  readonly #loaded = new Lazy(
    async () => {
      const { loadRoom } = this.constructor as typeof ChatBox;
      const [{ BoxPanel }] = await Promise.all([import('./box-panel.js'), loadRoom()]);
      return BoxPanel;
    },
    () => this.requestUpdate(),
  );

  constructor() {
    super();
    this.room = '';
    this.strings = enBox;
    this.surroundings = browserSurroundings;
    fitPage(this);
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
    define('chat-room', (await import('../chat-room/chat-room-element.js')).ChatRoom);
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

  /** What the slot `proof` has found out of a guest: the server asks the site about it. */
  prove(answer: string): void {
    this.#panel?.prove(answer);
  }

  override connectedCallback(): void {
    if (this.strings === enBox) {
      this.#words = pageTranslation(this)?.then((words) => {
        this.#words = undefined;
        if (words) this.strings = { ...enBox, ...words.box };
      });
    }
    super.connectedCallback();
    // A modal dialog that is taken out of its document stops being one.
    this.#panel?.stand('not');
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // An element that is only moved keeps everything. Turbo takes some promises from one body to the next.
    this.surroundings.clock.after(0, () => {
      if (!this.isConnected) this.#end();
    });
  }

  /** Says nothing in English while the words of the page's language come, and remembers nothing before it knows of what. */
  protected override scheduleUpdate(): void | Promise<unknown> {
    const waits = [this.#words, this.#learnPage()].filter((wait) => wait !== undefined);
    if (waits.length === 0) return super.scheduleUpdate();
    return Promise.all(waits).then(() => super.scheduleUpdate());
  }

  #learnPage(): Promise<void> | undefined {
    if (this.room !== 'page' || this.with || this.#ownPage) return undefined;
    return import('../own-page.js').then(
      (ownPage) => {
        this.#ownPage = ownPage;
      },
      () => {}, // the next update asks again
    );
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.isConnected) return;
    if (changed.has('room') || changed.has('with') || changed.has('src')) this.#end();
    this.#running ??= this.#begin();
    const { memory } = this.#running;
    const Panel = this.#state === 'closed' ? undefined : this.#loaded.value;
    if (!Panel) this.#dropPanel();
    else if (this.shadowRoot) {
      this.#panel ??= new Panel(this.shadowRoot, memory, {
        leave: (state) => this.#act(state),
        onMessage: (event) => this.#onMessage(event),
      });
    }
  }

  protected override render(): TemplateResult {
    const { strings } = this;
    const count = this.#unread.length;
    const text = unreadText(count);
    const label = this.#label;
    const panel = this.#panel;
    const waits = this.#state === 'open' && !panel;
    const failed = waits && this.#loaded.failed;
    const says = waits ? (failed ? strings.notLoaded : strings.loading) : label;
    const name = count > 0 ? strings.openUnread(label, count, text) : strings.open(label);
    return html`
      <section class="box" aria-label=${strings.box(label)} ?data-unstyled=${this.isConnected && hasNoFont(this)}>
        <button class="launcher" part="launcher" type="button" data-state=${waits ? 'minimised' : this.#state}
          aria-haspopup="dialog" aria-label=${waits ? nothing : name} aria-busy=${waits && !failed}
          @click=${() => this.#act('open')}>
          ${chatIcon}<bdi class="label" part="label">${says}</bdi>
          ${count > 0 ? html`<span class="count" part="count">${text}</span>` : nothing}
        </button>
        ${panel ? panel.render(label, strings, this.#inside) : nothing}
      </section>
    `;
  }

  protected override updated(): void {
    const running = this.#running;
    if (!this.isConnected || !running) return;
    if (this.getAttribute('state') !== this.#state) this.setAttribute('state', this.#state);
    this.#panel?.updated();
    running.dock.arrange();
    this.#moveFocus();
  }

  get #inside(): PanelRoom {
    const { room, with: person, label, nick, theme, chat, roomStrings, surroundings } = this;
    const { auth, tokenFrom, tokenNonce, tokenNonceFrom, signIn, getToken } = this;
    return {
      room,
      with: person,
      label,
      src: this.#server,
      nick,
      theme,
      auth,
      tokenFrom,
      tokenNonce,
      tokenNonceFrom,
      signIn,
      getToken,
      chat,
      strings: roomStrings,
      surroundings,
    };
  }

  get #server(): string {
    return this.src ?? (this.constructor as typeof ChatBox).defaultServer();
  }

  get #label(): string {
    const name = this.with ? this.with.replace(/@.*/, '') : this.room;
    return this.label || (name === 'page' && !this.with ? this.strings.thisPage : name);
  }

  /** As storage tells it apart: each page has a `page` of its own, by whichever of its addresses it was come to. */
  get #roomHere(): string {
    if (this.with) return `with ${this.with}`;
    if (this.room !== 'page') return this.room;
    const here = this.#ownPage?.pageHere();
    return here ? `page ${here}` : 'page'; // without an address it has no room
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
    const memory = new BoxMemory(new Keep(view), `${this.#server} ${this.#roomHere}`);
    const dock = dockOf(document);
    const stop = new AbortController();
    const { signal } = stop;
    this.#state = memory.state ?? this.#state;
    if (this.#state === 'open') this.#opened = dock.nextOpening();
    this.#unread = this.#seen || this.#state === 'closed' ? [] : memory.unread;

    document.addEventListener(
      'visibilitychange',
      () => {
        this.#panel?.keepPlace();
        if (this.#seen) this.#setUnread([]);
      },
      { signal },
    );
    view.addEventListener('pagehide', () => this.#panel?.keepPlace(), { signal });
    const sizes = new ResizeObserver(() => dock.arrange());
    void this.updateComplete.then(() => {
      if (!signal.aborted && this.#launcher) sizes.observe(this.#launcher);
    });
    const offs = [
      () => sizes.disconnect(),
      memory.watch({
        onState: (state) => this.#become(state, 'adopted'),
        // What is seen here is read, whatever another tab has counted.
        onUnread: (keys) => this.#setUnread(this.#seen ? [] : keys, this.#seen ? 'kept' : 'adopted'),
      }),
      dock.add({
        element: this,
        measure: () => this.#measure(),
        place: (spot, narrow) => this.#place(spot, narrow),
        giveWay: () => this.#become('minimised', 'passing'),
        unread: () => this.#unread.length,
        badgesIcon: () => this.badgeFavicon !== 'off',
      }),
    ];
    if (this.room === 'page' && this.#ownPage) {
      offs.push(
        this.#ownPage.followPage(() => {
          this.#end();
          this.requestUpdate();
        }),
      );
    }
    return { memory, dock, stop, offs };
  }

  #end(): void {
    if (!this.#running) return;
    const { stop, offs } = this.#running;
    this.#dropPanel();
    this.#running = undefined;
    stop.abort();
    for (const off of offs) off();
  }

  #dropPanel(): void {
    this.#panel?.end();
    this.#panel = undefined;
  }

  /** By a style sheet of its own, not `style`: a page that is morphed would take that away. */
  #place({ inline, block }: Spot, narrow: boolean): void {
    const root = this.shadowRoot;
    if (!root) return;
    this.#narrow = narrow;
    if (!root.adoptedStyleSheets.includes(this.#spot)) root.adoptedStyleSheets.push(this.#spot);
    this.#spot.replaceSync(`:host{--_inline:${inline}px;--_block:${block}px}`);
    this.#panel?.stand(this.#state !== 'open' ? 'not' : narrow ? 'sheet' : 'beside');
  }

  #measure(): InLine {
    const open = this.#state === 'open';
    const part = (open && !this.#narrow && this.#panel?.dialog) || this.#launcher;
    return {
      width: part?.offsetWidth ?? 0,
      height: part?.offsetHeight ?? 0,
      open,
      opened: this.#opened,
    };
  }

  /** @param how `kept` for the next page and other tabs, `adopted` from them, or `passing` */
  #become(state: BoxState, how: 'adopted' | 'kept' | 'passing'): void {
    const before = this.#state;
    if (state === before) return;
    this.#panel?.keepPlace();
    this.#panel?.stand('not');
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

  #moveFocus(): void {
    const wanted = this.#focus;
    if (wanted === undefined || (wanted === 'panel' && !this.#panel)) return;
    this.#focus = undefined;
    const { activeElement, body } = this.ownerDocument;
    if (wanted === 'launcher') this.#launcher?.focus({ preventScroll: true });
    // Who has gone elsewhere while it was loaded stays there.
    else if (activeElement === body || this.shadowRoot?.activeElement) this.#panel?.focus();
  }

  #act(state: BoxState): void {
    this.#focus = state === 'open' ? 'panel' : 'launcher';
    if (state === 'open') this.#loaded.retry();
    this.#become(state, 'kept');
    this.requestUpdate();
  }

  #onMessage({ message }: ChatMessageEvent): void {
    if (!message.own && !this.#seen) this.#setUnread(withUnread(this.#unread, message.key));
  }
}
