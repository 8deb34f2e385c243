// Compiled, never run: what a Vue template is checked against, made by the build. What has to be an error is marked.
import type { GlobalComponents } from 'vue';
import type { ChatMessageEvent } from '../dist/chat-room/chat-room.events.js';
import type {} from '../dist/vue.js';

type Props<Tag extends keyof GlobalComponents> = InstanceType<GlobalComponents[Tag]>['$props'];

export const rooms: readonly Props<'chat-room'>[] = [
  {
    room: 'lobby',
    nick: 'Mira',
    theme: 'dark',
    class: 'chat',
    onChatMessage: (event: ChatMessageEvent) => event.message,
  },
  { room: 'lobby', readonly: true },
  // @ts-expect-error no such density
  { room: 'lobby', density: 'bubbly' },
  // @ts-expect-error a room is named, not numbered
  { room: 42 },
  // @ts-expect-error of `read-only` Vue would make an attribute that the element does not have
  { room: 'lobby', readOnly: true },
  // @ts-expect-error an event of another class
  { room: 'lobby', onChatSend: (event: MouseEvent) => event.clientX },
];
export const box: Props<'chat-box'> = { room: 'cafe', 'badge-favicon': 'off' };
export const badge: Props<'presence-badge'> = { user: 'k7Qw', label: 'Mira' };
