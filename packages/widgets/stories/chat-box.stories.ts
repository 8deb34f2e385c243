import { type FakeChat, type FakeChatOptions, fakeChat } from '@meerkat-chat/sdk/testing';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import type { BoxState, ChatBox } from '../src/chat-box/chat-box.js';
import '../src/chat-box/chat-box.js';
import { browserSurroundings } from '../src/runtime.js';
import { type LineQuality, playLine } from './support/line.js';
import { frames, shown } from './support/settle.js';
import { stageGlobals } from './support/stage.js';

interface BoxArgs extends LineQuality {
  readonly state: BoxState;
  readonly label: string;
}

type Story = StoryObj<BoxArgs>;

const meta: Meta<BoxArgs> = {
  title: 'chat-box',
  component: 'chat-box',
  args: { state: 'open', label: 'Café', latency: 0, loss: 0, flood: 0 },
  argTypes: {
    state: { control: 'select', options: ['open', 'minimised', 'closed'] },
    label: { control: 'text' },
    latency: { control: { type: 'range', min: 0, max: 5000, step: 50 }, table: { category: 'story' } },
    loss: { control: { type: 'range', min: 0, max: 100, step: 1 }, table: { category: 'story' } },
    flood: { control: { type: 'range', min: 0, max: 200, step: 1 }, table: { category: 'story' } },
  },
  parameters: {
    controls: { include: ['state', 'label', 'latency', 'loss', 'flood'] },
    // It stands at the corner of its window, so the reference gives it one.
    docs: { story: { inline: false, height: '640px' } },
  },
};
export default meta;

interface Scene {
  readonly options: FakeChatOptions;
  /** Once it stands. */
  readonly act?: (chat: FakeChat, box: ChatBox) => void;
  /** What its shadow shows in the end, as a selector. */
  readonly shows: string;
}

// No name that a page of the same origin uses: boxes remember themselves by it.
const ROOM = 'story-of-a-cafe';

/** What an earlier story, or a play with this one, has left behind is forgotten. */
function forget(): void {
  for (const key of Object.keys(localStorage)) if (key.includes(` ${ROOM}:`)) localStorage.removeItem(key);
}

function boxStory({ options, act, shows }: Scene, more: Partial<Story> = {}): Story {
  return {
    ...more,
    loaders: [
      async () => {
        forget();
        return { chat: fakeChat(options) };
      },
    ],
    render: (args, { globals, loaded, abortSignal }) => {
      const chat = loaded.chat as FakeChat;
      const { theme } = stageGlobals(globals);
      const box: ChatBox = document.createElement('chat-box');
      box.room = ROOM;
      box.label = args.label;
      box.chat = chat;
      box.state = args.state;
      if (theme !== 'auto') box.theme = theme;
      box.surroundings = {
        ...browserSurroundings,
        clock: { ...browserSurroundings.clock, now: () => chat.clock.now() },
      };
      playLine(chat, chat.room(ROOM), args, abortSignal);
      return box;
    },
    play: async ({ canvasElement, loaded }) => {
      const box = canvasElement.querySelector('chat-box');
      if (box === null) throw new Error('the story shows no <chat-box>');
      await box.updateComplete;
      await frames(2);
      act?.(loaded.chat as FakeChat, box);
      await shown(box, shows);
      await frames(2);
    },
  };
}

const talk: FakeChatOptions = { room: { messages: 24, occupants: 7, name: 'Café' } };

/** Heard while it is minimised: it opens first, since a closed box hears nothing. */
const unread = (count: number, shows: string): Scene => ({
  options: talk,
  shows,
  act: (chat, box) => {
    const room = box.shadowRoot?.querySelector('chat-room');
    if (!room) return void requestAnimationFrame(() => unread(count, shows).act?.(chat, box));
    void room.updateComplete.then(() => {
      box.state = 'minimised';
      void box.updateComplete.then(() => chat.room(ROOM).flood(count));
    });
  },
});

const launcher = '.launcher';
const panel = 'dialog[open] chat-room';

export const Closed = boxStory({ options: talk, shows: launcher }, { args: { state: 'closed' } });
export const Open = boxStory({ options: talk, shows: panel });
export const Minimised = boxStory({ options: talk, shows: launcher }, { args: { state: 'minimised' } });
export const Unread = boxStory(unread(3, '.count'));
export const ManyUnread = boxStory(unread(120, '.count'));
export const LongLabel = boxStory(
  { options: talk, shows: launcher },
  { args: { state: 'closed', label: 'Donaudampfschifffahrtsgesellschaft, Abteilung für Kaffee' } },
);
export const Empty = boxStory({ options: { room: { occupants: 0, name: 'Café' } }, shows: panel });
export const Offline = boxStory({
  options: { ...talk, status: { state: 'offline' } },
  shows: panel,
});
export const RefusedByRoom = boxStory({
  options: { room: { occupants: 0, status: { state: 'refused', reason: 'banned' } } },
  shows: panel,
});
