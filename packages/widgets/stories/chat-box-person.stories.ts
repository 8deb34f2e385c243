import {
  FAKE_START,
  type FakeChat,
  type FakeChatOptions,
  type FakeRoom,
  mkMessage,
} from '@meerkat-chat/sdk/testing';
import type { Meta } from '@storybook/web-components-vite';
import { BOX_PERSON, type BoxArgs, type BoxLook, boxMeta, boxStory } from './support/box-story.js';

const meta: Meta<BoxArgs> = {
  ...boxMeta,
  title: 'chat-box/person',
  args: { ...boxMeta.args, label: 'Support' },
};
export default meta;

const panel = 'dialog[open] chat-room';
const minute = 60_000;

/** A talk as there is one every day: who says what, minutes before now. */
const said = (lines: readonly (readonly [by: 'me' | 'them', before: number, text: string])[]) =>
  lines.map(([by, before, text], index) =>
    mkMessage({
      key: `d${index}`,
      own: by === 'me',
      nick: by === 'me' ? 'Sasha' : BOX_PERSON,
      occupantId: `${by === 'me' ? 'you' : BOX_PERSON}@chat.example`,
      at: FAKE_START - before * minute,
      text,
    }),
  );

const talk: FakeChatOptions = {
  conversation: {
    messages: said([
      ['me', 26, 'Hello. My parcel says "delivered", but it is not here.'],
      ['them', 25, 'That is annoying. Let me look.'],
      ['them', 24, 'It was left with a neighbour at number 12.'],
      ['them', 24, 'The driver wrote the name down: Okonkwo.'],
      ['me', 22, 'Found it. Thank you'],
      ['them', 21, 'Glad to hear. Is there anything else?'],
      ['me', 1, 'No, that was all'],
    ]),
  },
};

/** A state of the conversation, once the room is there. */
const state = (options: FakeChatOptions, act?: (talk: FakeRoom, chat: FakeChat) => void): BoxLook => ({
  shown: 'person',
  options,
  shows: panel,
  act: (chat) => act?.(chat.conversation(BOX_PERSON), chat),
});

export const Here = boxStory(state(talk, (person) => person.showHere(true)));
export const Delivered = boxStory(
  state(talk, (person) => {
    person.showHere(true);
    person.receipt('d6');
  }),
);
export const Typing = boxStory(
  state(talk, (person) => {
    person.showHere(true);
    person.typing.set(['Support']);
  }),
);
export const Away = boxStory(state(talk, (person) => person.showHere(false)));
export const NotTold = boxStory(state(talk));
export const Empty = boxStory(state({}, (person) => person.showHere(true)));
export const EmptyAndAway = boxStory(state({}, (person) => person.showHere(false)));
export const Waiting = boxStory(
  state({ conversation: { ...talk.conversation, sending: 'hold' } }, (person) => {
    person.send('One more thing');
  }),
);
export const NotSent = boxStory(
  state({ conversation: { ...talk.conversation, sending: 'fail' } }, (person) => {
    person.send('Are you still there?');
  }),
);
export const NotAllowed = boxStory(state({}, (person) => person.refuse('not-allowed')));
export const Unknown = boxStory(state({}, (person) => person.refuse('not-found')));
export const Offline = boxStory(state({ ...talk, status: { state: 'offline' } }));
