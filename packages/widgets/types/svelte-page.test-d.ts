// Compiled, never run: what a Svelte template is checked against, made by the build. What has to be an error is marked.
import type { SvelteHTMLElements } from 'svelte/elements';
import type { ChatMessageEvent } from '../dist/chat-room/chat-room.events.js';
import type {} from '../dist/svelte.js';

export const rooms: readonly SvelteHTMLElements['chat-room'][] = [
  {
    room: 'lobby',
    nick: 'Mira',
    theme: 'dark',
    class: 'chat',
    'onchat-message': (event: ChatMessageEvent) => event.message,
  },
  { room: 'lobby', readonly: true },
  { room: 'lobby', readOnly: false },
  // @ts-expect-error no such density
  { room: 'lobby', density: 'bubbly' },
  // @ts-expect-error a room is named, not numbered
  { room: 42 },
  // @ts-expect-error Svelte would write the word `false` into the attribute, which then is there
  { room: 'lobby', readonly: false },
  // @ts-expect-error an event of another class
  { room: 'lobby', 'onchat-send': (event: MouseEvent) => event.clientX },
];
export const box: SvelteHTMLElements['chat-box'] = { room: 'cafe', 'badge-favicon': 'off' };
export const badge: SvelteHTMLElements['presence-badge'] = { user: 'k7Qw', label: 'Mira' };
