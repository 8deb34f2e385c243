import type { FakeChatOptions } from '@meerkat-chat/sdk/testing';
import type { Meta } from '@storybook/web-components-vite';
import { expect, userEvent, waitFor } from 'storybook/test';
import type { ChatBox } from '../src/chat-box/chat-box.js';
import type { ChatRoom } from '../src/chat-room/chat-room.js';
import { BOX_ROOM, type BoxArgs, boxMeta, boxStory } from './support/box-story.js';
import { find, focused, gone, hear, write } from './support/hands.js';

// Each story is something that a person does with a box, and what must come of it.

const meta: Meta<BoxArgs> = { ...boxMeta, title: 'chat-box/Use' };
export default meta;

const talk: FakeChatOptions = { room: { messages: 24, occupants: 7, name: 'Café' } };
const launcher = '.launcher';
const panel = 'dialog[open] chat-room';
const room = (box: ChatBox) => find<ChatRoom>(box, 'chat-room');

/** The launcher opens it with the cursor where one writes; Escape puts it away and the focus back. */
export const OpensByKeyboard = boxStory(
  { options: talk, shows: launcher },
  { args: { state: 'closed' } },
  async ({ box }) => {
    const states = hear(box, 'chat-box-state');
    (await find(box, launcher)).focus();
    await userEvent.keyboard('{Enter}');
    const inside = await room(box);
    await waitFor(() => expect(focused(inside)).toBe(inside.shadowRoot?.querySelector('textarea')));
    expect(box.state).toBe('open');
    await userEvent.keyboard('{Escape}');
    await gone(box, 'dialog');
    expect(box.state).toBe('minimised');
    await waitFor(() => expect(focused(box)).toBe(box.shadowRoot?.querySelector(launcher)));
    expect(states.map(({ state }) => state)).toEqual(['open', 'minimised']);
  },
);

/** Escape closes what is open in the room first, then the box. */
export const EscapeGoesOutward = boxStory({ options: talk, shows: panel }, {}, async ({ box }) => {
  const inside = await room(box);
  await userEvent.click(await find(inside, '.people-button'));
  await find(inside, '#people');
  await userEvent.keyboard('{Escape}');
  await gone(inside, '#people');
  expect(box.state).toBe('open');
});

/** Closed, it forgets what it counted; the launcher has the focus. */
export const Closes = boxStory({ options: talk, shows: panel }, {}, async ({ box }) => {
  await userEvent.click(await find(box, '[part~="controls"] button:last-child'));
  await find(box, launcher);
  expect(box.state).toBe('closed');
  await waitFor(() => expect(focused(box)).toBe(box.shadowRoot?.querySelector(launcher)));
});

/** What is written outlives the panel. */
export const KeepsTheDraft = boxStory({ options: talk, shows: panel }, {}, async ({ box }) => {
  await write(await room(box), 'Half a sen');
  box.state = 'minimised';
  await gone(box, 'dialog');
  box.state = 'open';
  await waitFor(async () => expect((await room(box)).draft).toBe('Half a sen'));
});

/** What comes while it is minimised is counted, and told to the page; opened, nothing is unread. */
export const CountsUnread = boxStory({ options: talk, shows: panel }, {}, async ({ chat, box }) => {
  const counts = hear(box, 'chat-unread');
  box.badgeFavicon = 'off';
  await (await room(box)).updateComplete;
  box.state = 'minimised';
  await gone(box, 'dialog');
  chat.room(BOX_ROOM).flood(3);
  await waitFor(async () => expect(await find(box, '.count')).toHaveTextContent('3'));
  box.state = 'open';
  await gone(box, '.count');
  expect(counts.at(-1)?.count).toBe(0);
  expect(counts.some(({ count }) => count === 3)).toBe(true);
  box.state = 'minimised';
});

/** Every attribute at once. The fake chat stands in for the server that `src` names. */
export const ByAttributes = boxStory({ options: talk, shows: panel }, {}, async ({ box }) => {
  box.setAttribute('nick', 'Mira');
  box.setAttribute('src', 'https://chat.example');
  box.setAttribute('theme', 'dark');
  await box.updateComplete;
  expect((await room(box)).nick).toBe('Mira');
  expect(getComputedStyle(await find(box, 'dialog')).colorScheme).toBe('dark');
});
