import { assertNever } from '@meerkat-chat/xmpp';
import { MAX_TEXT } from '../bounds.js';
import type { ReplyResult, RoomCommand } from '../port/protocol.js';
import { RequestError } from '../session/xmpp-session.js';
import type { RoomOwner } from './room-owner.js';

/** What a promise came to, in a form that goes over a port. */
export async function replyTo(promise: Promise<unknown>): Promise<ReplyResult> {
  try {
    const value = await promise;
    return typeof value === 'string' ? { ok: true, value } : { ok: true };
  } catch (cause) {
    if (!(cause instanceof RequestError)) {
      const text = cause instanceof Error ? cause.message : String(cause);
      return { ok: false, error: { condition: 'undefined-condition', type: 'cancel', text } };
    }
    const { condition, type, text } = cause.error;
    return { ok: false, error: { condition, type, text } };
  }
}

/** Does to a room what a store asks. A promise for what is answered. */
export function runRoomCommand(
  room: RoomOwner,
  command: Exclude<RoomCommand, { kind: 'open' }>,
): Promise<ReplyResult> | undefined {
  switch (command.kind) {
    case 'join':
      room.membership.join(command.nick);
      return undefined;
    case 'leave':
      room.leave();
      return undefined;
    case 'send':
      if (command.text !== '') room.say(command.key, command.text.slice(0, MAX_TEXT));
      return undefined;
    case 'retry':
      room.talk.retry(command.key);
      return undefined;
    case 'discard':
      room.talk.discard(command.key);
      return undefined;
    case 'nick':
      room.membership.changeNick(command.nick);
      return undefined;
    case 'subject':
      room.talk.setSubject(command.subject);
      return undefined;
    case 'typing':
      room.setTyping(command.on);
      return undefined;
    case 'older':
      return replyTo(room.talk.loadOlder());
    case 'kick':
    case 'ban':
    case 'voice':
      return replyTo(room.administer(command));
    default:
      return assertNever(command);
  }
}
