import type { Meta, StoryObj } from '@storybook/web-components-vite';
import type { Scene, State } from '../../dev/scenes.js';
import type { ChatRoom } from '../../src/chat-room/chat-room.js';
import '../../src/chat-room/chat-room.js';
import { type LineQuality, lineControls, lineSeconds, playLine } from './line.js';
import { frames, shown } from './settle.js';
import { stageGlobals } from './stage.js';
import { storySurroundings } from './surroundings.js';

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
    ...lineControls,
  },
  // The rest of what the manifest knows is shown by the reference; theme and density are in the toolbar.
  parameters: { controls: { include: ['nick', 'height', 'latency', 'loss', 'flood'] } },
} satisfies Omit<Meta<RoomArgs>, 'title'>;

/**
 * One state of the element on a fake chat: a clock that stands still, a seed, no network.
 *
 * @param test an interaction with what is shown then, and what must come of it
 */
export function roomStory(
  make: () => State,
  more: Partial<RoomStory> = {},
  test?: (scene: Scene) => Promise<void>,
): RoomStory {
  return {
    ...more,
    // `playing` is filled by the render, for the play function to wait for.
    loaders: [async () => ({ state: make(), playing: {} })],
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
      element.surroundings = storySurroundings(chat);
      const seconds = lineSeconds(globals);
      const ended = playLine(chat, chat.room('lobby'), args, { signal: abortSignal, element, seconds });
      if (seconds !== undefined) playingOf(loaded).ended = ended;
      return element;
    },
    play: async ({ canvasElement, loaded }) => {
      const { chat, act, shows = '.frame' } = stateOf(loaded);
      const element = canvasElement.querySelector('chat-room');
      if (element === null) throw new Error('the story shows no <chat-room>');
      await element.updateComplete;
      // The element measures itself in the first frame, and shows what came of it in the second.
      await frames(2);
      const scene = { chat, room: chat.room('lobby'), element };
      act?.(scene);
      await shown(element, shows);
      await test?.(scene);
      await playingOf(loaded).ended;
      await frames(2);
    },
  };
}

function stateOf(loaded: Readonly<Record<string, unknown>>): State {
  return loaded.state as State;
}

interface LinePlaying {
  /** Settles with the line, where it has an end. */
  ended?: Promise<void>;
}

function playingOf(loaded: Readonly<Record<string, unknown>>): LinePlaying {
  return loaded.playing as LinePlaying;
}
