import { fakeChat } from '@meerkat-chat/sdk/testing';
import type { Meta } from '@storybook/web-components-vite';
import { expect, spyOn, userEvent } from 'storybook/test';
import type { ChatRoom } from '../src/chat-room/chat-room.js';
import { find, hear } from './support/hands.js';
import { type RoomArgs, type RoomStory, roomMeta, roomStory } from './support/room-story.js';

// Who is signed in to the site around, and what is said when nobody is.

const meta: Meta<RoomArgs> = { ...roomMeta, title: 'chat-room/SignIn' };
export default meta;

const refused = (reason: 'members-only' | 'not-authorized') =>
  reason === 'members-only'
    ? fakeChat({ room: { occupants: 0, status: { state: 'refused', reason } } })
    : fakeChat({
        status: { state: 'refused', reason },
        room: { status: { state: 'joining' }, occupants: 0 },
      });

/** What a page says by attributes, before the element is looked at. */
function saying(attributes: Readonly<Record<string, string>>): Partial<RoomStory> {
  return {
    decorators: [
      (story) => {
        const element = story() as Element;
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
        return element;
      },
    ],
  };
}

/** A room for members, and a site where one can sign in: the link goes there, unless the page has a way of its own. */
export const SignInToChat = roomStory(
  () => ({ chat: refused('members-only'), shows: '.notice a' }),
  saying({ 'sign-in': '#sign-in' }),
  async ({ element }) => {
    const asked = hear(element, 'chat-sign-in');
    element.addEventListener('chat-sign-in', (event) => event.preventDefault());
    const link = await find(element, '[part~="sign-in"]');
    expect(link).toHaveAttribute('href', '#sign-in');
    await userEvent.click(link);
    expect(asked).toHaveLength(1);
    expect(location.hash).toBe('');
  },
);

/** Whose sign-in has ended: by the site's cookie. */
export const SignedOutOfTheSite = roomStory(
  () => ({ chat: refused('not-authorized'), shows: '.notice' }),
  saying({ auth: 'cookie', 'sign-in': '#sign-in' }),
);

/** The server does not take the token of the site. */
export const TokenRefused = roomStory(
  () => ({ chat: refused('not-authorized'), shows: '.notice' }),
  saying({
    auth: 'token',
    'token-from': '/chat-token',
    'token-nonce': 'a1b2c3',
    'token-nonce-from': '/nonce',
  }),
);

/** No chat of the page's: it is the site that has to say who signs in, and it says nothing. */
const asking = (getToken: NonNullable<ChatRoom['getToken']>): Partial<RoomStory> => ({
  decorators: [
    (story) => {
      const element = story() as unknown as ChatRoom;
      element.chat = undefined;
      element.getToken = getToken;
      return element as unknown as ReturnType<typeof story>;
    },
  ],
});

export const SiteIsAsked = roomStory(
  () => ({ chat: fakeChat(), shows: '.progress' }),
  asking(() => new Promise(() => {})),
);

export const SiteDoesNotAnswer = roomStory(() => ({ chat: fakeChat(), shows: '.notice' }), {
  ...asking(() => Promise.reject(new TypeError('The site is down, as this story wants it'))),
  // The owner of the site is told, and nobody here.
  beforeEach: () => void spyOn(console, 'warn').mockReturnValue(),
});
