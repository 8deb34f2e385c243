import { type Occupant, RequestError, type RoomMessage, type RoomNotice } from '@meerkat-chat/sdk';
import { html, nothing, type TemplateResult } from 'lit';
import type { Shown } from '../connect.js';
import type { Strings } from '../locales/en.js';
import type { TalkStrings } from '../locales/en-talk.js';
import type { Surroundings } from '../runtime.js';
import { copyText } from './copy-text.js';
import { addStyles } from './late-styles.js';
import { type Act, actsOn, speakerOf } from './moderation.js';
import { type MenuAnchor, type MenuItem, openMenu } from './popup-menu.js';
import { askRemoval } from './removal-dialog.js';
import { Removals } from './removals.js';
import { RowTools } from './row-tools.js';
import { talkStyles } from './talk.styles.js';

/** How often a removal is said aloud at most, in ms: a moderator may put out many at once. */
const SAID_EVERY = 2_000;

/** What is needed of the element around it. */
export interface TalkHooks {
  readonly root: Node;
  /** What scrolls. */
  readonly list: HTMLElement;
  readonly room: Shown;
  readonly strings: () => Strings;
  readonly clock: Surroundings['clock'];
  readonly writable: () => boolean;
  /** Puts a name into the composer. */
  readonly mention: (nick: string) => void;
  /** Takes the focus where what had it is not there any more. */
  readonly focus: () => void;
  /** Shows a sentence for a while, and says it. */
  readonly tell: (text: string) => void;
  readonly say: (text: string) => void;
  readonly changed: () => void;
}

/**
 * What people do in a room beside talking, and what is done about them: who is typing, who was removed, and the menus of
 * rows and people. Loaded with the first of it.
 */
export class Talk {
  readonly #hooks: TalkHooks;
  readonly #removals: Removals;
  readonly #tools: RowTools;
  #words: TalkStrings;
  #saidAt = Number.NEGATIVE_INFINITY;
  #closeMenu: (() => void) | undefined;
  #closeQuestion: (() => void) | undefined;

