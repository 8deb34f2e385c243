import type { Meta } from '@storybook/web-components-vite';
import { TALK_STATES } from '../dev/talk-scenes.js';
import { named } from './support/named.js';
import { type RoomArgs, roomMeta, roomStory } from './support/room-story.js';

const meta: Meta<RoomArgs> = { ...roomMeta, title: 'chat-room/people' };
export default meta;

const state = named(TALK_STATES);

const narrow = { globals: { density: 'live', width: '320' } };
const wide = { globals: { density: 'cosy', width: '720' } };

export const OneTypes = roomStory(state('one types'), narrow);
export const TwoType = roomStory(state('two type'), wide);
export const ManyType = roomStory(state('many type'), wide);
export const Removed = roomStory(state('removed'), wide);
export const RemovedLive = roomStory(state('removed'), narrow);
export const RowMenu = roomStory(state('row menu'), wide);
export const RowMenuOfModerator = roomStory(state('moderator menu'), wide);
export const PeopleOfModerator = roomStory(state('moderator: people'), wide);
export const AskBeforeBan = roomStory(state('ban asked'), wide);
export const Pictures = roomStory(state('pictures'), wide);
export const Bubbles = roomStory(state('bubbles'), { globals: { width: '320' } });
export const BubblesRightToLeft = roomStory(state('bubbles'), {
  globals: { width: '320', direction: 'rtl' },
});
