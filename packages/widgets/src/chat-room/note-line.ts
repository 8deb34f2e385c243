import { html, nothing, type TemplateResult } from 'lit';
import type { Shown } from '../connect.js';
import type { ChatRoom } from './chat-room-element.js';
import { factsOf, newsOf, type RoomFacts } from './news.js';

/** How long a line stands above the composer, in ms. */
export const NOTE_KEPT = 12_000;

/** What a line of news needs of the element around it. */
export type NoteHost = Pick<ChatRoom, 'requestUpdate' | 'strings' | 'surroundings'>;

/** The line above the composer that tells what changed in the room, apart from the messages and their flood. */
export class NoteLine {
  readonly #host: NoteHost;
  readonly #say: (text: string) => void;
  #facts: RoomFacts | undefined;
  #text: string | undefined;
  #end: (() => void) | undefined;

  /** @param say says a sentence aloud */
  constructor(host: NoteHost, say: (text: string) => void) {
    this.#host = host;
    this.#say = say;
  }

  /** Forgets the room. */
  reset(): void {
    this.#facts = undefined;
    this.clear();
  }

  /** Looks at the room again, and tells what is new. @param nameless whether it says nothing of names */
  look(room: Shown | undefined, nameless = false): void {
    const before = this.#facts;
    this.#facts = room && factsOf(room);
    if (!before || !this.#facts) return;
    for (const { text, shown } of newsOf(before, this.#facts, this.#host.strings, nameless)) {
      this.#say(text);
      if (shown) this.#show(text);
    }
  }

  /** Shows a sentence for a while, and says it. */
  tell(text: string): void {
    this.#say(text);
    this.#show(text);
    this.#host.requestUpdate();
  }

  /** Takes the line away. */
  clear(): void {
    this.#end?.();
    this.#end = undefined;
    this.#text = undefined;
  }

  render(): TemplateResult | typeof nothing {
    return this.#text === undefined
      ? nothing
      : html`<p class="line" part="note" dir="auto">${this.#text}</p>`;
  }

  #show(text: string): void {
    this.clear();
    this.#text = text;
    this.#end = this.#host.surroundings.clock.after(NOTE_KEPT, () => {
      this.clear();
      this.#host.requestUpdate();
    });
  }
}
