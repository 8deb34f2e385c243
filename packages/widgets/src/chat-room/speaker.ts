import type { RoomMessage } from '@meerkat-chat/sdk';
import type { Strings } from '../locales/en.js';
import type { Surroundings } from '../runtime.js';
import { Announcer } from './announcer.js';
import { newMessages } from './new-messages.js';
import type { Times } from './times.js';

/** What a speaker needs of the element around it. */
export interface SpeakerHooks {
  /** Where screen readers listen; undefined before it is rendered. */
  readonly outlet: () => Element | null;
  readonly strings: () => Strings;
  readonly times: () => Times;
}

/** Tells screen readers what happens in a room, in words. */
export class Speaker {
  readonly #announcer: Announcer;
  readonly #hooks: SpeakerHooks;
  #failed: ReadonlySet<string>;

  /** @param messages those that are there already: what of them has failed is no news */
  constructor(clock: Surroundings['clock'], hooks: SpeakerHooks, messages: readonly RoomMessage[]) {
    this.#hooks = hooks;
    this.#announcer = new Announcer(
      clock,
      (text) => this.#say(text),
      (count, mentions) => newMessages(hooks.strings(), hooks.times(), count, mentions),
    );
    this.#failed = failedOf(messages);
  }

  /** Somebody else said something just now. @param mention it names the person */
  arrived({ nick, text }: RoomMessage, mention: boolean): void {
    const strings = this.#hooks.strings();
    if (mention) this.#announcer.mention(strings.mentioned(nick, text));
    else this.#announcer.message(strings.said(nick, text));
  }

  /** Something that must be known at once. */
  notice(text: string): void {
    this.#announcer.notice(text);
  }

  /** Tells which of one's own messages have failed since. */
  failures(messages: readonly RoomMessage[]): void {
    const failed = failedOf(messages);
    for (const key of failed) if (!this.#failed.has(key)) this.notice(this.#hooks.strings().notSent);
    this.#failed = failed;
  }

  stop(): void {
    this.#announcer.stop();
  }

  #say(text: string): () => void {
    const node = document.createElement('p');
    node.textContent = text;
    this.#hooks.outlet()?.append(node);
    return () => node.remove();
  }
}

function failedOf(messages: readonly RoomMessage[]): ReadonlySet<string> {
  return new Set(messages.filter(({ delivery }) => delivery.state === 'failed').map(({ key }) => key));
}
