import { fakeChat } from '@meerkat-chat/sdk/testing';
import type { Meta } from '@storybook/web-components-vite';
import { expect, userEvent, waitFor } from 'storybook/test';
import type { State } from '../dev/scenes.js';
import { find, focused, gone, hear, lastTexts, write } from './support/hands.js';
import { type RoomArgs, roomMeta, roomStory } from './support/room-story.js';

// Each story is something that a person does, and what must come of it.

const meta: Meta<RoomArgs> = { ...roomMeta, title: 'chat-room/Use' };
export default meta;

const talk = (sending: 'deliver' | 'fail' | 'hold' = 'deliver') => ({
  chat: fakeChat({ room: { messages: 12, occupants: 6, sending } }),
});
const asMira = (sending?: 'deliver' | 'fail' | 'hold') => (): State => ({ ...talk(sending), nick: 'Mira' });

export const Sends = roomStory(asMira(), {}, async ({ chat, element }) => {
  const drafts = hear(element, 'chat-draft');
  const sends = hear(element, 'chat-send');
  await write(element, 'Good evening{Enter}');
  await waitFor(() => expect(lastTexts(element, 1)).toEqual(['Good evening']));
  expect(sends.map(({ text }) => text)).toEqual(['Good evening']);
  expect(drafts[0]?.text).toBe('G');
  expect(drafts.at(-1)?.text).toBe('');
  expect(element.draft).toBe('');
  expect(chat.log).toContain('send Good evening');
});

/** A page may keep a message to itself; what was written stays. */
export const SendPrevented = roomStory(asMira(), {}, async ({ chat, element }) => {
  element.addEventListener('chat-send', (event) => event.preventDefault());
  await write(element, 'Not this one{Enter}');
  expect(chat.log.some((line) => line.startsWith('send'))).toBe(false);
  expect(element.draft).toBe('Not this one');
});

export const ShiftEnterBreaks = roomStory(asMira(), {}, async ({ element }) => {
  await write(element, 'One{Shift>}{Enter}{/Shift}Two');
  expect(element.draft).toBe('One\nTwo');
});

/** Reading needs no name. The first message asks for one, and goes out under it. */
export const GuestTakesAName = roomStory(talk, {}, async ({ chat, element }) => {
  await write(element, 'Hello from the second row{Enter}');
  const field = await find<HTMLInputElement>(element, '.name-form input');
  await waitFor(() => expect(focused(element)).toBe(field));
  await userEvent.type(field, ' {Enter}');
  expect(await find(element, '.problem')).toHaveTextContent('cannot be used');
  await userEvent.type(field, 'Wanda{Enter}', { initialSelectionStart: 0, initialSelectionEnd: 1 });
  await gone(element, '.name-form');
  await waitFor(() => expect(lastTexts(element, 1)).toEqual(['Hello from the second row']));
  expect(chat.log).toContain('changeNick Wanda');
});

/** Escape leaves the question, and keeps what was written. */
export const GuestTakesNoName = roomStory(talk, {}, async ({ element }) => {
  await write(element, 'Hello{Enter}');
  await userEvent.type(await find(element, '.name-form input'), '{Escape}');
  await gone(element, '.name-form');
  expect(element.draft).toBe('Hello');
  await waitFor(() => expect(focused(element)).toBe(element.shadowRoot?.querySelector('textarea')));
});

export const FailsAndIsRetried = roomStory(asMira('fail'), {}, async ({ chat, room, element }) => {
  await write(element, 'Once more{Enter}');
  const retry = await find(element, '[part~="trouble"] [data-action="retry"]');
  room.sending = 'deliver';
  await userEvent.click(retry);
  await gone(element, '.trouble');
  expect(lastTexts(element, 1)).toEqual(['Once more']);
  expect(chat.log.some((line) => line.startsWith('retry'))).toBe(true);
});

export const FailsAndIsDeleted = roomStory(asMira('fail'), {}, async ({ element }) => {
  const before = lastTexts(element, 1);
  await write(element, 'Never mind{Enter}');
  await userEvent.click(await find(element, '[data-action="discard"]'));
  await waitFor(() => expect(lastTexts(element, 1)).toEqual(before));
});

/** Who reads further up is left there; a pill counts what is new, and leads back. */
export const ReadsAndComesBack = roomStory(
  () => ({ ...asMira()(), chat: fakeChat({ room: { messages: 60, occupants: 6 } }) }),
  {},
  async ({ room, element }) => {
    const view = await find(element, '.view');
    view.scrollTop -= 300;
    await find(element, '.pill');
    const { scrollTop } = view;
    room.flood(23);
    await waitFor(async () => expect(await find(element, '.pill')).toHaveTextContent('23 new messages'));
    expect(view.scrollTop).toBe(scrollTop);
    await userEvent.click(await find(element, '.pill'));
    await gone(element, '.pill');
    await waitFor(() => expect(view.scrollHeight - view.clientHeight - view.scrollTop).toBeLessThan(2));
  },
);

