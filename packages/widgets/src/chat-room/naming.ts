import type { Chat, RoomRefusal, RoomStatus } from '@meerkat-chat/sdk';
import type { Shown } from '../connect.js';
import { rememberNick } from '../remembered-nick.js';

/** Who asks for a name, and where it is to be used. */
export interface NamingHooks {
  readonly room: () => Shown | undefined;
  readonly chat: () => Chat | undefined;
  /** Whether the chat is one that we made: then whoever has not said who they are is a guest. */
  readonly ours: () => boolean;
}

/** The name that one has in the room: whether it must be asked for, and taking it. */
export class Naming {
  readonly #hooks: NamingHooks;
  #chosen = false;

  constructor(hooks: NamingHooks) {
    this.#hooks = hooks;
  }

  /** True while the person must choose a name before anything is sent. */
  get needed(): boolean {
    const me = this.#hooks.chat()?.me.value;
    return !this.#chosen && (me ? me.guest : this.#hooks.ours());
  }

  /** A room is opened: is there a name that the person, or the page, has chosen before? */
  begin(nick: string | undefined): void {
    this.#chosen = nick !== undefined;
  }

  /** The person has chosen a name, which is remembered when the room grants it. @returns why they cannot have it */
  async choose(nick: string): Promise<RoomRefusal | undefined> {
    const where = this.#hooks.room();
    if (!where) return 'nick-refused';
    const before = where.status.value;
    if (!this.take(nick)) return 'nick-refused';
    this.#chosen = false;
    const same = before.state === 'joined' && before.nick === nick;
    // Without a link the name goes along with the message, when there is one.
    const refusal =
      same || this.#hooks.chat()?.status.value.state !== 'online' ? undefined : await answerOf(where, before);
    this.#chosen = refusal === undefined;
    if (!refusal) rememberNick(nick);
    return refusal;
  }

  /** Goes by this name from now on; false when it cannot be one. */
  take(nick: string): boolean {
    const room = this.#hooks.room();
    if (!room) return false;
    try {
      if (room.status.value.state === 'joined') room.changeNick?.(nick);
      else room.join({ nick });
    } catch {
      return false;
    }
    this.#chosen = true;
    return true;
  }
}

/** What a room says to the name that it was asked for last, perhaps at once. @param before what it said before that */
function answerOf(room: Shown, before: RoomStatus): Promise<RoomRefusal | undefined> {
  return new Promise((resolve) => {
    const look = (status: RoomStatus): void => {
      if (status === before || status.state === 'joining') return;
      off();
      if (status.state === 'joined') resolve(status.nickRefused?.reason);
      else resolve(status.state === 'refused' ? status.reason : undefined);
    };
    const off = room.status.subscribe(look);
    look(room.status.value);
  });
}
