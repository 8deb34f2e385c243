import type { RoomRefusal, RoomStatus } from '@meerkat-chat/sdk';
import type { Shown } from '../connect.js';
import { rememberNick } from '../remembered-nick.js';
import type { Naming } from './naming.js';

/** The person has chosen a name, which is remembered when the room grants it. @returns why they cannot have it */
export async function chooseName(naming: Naming, nick: string): Promise<RoomRefusal | undefined> {
  const room = naming.hooks.room();
  if (!room) return 'nick-refused';
  const before = room.status.value;
  if (!naming.take(nick)) return 'nick-refused';
  naming.chosen = false;
  const same = before.state === 'joined' && before.nick === nick;
  // Without a link the name goes along with the message, when there is one.
  const online = naming.hooks.chat()?.status.value.state === 'online';
  const refusal = same || !online ? undefined : await answerOf(room, before);
  naming.chosen = refusal === undefined;
  if (!refusal) rememberNick(nick);
  return refusal;
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
