import type { FakeChatOptions } from '@meerkat-chat/sdk/testing';
import type { Meta } from '@storybook/web-components-vite';
import { type BoxArgs, boxMeta, boxStory } from './support/box-story.js';
import { withCaptcha } from './support/captcha.js';

const meta: Meta<BoxArgs> = { ...boxMeta, title: 'chat-box/Phone', tags: ['phone'] };
export default meta;

const talk: FakeChatOptions = { room: { messages: 24, occupants: 7, name: 'Café' } };

export const Sheet = boxStory({ options: talk, shows: 'dialog[open] chat-room' });
export const Launcher = boxStory({ options: talk, shows: '.launcher' }, { args: { state: 'closed' } });
export const ProofOfTheSite = boxStory(
  {
    options: {
      status: { state: 'refused', reason: 'proof' },
      room: { status: { state: 'joining' }, occupants: 0, name: 'Café' },
    },
    shows: 'dialog[open] chat-room',
  },
  { decorators: [withCaptcha] },
);
