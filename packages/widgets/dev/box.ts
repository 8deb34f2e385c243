// <chat-box> on a page, without a server. Options are in the address:
// ?rooms=cafe,garden &theme=light|dark &dir=rtl &messages=N
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
});
const boxes = (asked.get('rooms') ?? 'cafe').split(',').map((room) => {
  const box = document.createElement('chat-box');
  box.room = room;
  box.chat = chat;
  box.surroundings = {
    ...browserSurroundings,
    clock: { ...browserSurroundings.clock, now: () => chat.clock.now() },
  };
  if (theme) box.theme = theme as 'dark' | 'light';
  return box;
});
document.body.append(...boxes);
Object.assign(globalThis, { gallery: { chat, boxes } });
