import type { Chat } from '@meerkat-chat/sdk';
import type { Shown } from '../connect.js';

/** Who asks for a name, and where it is to be used. */
export interface NamingHooks {
  readonly room: () => Shown | undefined;
  readonly chat: () => Chat | undefined;
  /** Whether the chat is one that we made: then whoever has not said who they are is a guest. */
  readonly ours: () => boolean;
}

/** The name that one has in the room: whether it must be asked for, and taking it. */
export class Naming {
  readonly hooks: NamingHooks;
  /** The person, or the page, has chosen a name, and nobody has refused it. */
  chosen = false;

  constructor(hooks: NamingHooks) {
    this.hooks = hooks;
  }

  /** True while the person must choose a name before anything is sent. */
  get needed(): boolean {
    const me = this.hooks.chat()?.me.value;
    return !this.chosen && (me ? me.guest : this.hooks.ours());
  }

  /** Goes by this name from now on; false when it cannot be one. */
  take(nick: string): boolean {
    const room = this.hooks.room();
    if (!room) return false;
    try {
      if (room.status.value.state === 'joined') room.changeNick?.(nick);
      else room.join({ nick });
    } catch {
      return false;
    }
    this.chosen = true;
    return true;
  }
}
