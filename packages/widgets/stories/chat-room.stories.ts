import type { Meta } from '@storybook/web-components-vite';
import { STATES } from '../dev/scenes.js';
import { named } from './support/named.js';
import { type RoomArgs, roomMeta, roomStory } from './support/room-story.js';

const meta: Meta<RoomArgs> = { ...roomMeta, title: 'chat-room' };
export default meta;

const state = named(STATES);

const wide = { globals: { density: 'cosy', width: '720' } };
const narrow = { globals: { density: 'live', width: '320' } };

export const Conversation = roomStory(state('joined'));
export const Live = roomStory(state('joined'), narrow);
export const Cosy = roomStory(state('joined'), wide);
export const FewMessages = roomStory(state('few'));
export const TwoHundredMessages = roomStory(state('two hundred'));
export const Empty = roomStory(state('empty'));

export const Connecting = roomStory(state('connecting'));
export const ConnectingWithRows = roomStory(state('connecting with rows'));
export const Reconnecting = roomStory(state('reconnecting'));
export const Offline = roomStory(state('offline'));

export const OwnPending = roomStory(state('sending'));
export const OwnFailed = roomStory(state('failed'));
export const OwnDelivered = roomStory(state('sent'));
export const Writing = roomStory(state('writing'));
export const NameAsked = roomStory(state('name asked'));
export const NoVoice = roomStory(state('no voice'));

export const HistoryAbove = roomStory(state('history above'));
export const ReadingWithPill = roomStory(state('new messages'));
export const PeoplePanel = roomStory(state('who is here'));

export const LongWords = roomStory(state('long words'));
export const RightToLeft = roomStory(state('long words'), { globals: { direction: 'rtl' } });

export const Flood = roomStory(state('joined'), { args: { flood: 40 } });
export const BadLine = roomStory(state('joined'), { args: { nick: 'Mira', latency: 2000, loss: 30 } });
