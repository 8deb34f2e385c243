import { assertNever, type Message, type StanzaError, stanzaError, withChildren } from '@meerkat-chat/xmpp';
import type { Refined } from '../../kernel/hook-runner.js';
import type { RoomMessage, RoomMessageVerdict, Settled } from '../../kernel/hooks.js';
import { Lanes } from '../../kernel/lanes.js';
import { type MucContext, refuse } from './muc-context.js';
import type { Occupant } from './occupant.js';
import { voiceProblem } from './rights.js';
import type { Room } from './room.js';

type Asked = Pick<Refined<'room:message'>, 'answer' | 'payload'>;

const BROKEN = { verdict: 'refuse', error: stanzaError('internal-server-error') } as const;

/** Takes a message to the room, whatever anybody thinks of it. */
type Tell = (message: Message) => Settled;

/** Asks other modules about messages before a room takes them: hook `room:message`. */
export class MessageFilters {
  /** One for each occupant who waits for a handler. */
  readonly #lanes = new Lanes<Occupant>();

  /** Occupants whose messages wait for a handler. */
  get waiting(): number {
    return this.#lanes.size;
  }

  /** Asks about a message of somebody who may speak, and does what comes of it. */
  ask(muc: MucContext, room: Room, occupant: Occupant, message: Message, tell: Tell): Settled {
    return this.#lanes.run(
      occupant,
      () => refined(muc, { room: room.jid, occupant, message }),
      ({ answer, payload }) => {
        // Whoever was waited for: its sender may have lost its voice meanwhile, or its place.
        const mayNot = (): StanzaError | undefined => voiceProblem(room, occupant, message.from);
        const problem = mayNot();
        if (problem) return refuse(muc, message, problem);
        switch (answer?.verdict) {
          case undefined:
          case 'replace':
            return tell(payload.message);
          case 'refuse':
            return refuse(muc, message, answer.error);
          case 'hold':
            return hold(muc, message, answer, () => {
              if (mayNot()) return false;
              tell(payload.message);
              return true;
            });
          default:
            return assertNever(answer);
        }
      },
    );
  }
}

/** What the modules say; where one throws, which is in the log already, the message fails and nothing else. */
function refined(muc: MucContext, payload: RoomMessage): Asked | Promise<Asked> {
  const broken = { payload, answer: BROKEN };
  try {
    const asked = muc.module.refine('room:message', payload, withContent);
    return asked instanceof Promise ? asked.catch(() => broken) : asked;
  } catch {
    return broken;
  }
}

/** The payload for the next who is asked; undefined for an answer that is the last word. */
function withContent(payload: RoomMessage, answer: RoomMessageVerdict): RoomMessage | undefined {
  if (answer.verdict !== 'replace') return undefined;
  const { message } = payload;
  return { ...payload, message: { ...message, el: withChildren(message.el, answer.content) } };
}

/** Gives a message to whoever holds it back, with what lets it go, once. */
function hold(
  muc: MucContext,
  message: Message,
  answer: Extract<RoomMessageVerdict, { verdict: 'hold' }>,
  tell: () => boolean,
): Settled {
  let released = false;
  try {
    return answer.hold(() => {
      if (released) return false;
      released = true;
      return tell();
    });
  } catch (err) {
    muc.module.log.error({ err }, 'a message could not be held');
    return refuse(muc, message, BROKEN.error);
  }
}
