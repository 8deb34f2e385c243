import type { Meta, StoryObj } from '@storybook/web-components-vite';
import type { State } from '../../dev/scenes.js';
import type { ChatRoom } from '../../src/chat-room/chat-room.js';
import '../../src/chat-room/chat-room.js';
import { browserSurroundings } from '../../src/runtime.js';
import { type LineQuality, playLine } from './line.js';
import { frames, shown } from './settle.js';
import { stageGlobals } from './stage.js';

/** What the controls beside a story of `<chat-room>` change. */
export interface RoomArgs extends LineQuality {
  readonly nick: string;
  readonly height: number;
}

export type RoomStory = StoryObj<RoomArgs>;

/** What all stories of `<chat-room>` have in common; give it a `title`. */
export const roomMeta = {
  component: 'chat-room',
  args: { nick: '', height: 480, latency: 0, loss: 0, flood: 0 },
  argTypes: {
    nick: { control: 'text' },
    height: {
      control: { type: 'range', min: 240, max: 960, step: 8 },
      description: 'height of the element in px',
      table: { category: 'story' },
    },
    latency: {
      control: { type: 'range', min: 0, max: 5000, step: 50 },
      description: 'time until the room has taken an own message, in ms',
      table: { category: 'story' },
    },
    loss: {
      control: { type: 'range', min: 0, max: 100, step: 1 },
      description: 'how many of 100 own messages are not taken',
      table: { category: 'story' },
    },
    flood: {
      control: { type: 'range', min: 0, max: 200, step: 1 },
      description: 'messages of others per second',
      table: { category: 'story' },
    },
  },
  // The rest of what the manifest knows is shown by the reference; theme and density are in the toolbar.
  parameters: { controls: { include: ['nick', 'height', 'latency', 'loss', 'flood'] } },
} satisfies Omit<Meta<RoomArgs>, 'title'>;

/** One state of the element on a fake chat: a clock that stands still, a seed, no network. */
export function roomStory(make: () => State, more: Partial<RoomStory> = {}): RoomStory {
  return {
    ...more,
    loaders: [async () => ({ state: make() })],
    render: (args, { globals, loaded, abortSignal }) => {
      const { chat, nick } = stateOf(loaded);
      const { theme, density } = stageGlobals(globals);
      const element: ChatRoom = document.createElement('chat-room');
      element.room = 'lobby';
      element.chat = chat;
      element.nick = args.nick || nick;
      element.density = density;
      if (theme !== 'auto') element.theme = theme;
      element.style.height = `${args.height}px`;
      element.surroundings = {
        ...browserSurroundings,
        clock: { ...browserSurroundings.clock, now: () => chat.clock.now() },
      };
      playLine(chat, chat.room('lobby'), args, abortSignal);
      return element;
    },
    play: async ({ canvasElement, loaded }) => {
      const { chat, act, shows = '.frame' } = stateOf(loaded);
      const element = canvasElement.querySelector('chat-room');
      if (element === null) throw new Error('the story shows no <chat-room>');
      await element.updateComplete;
      // The element measures itself in the first frame, and shows what came of it in the second.
      await frames(2);
      act?.({ chat, room: chat.room('lobby'), element });
      await shown(element, shows);
      await frames(2);
    },
  };
}

function stateOf(loaded: Readonly<Record<string, unknown>>): State {
  return loaded.state as State;
}
