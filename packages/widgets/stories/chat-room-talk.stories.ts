import type { Meta } from '@storybook/web-components-vite';
import type { State } from '../dev/scenes.js';
import { TALK_STATES } from '../dev/talk-scenes.js';
import { type RoomArgs, roomMeta, roomStory } from './support/room-story.js';

const meta: Meta<RoomArgs> = { ...roomMeta, title: 'chat-room/people' };
export default meta;

function named(name: string): () => State {
  const make = TALK_STATES.get(name);
  if (make === undefined) throw new RangeError(`no state "${name}"`);
  return make;
}

const narrow = { globals: { density: 'live', width: '320' } };
const wide = { globals: { density: 'cosy', width: '720' } };

export const OneTypes = roomStory(named('one types'), narrow);
export const TwoType = roomStory(named('two type'), wide);
export const ManyType = roomStory(named('many type'), wide);
export const Removed = roomStory(named('removed'), wide);
export const RemovedLive = roomStory(named('removed'), narrow);
export const RowMenu = roomStory(named('row menu'), wide);
export const RowMenuOfModerator = roomStory(named('moderator menu'), wide);
export const PeopleOfModerator = roomStory(named('moderator: people'), wide);
export const AskBeforeBan = roomStory(named('ban asked'), wide);
export const Bubbles = roomStory(named('bubbles'), { globals: { width: '320' } });
export const BubblesRightToLeft = roomStory(named('bubbles'), {
  globals: { width: '320', direction: 'rtl' },
});
