import { fakeChat } from '@meerkat-chat/sdk/testing';
import type { Meta } from '@storybook/web-components-vite';
import { expect } from 'storybook/test';
import { STATES } from '../dev/scenes.js';
import type { ChatRoom } from '../src/chat-room/chat-room.js';
import { find } from './support/hands.js';
import { named } from './support/named.js';
import { type RoomArgs, roomMeta, roomStory } from './support/room-story.js';

// What the page around says by attributes and slots.

const meta: Meta<RoomArgs> = { ...roomMeta, title: 'chat-room/Page' };
export default meta;

const state = named(STATES);

/** Every attribute at once. The fake chat stands in for the server that `src` names. */
export const ByAttributes = roomStory(state('few'), { globals: { width: '720' } }, async ({ element }) => {
  const attributes = { src: 'https://chat.example', nick: 'Mira', theme: 'dark', density: 'cosy' };
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  await element.updateComplete;
  expect(await find(element, '.frame')).toHaveAttribute('data-density', 'cosy');
  expect(getComputedStyle(element).colorScheme).toBe('dark');
});

export const ReadOnly = roomStory(state('readonly'), {}, async ({ element }) => {
  expect(element).toHaveAttribute('readonly');
  expect(element.shadowRoot?.querySelector('textarea')).toBeNull();
});

export const EmptyToRead = roomStory(() => ({
  chat: fakeChat({ room: { occupants: 0 } }),
  act: ({ element }) => {
    element.readOnly = true;
  },
  shows: '.empty',
}));

/** A page may put a control of its own into the header. */
export const HeaderSlot = roomStory(state('few'), {}, async ({ element }) => {
  const link = document.createElement('a');
  link.slot = 'header';
  link.href = '#rules';
  link.textContent = 'Rules';
  link.style.color = 'inherit';
  element.append(link);
  await (element as ChatRoom).updateComplete;
  const header = await find(element, '[part~="header"]');
  expect(header.getBoundingClientRect().right).toBeGreaterThan(link.getBoundingClientRect().right);
});

export const NameRefused = roomStory(state('name refused'));
export const NamesOffered = roomStory(state('names offered'));
export const Mentioned = roomStory(state('mention'), { globals: { density: 'cosy', width: '720' } });
export const NewMessagesWithMentions = roomStory(state('new messages, named'));
