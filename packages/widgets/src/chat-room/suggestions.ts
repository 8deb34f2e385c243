import { nothing, type TemplateResult } from 'lit';
import type { ChatRoom } from './chat-room-element.js';
import { addStyles } from './late-styles.js';
import { nameList, nameListStyles, namesFor } from './name-list.js';

/** What suggestions need of the composer that they are for. */
export interface SuggestionHooks {
  readonly field: () => HTMLTextAreaElement | null | undefined;
  readonly names: () => Iterable<string>;
  readonly say: (text: string) => void;
  /** A name was chosen for the text between these places. */
  readonly take: (nick: string, from: number, to: number) => void;
}

interface Offer {
  readonly names: readonly string[];
  readonly at: number;
  /** Where the `@` stands, and where the cursor does. */
  readonly from: number;
  readonly to: number;
}

/** An `@` at the start of a word, and what follows it up to the cursor. */
const ASKED = /(?:^|[\s(])@([^\s@]{0,64})$/;

/** The names that are offered while one writes `@`. Loaded at the first. */
export class Suggestions {
  readonly #host: ChatRoom;
  readonly #hooks: SuggestionHooks;
  #offer: Offer | undefined;
  /** The `@` whose offer the person has closed. */
  #refused: number | undefined;

  constructor(host: ChatRoom, hooks: SuggestionHooks) {
    this.#host = host;
    this.#hooks = hooks;
    addStyles(host.renderRoot, nameListStyles);
  }

  get open(): boolean {
    return this.#offer !== undefined;
  }

  /** The id of the name that Enter would take. */
  get active(): string | undefined {
    return this.#offer && `name-${this.#offer.at}`;
  }

  /** The text or the cursor has changed. */
  look(): void {
    const field = this.#hooks.field();
    const to = field?.selectionEnd ?? 0;
    const query = ASKED.exec(field?.value.slice(0, to) ?? '')?.[1];
    const from = to - (query?.length ?? 0) - 1;
    if (query === undefined) this.#refused = undefined;
    if (query === undefined || from === this.#refused) {
      this.close();
      return;
    }
    const { strings } = this.#host;
    const names = namesFor(query, this.#hooks.names(), strings.language);
    const was = this.open;
    this.#offer = names.length > 0 ? { names, at: 0, from, to } : undefined;
    if (!was && names.length > 0) this.#hooks.say(strings.namesOffered(names.length, String(names.length)));
    this.#host.requestUpdate();
  }

  close(): void {
    if (!this.#offer) return;
    this.#offer = undefined;
    this.#host.requestUpdate();
  }

  /** Whether the key was for the list. */
  onKey(event: KeyboardEvent): boolean {
    const offer = this.#offer;
    if (!offer || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return false;
    switch (event.key) {
      case 'ArrowDown':
        this.#move(offer, 1);
        break;
      case 'ArrowUp':
        this.#move(offer, -1);
        break;
      case 'Enter':
      case 'Tab':
        this.#take(offer, offer.at);
        break;
      case 'Escape':
        this.#refused = offer.from;
        this.close();
        break;
      case 'ArrowLeft':
      case 'ArrowRight':
      case 'End':
      case 'Home':
        // The cursor leaves what was asked for.
        this.close();
        return false;
      default:
        return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  render(): TemplateResult | typeof nothing {
    const offer = this.#offer;
    if (!offer) return nothing;
    return nameList({
      label: this.#host.strings.names,
      names: offer.names,
      at: offer.at,
      onTake: (at) => this.#take(offer, at),
    });
  }

  #move(offer: Offer, by: 1 | -1): void {
    const count = offer.names.length;
    this.#offer = { ...offer, at: (offer.at + by + count) % count };
    this.#host.requestUpdate();
  }

  #take({ names, from, to }: Offer, at: number): void {
    const nick = names[at];
    this.close();
    if (nick !== undefined) this.#hooks.take(nick, from, to);
  }
}
