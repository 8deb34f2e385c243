import { escapeAttr, NS } from '@meerkat-chat/xmpp';
import { numberedBody } from './clients/frame.js';
import type { RoomsPlan } from './plan.js';
import { Talk } from './talk.js';
import type { World } from './world.js';

/** A talk in rooms, as a plan has it. @param body length of a message, in characters */
export function talkInRooms(world: World, plan: RoomsPlan, body: number): Talk {
  return new Talk(world, plan, plan.roomOf, (user, number) => {
    const to = escapeAttr(world.room(plan.channel(number)));
    user.send(
      `<message xmlns="${NS.client}" to="${to}" type="groupchat" id="${number}">` +
        `<body>${numberedBody(world.run, number, body)}</body></message>`,
    );
  });
}
