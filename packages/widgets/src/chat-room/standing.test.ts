import { fakeChat } from '@meerkat-chat/sdk/testing';
import { expect, test } from 'vitest';
import { en } from '../locales/en.js';
import { Standing } from './standing.js';

function scene() {
  const chat = fakeChat();
  const place = { chat, room: chat.room('lobby') };
  let loaded: () => void = () => {};
  const changed = new Promise<void>((resolve) => {
    loaded = resolve;
  });
  const standing = new Standing(
    { strings: en, readOnly: false, renderRoot: {} as HTMLElement, requestUpdate: () => loaded() },
    { explanations: en.explanations, who: () => 'guest' as const },
  );
  return { chat, place, standing, changed };
}

// Where there is no shadow root there are no styles to add.
globalThis.ShadowRoot ??= class {} as unknown as typeof ShadowRoot;

test('what was never there is not said to be lost', () => {
  const { chat, place, standing } = scene();
  chat.become({ state: 'reconnecting', attempt: 1 });
  expect(standing.judge(place)).toEqual([]);
  expect(standing.condition).toEqual({ kind: 'waiting', lost: true });
});

test('a loss and the way back are each said once', () => {
  const { chat, place, standing } = scene();
  expect(standing.judge(place)).toEqual([]);
  chat.become({ state: 'reconnecting', attempt: 1 });
  expect(standing.judge(place)).toEqual([en.reconnecting]);
  chat.become({ state: 'reconnecting', attempt: 2 });
  expect(standing.judge(place)).toEqual([]);
  chat.become({ state: 'online', link: 'websocket', resumed: true });
  expect(standing.judge(place)).toEqual([en.online]);
});

test('offline is said whether or not one was in', () => {
  const { chat, place, standing } = scene();
  chat.become({ state: 'offline' });
  expect(standing.judge(place)).toEqual([en.offline]);
});

test('a refusal is explained once what explains it is there', async () => {
  const { place, standing, changed } = scene();
  place.room.refuse('banned');
  expect(standing.judge(place)).toEqual([]);
  await changed;
  expect(standing.judge(place)).toEqual(['You are banned from this room. A moderator can let you in again.']);
  expect(standing.judge(place)).toEqual([]);
});

test('a page that names no room is told so', async () => {
  const { standing, changed } = scene();
  standing.judge('page');
  await changed;
  expect(standing.judge('page')).toHaveLength(1);
});
