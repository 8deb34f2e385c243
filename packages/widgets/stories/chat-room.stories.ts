import type { Meta } from '@storybook/web-components-vite';
import { STATES, type State } from '../dev/scenes.js';
import { type RoomArgs, roomMeta, roomStory } from './support/room-story.js';

const meta: Meta<RoomArgs> = { ...roomMeta, title: 'chat-room' };
export default meta;

function named(name: string): () => State {
  const make = STATES.get(name);
  if (make === undefined) throw new RangeError(`no state "${name}"`);
  return make;
}

const wide = { globals: { density: 'cosy', width: '720' } };
const narrow = { globals: { density: 'live', width: '320' } };

export const Conversation = roomStory(named('joined'));
export const Live = roomStory(named('joined'), narrow);
export const Cosy = roomStory(named('joined'), wide);
export const FewMessages = roomStory(named('few'));
export const TwoHundredMessages = roomStory(named('two hundred'));
export const Empty = roomStory(named('empty'));

export const Connecting = roomStory(named('connecting'));
export const ConnectingWithRows = roomStory(named('connecting with rows'));
export const Reconnecting = roomStory(named('reconnecting'));
export const Offline = roomStory(named('offline'));

export const OwnPending = roomStory(named('sending'));
export const OwnFailed = roomStory(named('failed'));
export const OwnDelivered = roomStory(named('sent'));
export const Writing = roomStory(named('writing'));
export const NameAsked = roomStory(named('name asked'));
export const NoVoice = roomStory(named('no voice'));

export const HistoryAbove = roomStory(named('history above'));
export const ReadingWithPill = roomStory(named('new messages'));
export const PeoplePanel = roomStory(named('who is here'));

export const LongWords = roomStory(named('long words'));
export const RightToLeft = roomStory(named('long words'), { globals: { direction: 'rtl' } });

export const Flood = roomStory(named('joined'), { args: { flood: 40 } });
export const BadLine = roomStory(named('joined'), { args: { nick: 'Mira', latency: 2000, loss: 30 } });
