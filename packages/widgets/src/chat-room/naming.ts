import type { Chat } from '@meerkat-chat/sdk';
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

  /** The person has chosen a name, which is remembered; false when it cannot be one. */
  choose(nick: string): boolean {
    const taken = this.take(nick);
    if (taken) rememberNick(nick);
    return taken;
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
