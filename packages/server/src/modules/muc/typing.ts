import {
  type ChatState,
  type Clock,
  encodeChatState,
  encodeMomentary,
  encodeOccupantId,
  messageEl,
  serialize,
} from '@meerkat-chat/xmpp';
import type { Settled } from '../../kernel/hooks.js';
import { SharedStanza } from '../../kernel/shared-stanza.js';
import { TokenBuckets } from '../../kernel/token-buckets.js';
import { type MucContext, occupantJid } from './muc-context.js';
import type { Occupant } from './occupant.js';
import type { Room } from './room.js';
import type { MucSettings } from './settings.js';

/** At once, so that a hasty writer is heard; in the long run it is `typing.perMinute`. */
const BURST = 10;

/**
 * Passes on who is writing (XEP-0085 in a room): told and forgotten. A chat state is no message: no filter judges it, no
 * history or archive has it, and it does not count as having spoken. What is too much is dropped without an error,
 * which would be one more stanza for something that nobody misses.
 */
export class Typing {
  readonly #changes: TokenBuckets<string>;
  readonly #lifted: boolean;

  constructor(clock: Pick<Clock, 'monotonic'>, { typing: { perMinute }, rateLimits }: MucSettings) {
    this.#changes = new TokenBuckets(clock, { perSecond: perMinute / 60, burst: Math.min(BURST, perMinute) });
    this.#lifted = !rateLimits;
  }

  /** Tells the room the state of an occupant who may speak there. */
  tell(muc: MucContext, room: Room, occupant: Occupant, state: ChatState): Settled {
    if (room.size > muc.settings.typing.occupants) return undefined;
    // An occupant id stays the same over visits, and is another one in each room.
    if (!this.#lifted && !this.#changes.take(occupant.id)) return undefined;
    const xml = serialize(
      messageEl(
        { from: occupantJid(room.jid, occupant.nick), type: 'groupchat' },
        encodeChatState(state),
        ...encodeMomentary(),
        encodeOccupantId(occupant.id),
      ),
    );
    // Behind what was said before, so that it is not taken for the beginning of the next message.
    return room.inTurn(() => muc.module.outlet.fanOut(SharedStanza.ofText(xml), room.sessions));
  }

  /** Forgets those who have been quiet. */
  sweep(): void {
    this.#changes.sweep();
  }
}
