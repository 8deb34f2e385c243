import type { Meta } from '@storybook/web-components-vite';
import { STATES } from '../dev/scenes.js';
import { named } from './support/named.js';
import { type RoomArgs, roomMeta, roomStory } from './support/room-story.js';

// The whole of a phone's screen.

const meta: Meta<RoomArgs> = {
  ...roomMeta,
  title: 'chat-room/Phone',
  tags: ['phone'],
  args: { ...roomMeta.args, height: 608 },
};
export default meta;

const state = named(STATES);

export const Conversation = roomStory(state('joined'), { globals: { width: 'full' } });
export const People = roomStory(state('who is here'), { globals: { width: 'full' } });
