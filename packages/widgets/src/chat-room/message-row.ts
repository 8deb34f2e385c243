import type { RoomMessage } from '@meerkat-chat/sdk';
import type { Strings } from '../locales/en.js';
import { nameHue } from '../tokens/name-hue.js';
import type { Place } from './grouping.js';
import type { Mentions } from './mentions.js';
import { type Piece, piecesOf } from './message-text.js';
import type { Times } from './times.js';

/** What all rows of a list have in common. */
export interface RowContext {
  readonly strings: Strings;
  readonly times: Times;
  readonly now: number;
  /** Our own id in the room, for own messages that the room has not echoed yet. */
  readonly ownId: string | undefined;
  /** Finds the person's own name. The same object for as long as that name stays. */
  readonly mentions: Mentions;
  /** Whether the person can write: then a name that is pressed goes into the composer. */
  readonly writable: boolean;
}

/** What a button in a row does. */
export type RowAction = 'discard' | 'mention' | 'retry';

function make(tag: string, name: string, text?: string): HTMLElement {
  const node = document.createElement(tag);
  node.className = name;
  node.setAttribute('part', name);
  if (text !== undefined) node.textContent = text;
  return node;
}

/**
 * One message in the list: a handful of nodes made by hand, since the list changes up to once a frame. What came over
 * the wire is only ever put into text nodes and into a number of degrees.
 */
export class MessageRow {
  readonly key: string;
  readonly el: HTMLElement;
  readonly #avatar: HTMLElement;
  readonly #name: HTMLElement;
  readonly #text: HTMLElement;
  #message: RoomMessage;
  #place: Place;
  #mentions: Mentions;
  #writable: boolean;
  #mentioned = false;
  #picture: string | undefined;

  constructor(message: RoomMessage, place: Place, context: RowContext) {
    const { times } = context;
    this.key = message.key;
    this.#message = message;
    this.#place = place;
    this.#mentions = context.mentions;
    this.#writable = context.writable;
    this.el = make('div', 'row');
    this.el.setAttribute('role', 'article');
    this.el.tabIndex = -1;
    this.el.dataset.key = message.key;
    this.#avatar = make('span', 'avatar');
    this.#avatar.setAttribute('aria-hidden', 'true');
    this.#name = make('bdi', 'name');
    const time = make('time', 'time', times.time(message.at));
    time.setAttribute('datetime', new Date(message.at).toISOString());
    time.title = times.full(message.at);
    this.#text = make('span', 'text');
    this.#text.dir = 'auto';
    this.#say();
    // Spaces keep the parts apart for whoever copies a row as text.
    this.el.append(this.#avatar, this.#name, ' ', this.#text, ' ', time);
    this.#show(context);
  }

  get message(): RoomMessage {
    return this.#message;
  }

  /** Shows what changed since. Cheap when nothing did. */
  update(message: RoomMessage, place: Place, context: RowContext): void {
    const moved = place.head !== this.#place.head || place.newDay !== this.#place.newDay;
    const { mentions, writable } = context;
    const named = mentions !== this.#mentions;
    if (message === this.#message && !moved && !named && writable === this.#writable) return;
    const said = message.text !== this.#message.text;
    this.#message = message;
    this.#place = place;
    this.#mentions = mentions;
    this.#writable = writable;
    if (said || named) this.#say();
    this.#show(context);
  }

  /** Makes this row the one that the Tab key reaches, or takes that away. It has a name only while it is. */
  tabStop(on: boolean, { strings, times }: RowContext): void {
    this.el.tabIndex = on ? 0 : -1;
    if (!on) {
      this.el.removeAttribute('aria-label');
      return;
    }
    const { nick, at, text, delivery } = this.#message;
    const label = nick === '' ? text : strings.rowLabel(nick, times.time(at), text);
    const more =
      delivery.state === 'delivered'
        ? this.#mentioned && strings.mentionsYou
        : stateWord(delivery.state, strings);
    this.el.setAttribute('aria-label', more ? `${label} (${more})` : label);
  }

  /** Puts the text there, with its links and the reader's own name marked. */
  #say(): void {
    const { own, text } = this.#message;
    this.#mentioned = !own && this.#mentions.in(text);
    if (!this.#mentioned && !/https?:/i.test(text)) {
      this.#text.textContent = text;
      return;
    }
    this.#text.replaceChildren(...piecesOf(text, this.#mentions).map((piece) => nodeOf(piece, own)));
  }

  #show({ strings, times, now, ownId }: RowContext): void {
    const { at, avatar, own, nick, occupantId, delivery } = this.#message;
    // The room's echo may know a newer name and id than the message had when it was sent.
    if (this.#name.textContent !== nick) {
      this.#name.textContent = nick;
      this.#avatar.textContent = initialOf(nick);
      this.#picture = undefined;
    }
    if (avatar !== undefined && avatar !== this.#picture) {
      this.#picture = avatar;
      import('./picture.js').then(({ showPicture }) => showPicture(this.#avatar, avatar)).catch(() => {});
    }
    this.#offer(this.#writable && !own, strings.mentionName(nick));
    this.el.style.setProperty('--hue', String(nameHue(occupantId ?? (own ? ownId : undefined) ?? nick)));
    if (this.#place.newDay) this.el.dataset.day = times.day(at, now);
    else delete this.el.dataset.day;
    this.el.toggleAttribute('data-head', this.#place.head);
    this.el.toggleAttribute('data-own', own);
    // What the room tells comes from nobody.
    this.el.toggleAttribute('data-notice', nick === '');
    this.el.toggleAttribute('data-mention', this.#mentioned);
    this.el.dataset.delivery = delivery.state;
    this.el.toggleAttribute('data-received', delivery.state === 'delivered' && delivery.received === true);
    this.el.querySelector('.trouble')?.remove();
    if (delivery.state === 'failed') {
      const { reason } = delivery;
      import('./trouble.js').then(({ showTrouble }) => showTrouble(this.el, reason, strings)).catch(() => {});
    }
  }

  /** Makes the name one that can be pressed. No `<button>`: that would not break where a long name must. */
  #offer(on: boolean, hint: string): void {
    if (!on) {
      for (const name of ['role', 'tabindex', 'title', 'data-action']) this.#name.removeAttribute(name);
      return;
    }
    this.#name.setAttribute('role', 'button');
    this.#name.tabIndex = -1;
    this.#name.title = hint;
    this.#name.dataset.action = 'mention' satisfies RowAction;
  }
}

function nodeOf({ kind, text }: Piece, own: boolean): Node | string {
  switch (kind) {
    case 'text':
      return text;
    case 'mention':
      return own ? text : make('b', 'mention', text);
    case 'link':
      return linkTo(text);
  }
}

/** An address from somebody unknown: it opens apart from the page, which tells it nothing. */
function linkTo(address: string): HTMLElement {
  const link = make('a', 'link', address);
  link.setAttribute('href', address);
  link.setAttribute('target', '_blank');
  link.setAttribute('rel', 'noopener noreferrer nofollow ugc');
  link.tabIndex = -1;
  return link;
}

function stateWord(state: 'failed' | 'pending', strings: Strings): string {
  return state === 'failed' ? strings.notSent : strings.sending;
}

/** The first letter or picture of a name, whole: with its marks, without what cannot be seen. */
export function initialOf(nick: string): string {
  const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(nick);
  for (const { segment } of letters) {
    if (/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(segment)) return segment.toLocaleUpperCase();
  }
  return '';
}
