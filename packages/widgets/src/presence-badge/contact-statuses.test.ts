import type { Chat, ChatEvents } from '@meerkat-chat/sdk';
import { expect, test } from 'vitest';
import { CONTACTS_KEPT, ContactStatuses, DEVICES_KEPT } from './contact-statuses.js';

function scene() {
  const listeners = new Set<(event: ChatEvents['presence']) => void>();
  const chat = {
    on: (name: string, listener: (event: ChatEvents['presence']) => void) => {
      if (name === 'presence') listeners.add(listener);
      return () => listeners.delete(listener);
    },
  } as unknown as Chat;
  const asked: string[] = [];
  const source = new ContactStatuses(chat, {
    watch: (what) => {
      asked.push(what);
      return { see: () => {}, end: () => {} };
    },
  });
  const hears = (from: string, show?: string) => {
    const event = { from, available: show !== 'gone', ...(show && { show }) } as ChatEvents['presence'];
    for (const listener of listeners) listener(event);
  };
  const watch = (what: string) => {
    const told: string[] = [];
    return { told, ...source.watch(what, ({ state }) => told.push(state)) };
  };
  return { asked, hears, watch };
}

test('of whom nothing was heard, nothing is known; then all devices count', () => {
  const { hears, watch } = scene();
  const { told } = watch('xmpp:Mira@a.example');
  hears('mira@a.example/phone', 'xa');
  hears('mira@a.example/watch', 'dnd');
  hears('mira@a.example/desk');
  hears('mira@a.example/desk', 'gone');
  hears('mira@a.example/watch', 'gone');
  hears('mira@a.example/phone', 'gone');
  hears('tom@a.example/phone');
  expect(told).toEqual(['unknown', 'away', 'dnd', 'online', 'dnd', 'away', 'offline']);
});

test('who comes later is told what was heard before, and hears nothing after the end', () => {
  const { hears, watch } = scene();
  hears('mira@a.example/phone', 'away');
  const { told, end } = watch('xmpp:mira@a.example');
  end();
  hears('mira@a.example/phone');
  expect(told).toEqual(['away']);
});

test('an id is asked of the other source', () => {
  const { asked, watch } = scene();
  watch('https://a.example/status/x.json');
  watch('xmpp:mira@a.example');
  expect(asked).toEqual(['https://a.example/status/x.json']);
});

test('a flood of devices and people is bounded', () => {
  const { hears, watch } = scene();
  for (let device = 0; device <= DEVICES_KEPT; device++) {
    hears(`mira@a.example/${device}`, device === DEVICES_KEPT ? 'dnd' : 'away');
  }
  expect(watch('xmpp:mira@a.example').told).toEqual(['away']);
  for (let person = 1; person <= CONTACTS_KEPT; person++) hears(`p${person}@a.example/x`);
  expect(watch(`xmpp:p${CONTACTS_KEPT - 1}@a.example`).told).toEqual(['online']);
  expect(watch(`xmpp:p${CONTACTS_KEPT}@a.example`).told).toEqual(['unknown']);
});
