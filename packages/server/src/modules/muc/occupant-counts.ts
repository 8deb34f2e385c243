import { messageEl, type Off } from '@meerkat-chat/xmpp';
import type { ModuleContext } from '../../kernel/module.js';
import { SharedStanza } from '../../kernel/shared-stanza.js';
import { crowdOf } from './crowd.js';
import type { Room } from './room.js';
import type { MucSettings } from './settings.js';

/**
 * Tells rooms that do not show everybody how many are there, when that has changed, and not too often. One timer
 * serves all rooms, and there is none while no room has changed.
 */
export class OccupantCounts {
  readonly #module: ModuleContext<MucSettings>;
  readonly #changed = new Set<Room>();
  #timer: Off | undefined;

  constructor(module: ModuleContext<MucSettings>) {
    this.#module = module;
  }

  /** Somebody has come or gone. */
  changed(room: Room): void {
    if (room.visibility.policy === 'all') return;
    this.#changed.add(room);
    this.#timer ??= this.#module.clock.after(this.#module.settings.presence.countInterval, () =>
      this.#tell(),
    );
  }

  #tell(): void {
    this.#timer = undefined;
    for (const room of this.#changed) {
      const crowd = crowdOf(room);
      if (!crowd || room.size === 0) continue;
      const told = messageEl({ from: room.jid, type: 'groupchat' }, crowd);
      this.#module.outlet.fanOut(SharedStanza.of(told), room.sessions);
    }
    this.#changed.clear();
  }
}
