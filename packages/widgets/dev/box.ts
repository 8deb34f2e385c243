// <chat-box> on a page, without a server. Options are in the address:
// ?rooms=cafe,garden &with=support,mira &here=yes|no &theme=light|dark &dir=rtl &messages=N
import { fakeChat } from '@meerkat-chat/sdk/testing';
import '../src/chat-box/chat-box.js';
import { browserSurroundings } from '../src/runtime.js';

const asked = new URLSearchParams(location.search);
const root = document.documentElement;
root.dir = asked.get('dir') ?? '';
const theme = asked.get('theme');
if (theme) root.dataset.theme = theme;

const chat = fakeChat({
  room: { messages: Number(asked.get('messages') ?? 14), occupants: 7, subject: 'Coffee at the bench' },
  conversation: { messages: Number(asked.get('messages') ?? 8) },
});
const names = (option: string, otherwise = '') => (asked.get(option) ?? otherwise).split(',').filter(Boolean);
const people = names('with');
const here = asked.get('here');
for (const person of people) {
  const talk = chat.conversation(person);
  if (here) talk.showHere(here === 'yes');
  const last = talk.messages.value.findLast(({ own }) => own);
  if (last) talk.receipt(last.key);
}
const rooms = names('rooms', people.length > 0 ? '' : 'cafe');
const boxes = [...rooms.map((room) => ({ room })), ...people.map((person) => ({ with: person }))].map(
  (shown) => {
    const box = Object.assign(document.createElement('chat-box'), shown);
    box.chat = chat;
    box.surroundings = {
      ...browserSurroundings,
      clock: { ...browserSurroundings.clock, now: () => chat.clock.now() },
    };
    if (theme) box.theme = theme as 'dark' | 'light';
    return box;
  },
);
document.body.append(...boxes);
Object.assign(globalThis, { gallery: { chat, boxes } });