/** Earlier messages come in above; the row that was read stays where it was. */
export const LoadsOlder = roomStory(
  () => ({ chat: fakeChat({ room: { messages: 60, older: 50 } }) }),
  {},
  async ({ chat, element }) => {
    const view = await find(element, '.view');
    const row = await find(element, '.row');
    view.scrollTop = 40;
    const top = () => row.getBoundingClientRect().top;
    const before = top();
    await waitFor(() => expect(chat.log).toContain('loadOlder'));
    await waitFor(() => expect(element.shadowRoot?.querySelectorAll('.row').length).toBe(110));
    expect(Math.abs(top() - before)).toBeLessThan(1);
  },
);

/** Escape, or the button again, closes it, and the focus is back on the button. */
export const LooksWhoIsHere = roomStory(talk, {}, async ({ element }) => {
  const button = await find(element, '.people-button');
  await userEvent.click(button);
  const panel = await find(element, '#people');
  await waitFor(() => expect(panel.contains(focused(element))).toBe(true));
  expect(panel).toHaveTextContent('Mira');
  await userEvent.keyboard('{Escape}');
  await gone(element, '#people');
  await waitFor(() => expect(focused(element)).toBe(button));
  await userEvent.click(button);
  await find(element, '#people li');
});

/** `@` offers the names of those who spoke last. */
export const Mentions = roomStory(asMira(), {}, async ({ element }) => {
  await write(element, 'Thank you @');
  const second = (await find(element, '[role="option"]:nth-child(2)')).textContent?.trim();
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await gone(element, '[part~="names"]');
  expect(element.draft).toBe(`Thank you @${second} `);
});

/** The event says whether the person was named. */
export const IsMentioned = roomStory(
  () => ({ chat: fakeChat({ room: { messages: 4, status: { state: 'joined', nick: 'Jonas' } } }) }),
  {},
  async ({ room, element }) => {
    const heard = hear(element, 'chat-message');
    room.receive({ nick: 'Zoë', text: 'The drawing: https://example.com/jig-5.svg' });
    room.receive({ nick: 'Zoë', text: '@jonas is it the right one?' });
    await find(element, '.mention');
    expect(heard.map(({ mention }) => mention)).toEqual([false, true]);
    expect(await find(element, '[part~="link"]')).toHaveAttribute('rel', expect.stringContaining('noopener'));
  },
);

/** What becomes of the connection is told to the page, and to who listens to the page. */
export const LosesTheLine = roomStory(talk, {}, async ({ chat, element }) => {
  const heard = hear(element, 'chat-status');
  chat.become({ state: 'reconnecting', attempt: 1 });
  await waitFor(async () =>
    expect(await find(element, '[part~="header"]')).toHaveTextContent('Reconnecting'),
  );
  chat.become({ state: 'online', link: 'websocket', resumed: true });
  await waitFor(async () =>
    expect(await find(element, '[part~="header"]')).not.toHaveTextContent('Reconnecting'),
  );
  expect(heard.map(({ chat: status }) => status.state)).toEqual(['reconnecting', 'online']);
});

/** A moderator lets somebody read only, and write again. */
export const LosesItsVoice = roomStory(asMira(), {}, async ({ room, element }) => {
  const me = room.self.value;
  if (me === undefined) throw new Error('not in the room');
  room.self.set({ ...me, role: 'visitor' });
  await waitFor(async () => expect(await find(element, 'textarea')).toBeDisabled());
  room.self.set(me);
  await waitFor(async () => expect(await find(element, 'textarea')).toBeEnabled());
  expect(await find(element, '[part~="note"]')).toHaveTextContent('You can write here now');
});

/** 100 messages a second for three seconds: the rows stay bounded, and the newest is in sight. */
export const FloodOfHundred = roomStory(talk, {}, async ({ room, element }) => {
  const view = await find(element, '.view');
  for (let tick = 0; tick < 30; tick++) {
    room.flood(10);
    await new Promise<void>((painted) => requestAnimationFrame(() => painted()));
  }
  const rows = () => element.shadowRoot?.querySelectorAll('.row') ?? [];
  await waitFor(() => expect(lastTexts(element, 1)).toEqual([room.messages.value.at(-1)?.text]));
  expect(rows().length).toBeLessThanOrEqual(200);
  expect(view.scrollHeight - view.clientHeight - view.scrollTop).toBeLessThan(2);
});

/** Nobody who wants things to stand still sees anything move. */
export const ReducedMotion = roomStory(talk, {}, async ({ chat, element }) => {
  chat.become({ state: 'reconnecting', attempt: 1 });
  await userEvent.click(await find(element, '.people-button'));
  await find(element, '#people');
  if (!matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const moving = element.shadowRoot?.getAnimations().filter(({ effect }) => {
    const lasts = effect?.getComputedTiming().duration !== 0;
    const fades = (frame: object) => !('transform' in frame || 'translate' in frame);
    return lasts && effect instanceof KeyframeEffect && !effect.getKeyframes().every(fades);
  });
  expect(moving).toEqual([]);
});
