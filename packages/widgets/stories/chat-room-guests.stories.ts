import { fakeChat } from '@meerkat-chat/sdk/testing';
import type { Meta } from '@storybook/web-components-vite';
import { expect, spyOn, userEvent, waitFor } from 'storybook/test';
import { withCaptcha } from './support/captcha.js';
import { find, focused, gone, lastTexts, write } from './support/hands.js';
import { type RoomArgs, roomMeta, roomStory } from './support/room-story.js';

// Who comes without an account: what they are asked, and what they cannot be called.

const meta: Meta<RoomArgs> = { ...roomMeta, title: 'chat-room/Guests' };
export default meta;

const talk = () => ({ chat: fakeChat({ room: { messages: 12, occupants: 6 } }) });

/** Many guests come: this one's browser works for a while before it is let in. */
export const ProofRunning = roomStory(() => ({
  chat: fakeChat({
    status: { state: 'connecting', proving: true },
    room: { status: { state: 'joining' }, occupants: 0 },
  }),
  shows: '.notice',
}));

/** Many guests come, and the page shows what finds out whether this one is a machine. */
export const ProofOfTheSite = roomStory(
  () => ({
    chat: fakeChat({
      status: { state: 'refused', reason: 'proof' },
      room: { status: { state: 'joining' }, occupants: 0 },
    }),
    shows: '.notice',
  }),
  { decorators: [withCaptcha] },
  async ({ chat, element }) => {
    const button = element.querySelector('button');
    if (!button) throw new Error('the page shows no captcha');
    const answers = spyOn(chat, 'prove').mockImplementation(() => {});
    button.addEventListener('click', () => element.prove('the answer'));
    await userEvent.click(button);
    expect(answers).toHaveBeenCalledWith('the answer');
    button.blur();
  },
);

/** Somebody has the name: another one is offered, and what was written waits for it. */
export const NameTaken = roomStory(talk, {}, async ({ room, element }) => {
  room.changeNick = (nick) =>
    room.status.set({ state: 'joined', nick: 'guest4711', nickRefused: { nick, reason: 'nick-conflict' } });
  await write(element, 'Hello from the second row{Enter}');
  const field = await find<HTMLInputElement>(element, '.name-form input');
  await waitFor(() => expect(focused(element)).toBe(field));
  await userEvent.type(field, 'Wanda{Enter}');
  await waitFor(() => expect(field.value).toBe('Wanda 2'));
  expect(await find(element, '.problem')).toHaveTextContent('Somebody here has that name');
  expect(element.draft).toBe('Hello from the second row');
});

/** The name that was offered is free: what was written goes out under it. */
export const TakesTheNameOffered = roomStory(talk, {}, async ({ chat, room, element }) => {
  const enter = room.changeNick.bind(room);
  room.changeNick = (nick) => {
    const nickRefused = { nick, reason: 'nick-conflict' } as const;
    if (nick === 'Wanda') room.status.set({ state: 'joined', nick: 'guest4711', nickRefused });
    else enter(nick);
  };
  await write(element, 'Hello from the second row{Enter}');
  const field = await find<HTMLInputElement>(element, '.name-form input');
  await waitFor(() => expect(focused(element)).toBe(field));
  await userEvent.type(field, 'Wanda{Enter}');
  await waitFor(() => expect(field.value).toBe('Wanda 2'));
  await userEvent.type(field, '{Enter}', { skipClick: true });
  await gone(element, '.name-form');
  await waitFor(() => expect(lastTexts(element, 1)).toEqual(['Hello from the second row']));
  expect(chat.log).toContain('changeNick Wanda 2');
});

/** A name of those who run the place is for no guest. */
export const NameReserved = roomStory(talk, {}, async ({ room, element }) => {
  room.changeNick = (nick) =>
    room.status.set({ state: 'joined', nick: 'guest4711', nickRefused: { nick, reason: 'nick-reserved' } });
  await write(element, 'Listen to me{Enter}');
  const field = await find<HTMLInputElement>(element, '.name-form input');
  await waitFor(() => expect(focused(element)).toBe(field));
  await userEvent.type(field, 'Admin{Enter}');
  expect(await find(element, '.problem')).toHaveTextContent('kept for those who run this place');
  expect(element.draft).toBe('Listen to me');
});

/** Nobody is told that somebody without a name writes. */
export const WritesNamelessly = roomStory(talk, {}, async ({ chat, element }) => {
  await write(element, 'Hm');
  expect(chat.log.filter((line) => line.startsWith('setTyping'))).toEqual([]);
});
