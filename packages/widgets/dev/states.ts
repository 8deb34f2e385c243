// Every state of <chat-room> on one page, without a server. Options are in the address:
// ?state=NAME one state alone, &theme=light|dark, &dir=rtl, &density=live|cosy, &width=PX, &height=PX
import type { ChatRoom } from '../src/chat-room/chat-room.js';
import '../src/chat-room/chat-room.js';
import { browserSurroundings } from '../src/runtime.js';
import { STATES, type State } from './scenes.js';
import { TALK_STATES } from './talk-scenes.js';

const asked = new URLSearchParams(location.search);
const root = document.documentElement;
const main = document.querySelector('main');
if (asked.has('dir')) root.dir = asked.get('dir') ?? '';
if (asked.has('theme')) root.dataset.theme = asked.get('theme') ?? '';
for (const name of ['width', 'height']) {
  if (asked.has(name)) root.style.setProperty(`--${name}`, `${asked.get(name)}px`);
}

function show(name: string, { chat, nick, act }: State): void {
  const figure = document.createElement('figure');
  const caption = document.createElement('figcaption');
  caption.textContent = name;
  const element = document.createElement('chat-room') as ChatRoom;
  element.room = 'lobby';
  element.chat = chat;
  element.nick = nick;
  element.density = (asked.get('density') ?? 'auto') as ChatRoom['density'];
  const theme = asked.get('theme');
  if (theme) element.theme = theme as 'dark' | 'light';
  element.surroundings = {
    ...browserSurroundings,
    clock: { ...browserSurroundings.clock, now: () => chat.clock.now() },
  };
  figure.append(caption, element);
  main?.append(figure);
  const room = chat.room('lobby');
  Object.assign(globalThis, { gallery: { chat, room, element } });
  // Two frames: the element measures itself in the first.
  void element.updateComplete.then(() =>
    requestAnimationFrame(() => requestAnimationFrame(() => act?.({ chat, room, element }))),
  );
}

const only = asked.get('state');
main?.toggleAttribute('data-one', only !== null);
for (const [name, make] of [...STATES, ...TALK_STATES]) {
  if (only === null || only === name) show(name, make());
}
