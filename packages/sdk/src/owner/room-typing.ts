import { type ChatState, encodeChatState, encodeMomentary, messageEl, type Off } from '@meerkat-chat/xmpp';
import type { Occupant } from '../chat.js';
import type { RoomPartContext } from './room-context.js';

/** What the part about typing needs of its room. */
export interface RoomTypingContext
  extends Pick<RoomPartContext, 'env' | 'jid' | 'online' | 'send' | 'touch' | 'typingOccupants'> {
  /** Our occupant; undefined while we are not in. */
  readonly occupant: () => Occupant | undefined;
  /** How many are in the room. */
  readonly count: () => number;
  /** How it is told: to a room by default. */
  readonly messageType?: 'chat' | 'groupchat';
}

/** At most so many are told of: a line can name no more, and a room could claim any number. */
export const MAX_TYPING = 32;
/** Who has not said again that they are writing is forgotten after that time, in ms. */
export const TYPING_KEPT = 15_000;
/** While somebody writes, it is told so often at most. */
export const TYPING_TOLD = 10_000;
/** Nothing was written for so long: a pause. */
export const TYPING_PAUSE = 5_000;

/**
 * Who is writing in one room (XEP-0085 in XEP-0045): the others, as they tell it, and us, as the page tells it. It
 * departs from section 5.2 in saying `composing` again while one writes: a state that is never repeated would stand for
 * ever where its end was lost.
 */
export class RoomTyping {
  readonly #context: RoomTypingContext;
  /** What ends the waiting for each nick. */
  readonly #ends = new Map<string, Off>();
  #nicks: readonly string[] = [];
  #told: ChatState = 'active';
  #toldAt = Number.NEGATIVE_INFINITY;
  #pause: Off | undefined;

  constructor(context: RoomTypingContext) {
    this.#context = context;
  }

  /** Who is writing, in the order in which they began. */
  get nicks(): readonly string[] {
    return this.#nicks;
  }

  /** Somebody told that they are writing, or that they are not any more. */
  hear(nick: string, on: boolean): void {
    const self = this.#context.occupant();
    if (!on || !self || nick === self.nick) {
      this.forget(nick);
      return;
    }
    this.#ends.get(nick)?.();
    const known = this.#ends.has(nick);
    if (!known && this.#ends.size >= MAX_TYPING) return;
    this.#ends.set(
      nick,
      this.#context.env.clock.after(TYPING_KEPT, () => this.forget(nick)),
    );
    if (!known) this.#changed();
  }

  /** Somebody has said what they wrote, or has gone. */
  forget(nick: string): void {
    const end = this.#ends.get(nick);
    if (!end) return;
    end();
    this.#ends.delete(nick);
    this.#changed();
  }

  /** Something was written here, or (false) what was written is gone. */
  write(on: boolean): void {
    this.#pause?.();
    this.#pause = undefined;
    if (!this.#mayTell) {
      this.#told = 'active';
      return;
    }
    if (!on) {
      if (this.#told !== 'active') this.#tell('active');
      return;
    }
    const now = this.#context.env.clock.monotonic();
    if (now - this.#toldAt >= TYPING_TOLD) {
      this.#toldAt = now;
      this.#tell('composing');
    }
    if (this.#told === 'composing') {
      this.#pause = this.#context.env.clock.after(TYPING_PAUSE, () => {
        if (this.#mayTell) this.#tell('paused');
      });
    }
  }

  /** What was written here was sent: whoever gets it knows that the writing has ended. */
  said(): void {
    this.#pause?.();
    this.#told = 'active';
  }

  /** The room is lost or left; nobody writes there as far as we know. */
  reset(): void {
    this.said();
    for (const end of this.#ends.values()) end();
    if (this.#ends.size === 0) return;
    this.#ends.clear();
    this.#changed();
  }

  /** A large room is told of nobody: all of them together would be as many as its square. */
  get #mayTell(): boolean {
    const { occupant, online, count, typingOccupants } = this.#context;
    const self = occupant();
    return self !== undefined && self.role !== 'visitor' && online() && count() <= typingOccupants;
  }

  #tell(state: ChatState): void {
    this.#told = state;
    const { jid, messageType: type = 'groupchat' } = this.#context;
    const to = jid();
    if (to === undefined) return;
    this.#context.send(messageEl({ to, type }, encodeChatState(state), ...encodeMomentary()));
  }

  #changed(): void {
    this.#nicks = [...this.#ends.keys()];
    this.#context.touch();
  }
}
