import { mkMessage } from '@meerkat-chat/sdk/testing';
import { expect, test } from 'vitest';
import { ChatDraftEvent, ChatMessageEvent, ChatSendEvent, ChatStatusEvent } from './chat-room.events.js';

test('events come out of the shadow root and up the page; only sending can be prevented', () => {
  const events = [
    new ChatSendEvent('Hello'),
    new ChatDraftEvent('Hel'),
    new ChatMessageEvent(mkMessage(), false),
    new ChatStatusEvent({ state: 'idle' }, { state: 'idle' }),
  ];
  for (const event of events) {
    expect([event.bubbles, event.composed]).toEqual([true, true]);
    expect(event.cancelable).toBe(event.type === 'chat-send');
  }
  expect(events.map(({ type }) => type)).toEqual(['chat-send', 'chat-draft', 'chat-message', 'chat-status']);
});
