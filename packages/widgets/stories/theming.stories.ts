import { fakeChat } from '@meerkat-chat/sdk/testing';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect } from 'storybook/test';
import type { ChatRoom } from '../src/chat-room/chat-room.js';
import '../src/chat-room/chat-room.js';
import '../src/presence-badge/presence-badge.js';
import { BOX_ROOM, type BoxStory, boxStory } from './support/box-story.js';
import { frames, shown } from './support/settle.js';
import { storySurroundings } from './support/surroundings.js';

// Elements on pages of their own looks: told how to look, or left to find out.

const meta: Meta = {
  title: 'theming',
  parameters: { controls: { disable: true } },
};
export default meta;

type Story = StoryObj;

/** A page as its author would write it, without a word about schemes. */
interface Look {
  readonly ground: string;
  readonly text: string;
  readonly link: string;
}

const NIGHT: Look = { ground: '#15181c', text: '#e9e7e2', link: '#f0a35e' };
const PAPER: Look = { ground: '#faf7f0', text: '#26221b', link: '#8a3324' };

// Who judges contrast reads what the page wants, not what forced colours make of it.
const PAGE_STYLE = `
  .story-page { background: var(--ground); color: var(--words) }
  .story-page a { color: var(--link) }
  @media (forced-colors: active) {
    .story-page { color-scheme: light dark !important; background: Canvas; color: CanvasText }
    .story-page a { color: LinkText }
  }
`;

function pageOf({ ground, text, link }: Look, ...content: readonly Node[]): HTMLElement {
  const page = document.createElement('div');
  page.style.cssText = `color-scheme: light; --ground: ${ground}; --words: ${text}; --link: ${link}; padding: 16px; display: grid; gap: 12px`;
  page.className = 'story-page';
  page.append(Object.assign(document.createElement('style'), { textContent: PAGE_STYLE }));
  const words = document.createElement('p');
  words.style.margin = '0';
  const anchor = document.createElement('a');
  anchor.href = '#';
  anchor.textContent = 'tools';
  words.append('An evening about ', anchor, ' of a small workshop.');
  page.append(words, ...content);
  return page;
}

function room(name: string, set: Partial<ChatRoom> = {}, accent = '', messages = 12): ChatRoom {
  const chat = fakeChat({ seed: 5, room: { messages, occupants: 7 } });
  const element: ChatRoom = document.createElement('chat-room');
  Object.assign(element, { room: name, chat, nick: 'Mira', density: 'live', ...set });
  element.surroundings = storySurroundings(chat);
  element.style.height = '320px';
  if (accent) element.style.setProperty('--chat-accent', accent);
  return element;
}

/** Light or dark, as the element has come to be. */
function schemeOf(element: Element): 'dark' | 'light' {
  const frame = element.shadowRoot?.querySelector('.frame, .box') ?? element;
  const [lightness = 0] = (getComputedStyle(frame).color.match(/[\d.]+/g) ?? []).map(Number);
  return lightness < 0.5 ? 'light' : 'dark';
}

async function settled(canvas: Element): Promise<readonly ChatRoom[]> {
  const rooms = [...canvas.querySelectorAll('chat-room')];
  for (const element of rooms) {
    await element.updateComplete;
    // The link may have come into the page with the element.
    await shown(element, '.frame');
  }
  await frames(4);
  return rooms;
}

const schemes =
  (wanted: 'dark' | 'light'): NonNullable<Story['play']> =>
  async ({ canvasElement }) => {
    const rooms = await settled(canvasElement);
    const forced = matchMedia('(forced-colors: active)').matches;
    if (!forced) expect(rooms.map(schemeOf)).toEqual(rooms.map(() => wanted));
  };

/** The page is dark whatever the system is, and says so by nothing but its ground. */
export const AutoOnADarkPage: Story = {
  render: () => pageOf(NIGHT, room('auto-on-dark')),
  play: schemes('dark'),
};

export const AutoOnPaper: Story = {
  render: () => pageOf(PAPER, room('auto-on-paper')),
  play: schemes('light'),
};

export const LightOnADarkPage: Story = {
  render: () => pageOf(NIGHT, room('light-on-dark', { theme: 'light' })),
  play: schemes('light'),
};

export const DarkOnPaper: Story = {
  render: () => pageOf(PAPER, room('dark-on-paper', { theme: 'dark' })),
  play: schemes('dark'),
};

/** What pages have for an accent, brought to where it can be read. */
const ACCENTS = ['yellow', 'white', 'black', 'transparent', 'banana', 'rebeccapurple'];

function accents(theme: 'dark' | 'light'): Story {
  return {
    render: () =>
      pageOf(
        theme === 'dark' ? NIGHT : PAPER,
        ...ACCENTS.map((accent) => {
          const element = room(accent, { theme }, accent, 2);
          element.style.height = '180px';
          return element;
        }),
      ),
    play: async ({ canvasElement }) => {
      for (const element of await settled(canvasElement)) element.draft = 'A word with a button beside it';
      await frames(2);
    },
  };
}

export const AccentsOnLight = accents('light');
export const AccentsOnDark = accents('dark');

export const Badges: Story = {
  render: () => {
    const line = (theme: 'auto' | 'dark' | 'light') => {
      const badge = document.createElement('presence-badge');
      badge.label = 'Mira';
      badge.theme = theme;
      badge.source = {
        watch: (_, told) => {
          told({ state: 'away' });
          return { see: () => {}, end: () => {} };
        },
      };
      badge.user = 'k7QwExampleOfAnOpaqueId';
      return badge;
    };
    const both = document.createElement('div');
    both.append(pageOf(NIGHT, line('auto'), line('dark')), pageOf(PAPER, line('auto'), line('light')));
    return both;
  },
  play: async () => frames(2),
};

const box = (state: 'closed' | 'open', theme: 'dark' | 'light', look: Look): BoxStory =>
  boxStory(
    {
      options: { room: { messages: 14, occupants: 7, subject: 'Coffee at the bench' } },
      page: () => pageOf(look),
      act: (_, element) => {
        element.theme = theme;
      },
      shows: state === 'open' ? 'dialog chat-room' : '.launcher',
    },
    { args: { state, label: 'Café', latency: 0, loss: 0, flood: 0 } },
    async ({ chat, box: element }) => {
      await element.updateComplete;
      expect(chat.room(BOX_ROOM)).toBeDefined();
      if (!matchMedia('(forced-colors: active)').matches) expect(schemeOf(element)).toBe(theme);
    },
  );

export const BoxLightOnADarkPage = box('open', 'light', NIGHT);
export const BoxDarkOnPaper = box('open', 'dark', PAPER);
export const LauncherOnADarkPage = box('closed', 'light', NIGHT);
