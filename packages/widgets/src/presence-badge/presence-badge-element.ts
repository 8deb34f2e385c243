import { languageOf } from '../locales/language-of.js';
import { VERSION } from '../version.js';
import { BadgeView, ENGLISH, type PresenceWords } from './badge-view.js';
import { PresenceChangeEvent } from './presence-badge.events.js';
import { presenceBadgeStyles } from './presence-badge.styles.js';
import { browserStatusSurroundings, Sight } from './runtime.js';
import { type PresenceState, type PresenceStatus, statusUrl, UNKNOWN } from './status.js';
import { StatusPolls, type StatusSource, type StatusWatch } from './status-polls.js';

/** The statuses of this page: badges find each other only through it. It knows ids alone. */
export const pagePolls: StatusSource = new StatusPolls(browserStatusSurroundings);
const pageSight = new Sight();

/** So that importing this file does nothing where there is no DOM. */
const Base: typeof HTMLElement = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

const ATTRIBUTES = ['user', 'src', 'label', 'theme'] as const;

/**
 * Whether somebody is here: a mark with a shape for each state, as big as the text around it. It asks the server every
 * half minute while it can be seen, once for however many badges show the same person.
 *
 *     <script type="module" src="https://chat.example/embed.js"></script>
 *     <presence-badge user="k7Qw..."></presence-badge> Mira
 *
 * Nothing on the page moves when the script arrives if the page keeps the place:
 *
 *     presence-badge:not(:defined) { display: inline-block; width: max(.75em, 10px); height: max(.75em, 10px) }
 *
 * @tag presence-badge
 * @event {PresenceChangeEvent} presence-change - it shows another `state`, or the same `since` another time
 * @csspart badge - mark and text
 * @csspart mark - the mark; also `online`, `away`, `dnd`, `offline`, `unknown`, whichever it shows
 * @csspart label - the text
 * @cssprop --presence-size - width and height of the mark, max(0.75em, 10px) by default
 * @cssprop --chat-good - colour of online
 * @cssprop --chat-warn - colour of away
 * @cssprop --chat-bad - colour of do not disturb
 * @cssprop --chat-muted - colour of offline and unknown
 */
export class PresenceBadge extends Base {
  static readonly version = VERSION;
  static readonly observedAttributes: readonly string[] = ATTRIBUTES;

  /** One sheet for all. Made by script: no `style` element that a content security policy might refuse. */
  static #sheet: CSSStyleSheet | undefined;

  readonly #view = new BadgeView();
  #words = ENGLISH;
  #source: StatusSource = pagePolls;
  #status: PresenceStatus = UNKNOWN;
  #watch: StatusWatch | undefined;
  #watched: string | undefined;
  #offSight: (() => void) | undefined;
  #seen = false;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    PresenceBadge.#sheet ??= makeSheet();
    root.adoptedStyleSheets = [PresenceBadge.#sheet];
    root.append(this.#view.root);
  }

  /** The server of badges without `src`. `embed.js` puts its own origin here. */
  static defaultServer(): string {
    return globalThis.location.origin;
  }

  /**
   * The opaque status id that its owner has made by opting in; or the address of somebody whom the viewer is subscribed
   * to, where `source` is a `ContactStatuses`. Anything else shows `unknown`.
   */
  get user(): string {
    return this.getAttribute('user') ?? '';
  }

  set user(value: string | undefined) {
    this.#set('user', value);
  }

  /** The server's address, `https://chat.example`. Default: where `embed.js` came from, or the page's origin. */
  get src(): string | undefined {
    return this.getAttribute('src') ?? undefined;
  }

  set src(value: string | undefined) {
    this.#set('src', value);
  }

  /** Text beside the mark: whose presence it is, or empty for the state in words. Default: the mark alone. */
  get label(): string | undefined {
    return this.getAttribute('label') ?? undefined;
  }

  set label(value: string | undefined) {
    this.#set('label', value);
  }

  /** Colours for a light or a dark ground; `auto`, the default, goes by the colour of the text around. */
  get theme(): 'auto' | 'dark' | 'light' {
    const theme = this.getAttribute('theme');
    return theme === 'dark' || theme === 'light' ? theme : 'auto';
  }

  set theme(value: 'auto' | 'dark' | 'light' | undefined) {
    this.#set('theme', value);
  }

  /** What is said for each state. By default in the language of the page (`lang`), where it is one of ours, else in English. */
  get words(): PresenceWords {
    return this.#words;
  }

  set words(value: PresenceWords) {
    this.#words = value;
    this.#show();
  }

  /** Where statuses come from: the server of `src`, or a chat of the page's own (`ContactStatuses`). */
  get source(): StatusSource {
    return this.#source;
  }

  set source(value: StatusSource) {
    this.#source = value;
    this.#unwatch();
    if (this.isConnected) this.#follow();
  }

  /** What it shows. */
  get state(): PresenceState {
    return this.#status.state;
  }

  connectedCallback(): void {
    for (const name of [...ATTRIBUTES, 'words', 'source'] as const) this.#upgrade(name);
    this.#offSight ??= pageSight.watch(this, (seen) => {
      this.#seen = seen;
      this.#watch?.see(seen);
    });
    this.#translate();
    this.#follow();
    this.#show();
  }

  disconnectedCallback(): void {
    // A badge that is only moved is back within this turn, and keeps what it knows.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#offSight?.();
      this.#offSight = undefined;
      this.#seen = false;
      this.#unwatch();
    });
  }

  attributeChangedCallback(): void {
    if (!this.isConnected) return;
    this.#follow();
    this.#show();
  }

  #set(name: string, value: string | undefined): void {
    if (value === undefined || value === null) this.removeAttribute(name);
    else this.setAttribute(name, value);
  }

  /** What a framework has set before the class was known lies on the instance and hides the accessor. */
  #upgrade(name: keyof this): void {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    delete this[name];
    this[name] = value;
  }

  /** Takes the words of the page's language, where it has not been given any. English is shown until they are there. */
  #translate(): void {
    const tag = languageOf(this);
    if (!tag || this.#words !== ENGLISH || /^en\b/i.test(tag)) return;
    import('./translated-words.js').then(
      ({ wordsIn }) => {
        if (this.#words === ENGLISH) this.words = wordsIn(tag) ?? ENGLISH;
      },
      () => {},
    );
  }

  /** Watches the status that the attributes name, unless it does. */
  #follow(): void {
    const server = this.src ?? (this.constructor as typeof PresenceBadge).defaultServer();
    const { user } = this;
    const address = user.includes('@') && this.#source !== pagePolls ? `xmpp:${user}` : undefined;
    const what = statusUrl(server.replace(/\/+$/, ''), user) ?? address;
    if (this.#watch && what === this.#watched) return;
    this.#unwatch();
    this.#watched = what;
    if (what === undefined) {
      this.#tell(UNKNOWN);
      return;
    }
    this.#watch = this.#source.watch(what, (status) => this.#tell(status));
    this.#watch.see(this.#seen);
  }

  #unwatch(): void {
    this.#watch?.end();
    this.#watch = undefined;
  }

  #tell(status: PresenceStatus): void {
    const before = this.#status;
    if (status.state === before.state && status.since === before.since) return;
    this.#status = status;
    this.#show();
    this.dispatchEvent(new PresenceChangeEvent(status));
  }

  #show(): void {
    this.#view.show({ state: this.state, words: this.#words, label: this.label });
  }
}

function makeSheet(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(presenceBadgeStyles);
  return sheet;
}
