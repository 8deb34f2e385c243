import type { Chat, Room } from '@meerkat-chat/sdk';
import { TestBrowser } from '@meerkat-chat/sdk/testing';
import type { FakeClock, PairedLink, SeededRandom } from '@meerkat-chat/xmpp/testing';

/** One connection, as whoever plays the network sees it: each call delivers up to `count` frames that way. */
export interface Wire {
  readonly up: (count?: number) => number;
  readonly down: (count?: number) => number;
  readonly cut: () => void;
  readonly ended: () => boolean;
}

/** Somebody with a browser, a page in it or none, and a room in that page. */
export class Person {
  readonly nick: string;
  /** What was written here, in order. */
  readonly written: string[] = [];
  /** Nothing that is sent arrives for now, either way, and nobody is told. */
  dark = false;
  readonly #browser: TestBrowser;
  readonly #wires: Wire[] = [];
  #chat: Chat | undefined;
  #room: Room | undefined;

  /** @param connect opens a connection to the server, as far as there is one */
  constructor(
    nick: string,
    env: { readonly clock: FakeClock; readonly random: SeededRandom },
    connect: () => readonly [PairedLink, Wire],
  ) {
    this.nick = nick;
    this.#browser = new TestBrowser({
      env,
      open: () => {
        const [link, wire] = connect();
        this.#wires.push(wire);
        return link;
      },
    });
  }

  /** The room, while a page is open. */
  get room(): Room | undefined {
    return this.#room;
  }

  get chat(): Chat | undefined {
    return this.#chat;
  }

  /** Connections that have not ended. */
  get wires(): readonly Wire[] {
    const open = this.#wires.filter((wire) => !wire.ended());
    this.#wires.splice(0, this.#wires.length, ...open);
    return open;
  }

  /** Opens the page, unless it is open. */
  arrive(): void {
    if (this.#chat) return;
    this.#chat = this.#browser.open({ server: 'http://localhost' });
    this.#room = this.#chat.room('lobby');
    this.#room.join({ nick: this.nick });
    this.#chat.start();
  }

  /** Unloads the page. */
  leave(): void {
    this.#browser.leave();
    this.#chat?.close();
    this.#chat = undefined;
    this.#room = undefined;
  }

  reload(): void {
    this.leave();
    this.arrive();
  }

  /** Goes where no network reaches, or comes back from there. */
  toggleReach(): void {
    this.dark = !this.dark;
  }

  write(text: string): void {
    if (!this.#room) return;
    this.#room.send(text);
    this.written.push(text);
  }
}
