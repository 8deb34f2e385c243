import { type FakeChat, type FakeChatOptions, fakeChat } from '@meerkat-chat/sdk/testing';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import type { BoxState, ChatBox } from '../../src/chat-box/chat-box.js';
import '../../src/chat-box/chat-box.js';
import { type LineQuality, lineControls, lineSeconds, playLine } from './line.js';
import { frames, shown } from './settle.js';
import { stageGlobals } from './stage.js';
import { storySurroundings } from './surroundings.js';

/** What the controls beside a story of `<chat-box>` change. */
export interface BoxArgs extends LineQuality {
  readonly state: BoxState;
  readonly label: string;
}

export type BoxStory = StoryObj<BoxArgs>;

/** What all stories of a `<chat-box>` with a room have in common; give it a `title`. */
export const boxMeta = {
  component: 'chat-box',
  args: { state: 'open', label: 'Café', latency: 0, loss: 0, flood: 0 },
  argTypes: {
    state: { control: 'select', options: ['open', 'minimised', 'closed'] },
    label: { control: 'text' },
    ...lineControls,
  },
  parameters: {
    controls: { include: ['state', 'label', 'latency', 'loss', 'flood'] },
    // It stands at the corner of its window, so the reference gives it one.
    docs: { story: { inline: false, height: '640px' } },
  },
} satisfies Omit<Meta<BoxArgs>, 'title'>;

/** What a play function may touch. */
export interface BoxScene {
  readonly chat: FakeChat;
  readonly box: ChatBox;
}

/** A box to show, and what happens once it is shown. */
export interface BoxLook {
  /** `person`: with `BOX_PERSON` in place of `BOX_ROOM`. */
  readonly shown?: 'person' | 'room';
  readonly options: FakeChatOptions;
  /** What stands on the page before it. */
  readonly page?: () => Node;
  /** Once it stands. */
  readonly act?: (chat: FakeChat, box: ChatBox) => void;
  /** What its shadow shows in the end, as a selector. */
  readonly shows: string;
}

/** The room of the boxes. No name that a page of the same origin uses: boxes remember themselves by it. */
export const BOX_ROOM = 'story-of-a-cafe';

/** The person of the boxes that show one. */
export const BOX_PERSON = 'story-of-support';

/** What an earlier story, or a play with this one, has left behind is forgotten. */
function forget(): void {
  for (const key of Object.keys(localStorage)) {
    if ([BOX_ROOM, BOX_PERSON].some((name) => key.includes(` ${name}:`))) localStorage.removeItem(key);
  }
}

/** One state of the element on a fake chat; `test` is an interaction with it, and what must come of it. */
export function boxStory(
  { options, page, act, shows, shown: what = 'room' }: BoxLook,
  more: Partial<BoxStory> = {},
  test?: (scene: BoxScene) => Promise<void>,
): BoxStory {
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
      if (what === 'person') box.with = BOX_PERSON;
      else box.room = BOX_ROOM;
      box.label = args.label;
      box.chat = chat;
      box.state = args.state;
      if (theme !== 'auto') box.theme = theme;
      box.surroundings = storySurroundings(chat);
      const talk = what === 'person' ? chat.conversation(BOX_PERSON) : chat.room(BOX_ROOM);
      void playLine(chat, talk, args, {
        signal: abortSignal,
        element: box,
        seconds: lineSeconds(globals),
      });
      if (!page) return box;
      // All at once, as a page comes: what the box takes from its page is there when it looks.
      const all = document.createElement('div');
      all.append(page(), box);
      return all;
    },
    play: async ({ canvasElement, loaded }) => {
      const chat = loaded.chat as FakeChat;
      const box = canvasElement.querySelector('chat-box');
      if (box === null) throw new Error('the story shows no <chat-box>');
      await box.updateComplete;
      await frames(2);
      act?.(chat, box);
      await shown(box, shows);
      await test?.({ chat, box });
      await frames(2);
    },
  };
}