  constructor(hooks: TalkHooks, words: TalkStrings) {
    this.#hooks = hooks;
    this.#words = words;
    addStyles(hooks.root, talkStyles);
    this.#removals = new Removals(words);
    this.#tools = new RowTools({
      list: hooks.list,
      clock: hooks.clock,
      label: () => this.#words.rowMenu,
      open: (key, at, from) => this.#openRow(key, at, from),
    });
  }

  /** The words have changed. */
  reword(words: TalkStrings): void {
    this.#words = words;
    this.#removals.reword(words);
    this.#tools.relabel();
    this.#hooks.changed();
  }

  close(): void {
    this.#closeMenu?.();
    this.#closeQuestion?.();
    this.#tools.close();
  }

  /** Who is typing, over the space that the list keeps free for it. Nothing reads it out: it changes too often. */
  typing(): TemplateResult | typeof nothing {
    const [first, second, ...more] = this.#hooks.room.typing.value;
    if (first === undefined) return nothing;
    return html`<p class="typing" part="typing"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span><span>${this.#words.typing(first, second, more.length > 0)}</span></p>`;
  }

  /** The messages, with what is told between them. */
  rows(messages: readonly RoomMessage[]): readonly RoomMessage[] {
    return this.#removals.among(messages);
  }

  /** Somebody was put out. @param messages those that were there then */
  notice(notice: RoomNotice, messages: readonly RoomMessage[]): void {
    const now = this.#hooks.clock.now();
    const text = this.#removals.add(notice, messages, now);
    if (now - this.#saidAt >= SAID_EVERY) {
      this.#saidAt = now;
      this.#hooks.say(text);
    }
    this.#hooks.changed();
  }

  /** A pointer or the focus has come to a row. */
  touched(event: Event, row: HTMLElement): void {
    this.#tools.touched(event, row);
  }

  /** Opens the menu of a row by the keyboard. */
  openFor(row: HTMLElement): void {
    this.#tools.openFor(row);
  }

  /** Whether there is a menu for somebody in the list of people. */
  readonly mayActOn = (person: Occupant): boolean => actsOn(this.#hooks.room.self.value, person).length > 0;

  readonly personLabel = (nick: string): string => this.#words.personMenu(nick);

  /** Opens the menu of somebody in the list of people. */
  readonly openPerson = ({ nick }: Occupant, from: HTMLElement): void => {
    const person = this.#hooks.room.occupants.value.get(nick);
    const label = this.#words.personMenu(nick);
    this.#open(label, this.#about(person, from), from.getBoundingClientRect(), from);
  };

  #openRow(key: string, at: MenuAnchor, from: HTMLElement): void {
    const { room, writable, mention, strings } = this.#hooks;
    const message = this.rows(room.messages.value).find((one) => one.key === key);
    if (!message) return;
    const { nick, own, text } = message;
    const items: MenuItem[] = [{ label: this.#words.copyText, run: () => void this.#copy(text) }];
    if (!own) {
      if (writable()) items.push({ label: strings().mentionName(nick), run: () => mention(nick) });
      items.push(...this.#about(speakerOf(message, room.occupants.value), from));
    }
    this.#open(this.#words.rowMenu, items, at, from);
  }

  #open(label: string, items: readonly MenuItem[], at: MenuAnchor, from: HTMLElement): void {
    this.#closeMenu?.();
    if (items.length === 0) return;
    this.#tools.expand(true);
    this.#closeMenu = openMenu(this.#hooks.root, {
      label,
      items,
      at,
      closed: (back) => {
        this.#closeMenu = undefined;
        this.#tools.expand(false);
        if (back) this.#focus(from);
      },
    });
  }

  #focus(from: HTMLElement): void {
    if (from.isConnected) from.focus();
    else this.#hooks.focus();
  }

  /** What a moderator may do about somebody. */
  #about(person: Occupant | undefined, from: HTMLElement): readonly MenuItem[] {
    const { room } = this.#hooks;
    const words = this.#words;
    if (!person) return [];
    const { nick } = person;
    const items: Readonly<Record<Act, MenuItem>> = {
      mute: { label: words.mute, run: () => void this.#try(room.setVoice?.(nick, false)) },
      unmute: { label: words.unmute, run: () => void this.#try(room.setVoice?.(nick, true)) },
      remove: { label: words.remove, run: () => this.#askWhy('remove', nick, from) },
      ban: { label: words.ban, grave: true, run: () => this.#askWhy('ban', nick, from) },
    };
    return actsOn(room.self.value, person).map((act) => items[act]);
  }

  #askWhy(act: 'ban' | 'remove', nick: string, from: HTMLElement): void {
    const { room, root } = this.#hooks;
    const words = this.#words;
    const ban = act === 'ban';
    this.#closeQuestion = askRemoval(root, {
      title: ban ? words.banTitle(nick) : words.removeTitle(nick),
      hint: ban ? words.banHint : words.removeHint,
      reason: words.reason,
      cancel: words.cancel,
      confirm: ban ? words.ban : words.remove,
      grave: ban,
      answered: (answer) => {
        this.#closeQuestion = undefined;
        this.#focus(from);
        if (answer) void this.#try(ban ? room.ban?.(nick, answer.reason) : room.kick?.(nick, answer.reason));
      },
    });
  }

  async #try(done: Promise<void> | undefined): Promise<void> {
    try {
      await done;
    } catch (cause) {
      const condition = cause instanceof RequestError ? cause.error.condition : undefined;
      const denied = condition === 'forbidden' || condition === 'not-allowed';
      this.#hooks.tell(denied ? this.#words.denied : this.#words.failed);
    }
  }

  async #copy(text: string): Promise<void> {
    const copied = await copyText(text, this.#hooks.root);
    this.#hooks.tell(copied ? this.#words.copied : this.#words.notCopied);
  }
}
