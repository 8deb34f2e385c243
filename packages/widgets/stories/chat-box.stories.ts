import type { FakeChatOptions } from '@meerkat-chat/sdk/testing';
import type { Meta } from '@storybook/web-components-vite';
import { expect, spyOn, userEvent } from 'storybook/test';
import { BOX_ROOM, type BoxArgs, type BoxLook, boxMeta, boxStory } from './support/box-story.js';
import { withCaptcha } from './support/captcha.js';

const meta: Meta<BoxArgs> = { ...boxMeta, title: 'chat-box' };
export default meta;

const talk: FakeChatOptions = { room: { messages: 24, occupants: 7, name: 'Café' } };

/** Heard while it is minimised: it opens first, since a closed box hears nothing. */
const unread = (count: number, shows: string): BoxLook => ({
  options: talk,
  shows,
  act: (chat, box) => {
    const room = box.shadowRoot?.querySelector('chat-room');
    if (!room) return void requestAnimationFrame(() => unread(count, shows).act?.(chat, box));
    void room.updateComplete.then(() => {
      box.state = 'minimised';
      void box.updateComplete.then(() => chat.room(BOX_ROOM).flood(count));
    });
  },
});

const launcher = '.launcher';
const panel = 'dialog[open] chat-room';

const proof: BoxLook = {
  options: {
    status: { state: 'refused', reason: 'proof' },
    room: { status: { state: 'joining' }, occupants: 0, name: 'Café' },
  },
  shows: panel,
};

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
/** Somebody whom the site does not know, in a room for members: said by attributes, as on a page. */
export const SignInToChat = boxStory(
  {
    options: { room: { occupants: 0, status: { state: 'refused', reason: 'members-only' } } },
    shows: panel,
  },
  {
    decorators: [
      (story) => {
        const box = story() as Element;
        const attributes = { auth: 'guest', 'sign-in': '#sign-in' };
        for (const [name, value] of Object.entries(attributes)) box.setAttribute(name, value);
        return box;
      },
    ],
  },
);
/** The server does not take what the site's back end has signed. */
export const TokenRefused = boxStory(
  {
    options: {
      status: { state: 'refused', reason: 'not-authorized' },
      room: { occupants: 0, status: { state: 'joining' } },
    },
    shows: panel,
  },
  {
    decorators: [
      (story) => {
        const box = story() as Element;
        box.setAttribute('token-from', '/chat-token');
        box.setAttribute('token-nonce', 'a1b2c3');
        box.setAttribute('token-nonce-from', '/nonce');
        return box;
      },
    ],
  },
);
/** Many guests come, and the page's captcha stands in the box. */
export const ProofOfTheSite = boxStory(proof, { decorators: [withCaptcha] }, async ({ chat, box }) => {
  const captcha = box.querySelector('button');
  if (!captcha) throw new Error('the page shows no captcha');
  const answers = spyOn(chat, 'prove').mockImplementation(() => {});
  captcha.addEventListener('click', () => box.prove('the answer'));
  await userEvent.click(captcha);
  expect(answers).toHaveBeenCalledWith('the answer');
  captcha.blur();
});
export const RefusedByRoom = boxStory({
  options: { room: { occupants: 0, status: { state: 'refused', reason: 'banned' } } },
  shows: panel,
});
