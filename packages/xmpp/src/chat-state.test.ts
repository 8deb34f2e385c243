import { describe, expect, test } from 'vitest';
import { CHAT_STATES, chatStateOf, encodeChatState, encodeMomentary, loneChatStateOf } from './chat-state.js';
import { NS } from './ns.js';
import { type Child, el } from './xml/element.js';
import { serialize } from './xml/serialize.js';

const message = (...content: readonly Child[]) => el('message', NS.client, {}, ...content);
const body = el('body', NS.client, {}, 'hi');

describe('a chat state', () => {
  test.each(CHAT_STATES)('%s is read as it was written', (state) => {
    expect(chatStateOf(message(encodeChatState(state)))).toBe(state);
    expect(chatStateOf(message(body, encodeChatState(state)))).toBe(state);
  });

  test('is none where the message tells none, or one that there is not', () => {
    expect(chatStateOf(message(body))).toBeUndefined();
    expect(chatStateOf(message(el('dancing', NS.chatStates)))).toBeUndefined();
    expect(chatStateOf(message(el('composing', NS.client)))).toBeUndefined();
  });
});

describe('a standalone notification', () => {
  test('has a state, and nothing that anybody would read', () => {
    const thread = el('thread', NS.client, {}, 't');
    const state = encodeChatState('composing');
    expect(loneChatStateOf(message(state))).toBe('composing');
    expect(loneChatStateOf(message(state, thread, ...encodeMomentary()))).toBe('composing');
  });

  test.each([
    ['a body', body],
    ['a subject', el('subject', NS.client)],
    ['a marker', el('displayed', 'urn:xmpp:chat-markers:0')],
    ['a thread of elsewhere', el('thread', 'urn:example')],
  ])('with %s is an ordinary message', (_, more) => {
    expect(loneChatStateOf(message(encodeChatState('paused'), more))).toBeUndefined();
  });

  test('without a state is none', () => {
    expect(loneChatStateOf(message(...encodeMomentary()))).toBeUndefined();
  });

  test('is kept by nobody and copied to nobody', () => {
    expect(encodeMomentary().map((hint) => serialize(hint))).toEqual([
      '<no-store xmlns="urn:xmpp:hints"/>',
      '<no-copy xmlns="urn:xmpp:hints"/>',
    ]);
  });
});
