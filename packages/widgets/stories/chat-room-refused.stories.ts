import type { ChatStatus, RoomStatus } from '@meerkat-chat/sdk';
import { fakeChat } from '@meerkat-chat/sdk/testing';
import type { Meta } from '@storybook/web-components-vite';
import { type RoomArgs, type RoomStory, roomMeta, roomStory } from './support/room-story.js';

const meta: Meta<RoomArgs> = { ...roomMeta, title: 'chat-room/Refused' };
export default meta;

type ChatReason = Extract<ChatStatus, { state: 'refused' }>['reason'];
type RoomReason = Extract<RoomStatus, { state: 'refused' }>['reason'];

const byChat = (reason: ChatReason): RoomStory =>
  roomStory(() => ({
    chat: fakeChat({
      status: { state: 'refused', reason },
      room: { status: { state: 'joining' }, occupants: 0 },
    }),
    shows: '.notice',
  }));

/** @param messages what was read before, when one was in the room already */
const byRoom = (
  reason: RoomReason,
  more: { readonly text?: string; readonly by?: string; readonly messages?: number } = {},
): RoomStory => {
  const { messages = 0, ...said } = more;
  return roomStory(() => ({
    chat: fakeChat({ room: { messages, occupants: 0, status: { state: 'refused', reason, ...said } } }),
    shows: '.notice',
  }));
};

export const NotAuthorized = byChat('not-authorized');
export const Crowded = byChat('crowded');
export const Forbidden = byChat('forbidden');
export const Insecure = byChat('insecure');
export const Replaced = byChat('replaced');
export const Unreachable = byChat('unreachable');
export const Unsupported = byChat('unsupported');
export const SignedOut: RoomStory = roomStory(() => ({
  chat: fakeChat({ status: { state: 'closed' }, room: { messages: 12 } }),
  shows: '.notice',
}));

export const Banned = byRoom('banned', { text: 'Advertising, after two warnings.' });
export const Destroyed = byRoom('destroyed', { messages: 12 });
export const Full = byRoom('full');
export const Kicked = byRoom('kicked', { by: 'Mira', text: 'Please stay on the topic.', messages: 12 });
export const MembersOnly = byRoom('members-only');
export const NickConflict = byRoom('nick-conflict', { messages: 12 });
export const NickReserved = byRoom('nick-reserved', { messages: 12 });
export const NickRefused = byRoom('nick-refused', { messages: 12 });
export const NotAllowed = byRoom('not-allowed');
export const NotFound = byRoom('not-found');
export const PasswordNeeded = byRoom('password');
export const Unknown = byRoom('unknown');
