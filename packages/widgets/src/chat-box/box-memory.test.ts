import { expect, test } from 'vitest';
import { BoxMemory } from './box-memory.js';
import { Keep } from './keep.js';
import { RoomMemory } from './room-memory.js';
import { MAX_UNREAD } from './unread.js';

/** One site: a storage, and a window that other tabs write to it from. */
function site() {
  const stored = new Map<string, string>();
  const window = Object.assign(new EventTarget(), {
    localStorage: {
      getItem: (key: string) => stored.get(key) ?? null,
      removeItem: (key: string) => void stored.delete(key),
      setItem: (key: string, value: string) => void stored.set(key, value),
    },
  });
  return {
    stored,
    page: (room = 'https://a lobby') => new BoxMemory(new Keep(window), room),
    fromOtherTab: (key: string, newValue: string | null) =>
      window.dispatchEvent(Object.assign(new Event('storage'), { key, newValue })),
  };
}

test('the next page goes on where this one was; another room knows nothing of it', () => {
  const { page } = site();
  const before = page();
  before.state = 'minimised';
  before.unread = ['a', 'b'];
  const inside = new RoomMemory(before);
  inside.draft = 'half a sen';
  inside.place = { key: 'm7', offset: -12.5 };
  const after = page();
  expect(after.state).toBe('minimised');
  expect(after.unread).toEqual(['a', 'b']);
  const room = new RoomMemory(after);
  expect(room.draft).toBe('half a sen');
  expect(room.place).toEqual({ key: 'm7', offset: -12.5 });
  const other = page('https://a garden');
  const elsewhere = new RoomMemory(other);
  expect([other.state, other.unread, elsewhere.draft, elsewhere.place]).toEqual([
    undefined,
    [],
    '',
    undefined,
  ]);
});

test('what is over leaves nothing in storage but the state', () => {
  const { stored, page } = site();
  const memory = page();
  memory.state = 'open';
  memory.unread = ['a'];
  const room = new RoomMemory(memory);
  room.draft = 'x';
  room.place = { key: 'm1', offset: 0 };
  memory.unread = [];
  room.draft = '';
  room.place = undefined;
  expect([...stored.values()]).toEqual(['open']);
});

test('what anybody wrote into storage is no harm', () => {
  const { stored, page } = site();
  const memory = page();
  const names = ['state', 'unread', 'place'];
  for (const bad of ['', 'null', '{', '7', '{"key":1,"offset":"x"}', '"open"']) {
    for (const name of names) stored.set(`meerkat:box:https://a lobby:${name}`, bad);
    expect([memory.state, memory.unread, new RoomMemory(memory).place]).toEqual([undefined, [], undefined]);
  }
  const many = Array.from({ length: MAX_UNREAD + 1 }, (_, index) => `m${index}`);
  stored.set('meerkat:box:https://a lobby:unread', JSON.stringify([7, ...many]));
  expect(memory.unread).toEqual(many.slice(0, MAX_UNREAD));
});

test('hears what other tabs do to this room, until undone', () => {
  const { page, fromOtherTab } = site();
  const heard: unknown[] = [];
  const memory = page();
  const offs = [
    memory.watch({ onState: (state) => heard.push(state), onUnread: (keys) => heard.push(keys) }),
    new RoomMemory(memory).watch((text) => heard.push(text)),
  ];
  fromOtherTab('meerkat:box:https://a lobby:state', 'open');
  fromOtherTab('meerkat:box:https://a lobby:state', 'ajar');
  fromOtherTab('meerkat:box:https://a lobby:unread', null);
  fromOtherTab('meerkat:box:https://a lobby:draft', 'hello');
  fromOtherTab('meerkat:box:https://a garden:state', 'closed');
  for (const off of offs) off();
  fromOtherTab('meerkat:box:https://a lobby:state', 'closed');
  fromOtherTab('meerkat:box:https://a lobby:draft', 'x');
  expect(heard).toEqual(['open', [], 'hello']);
});
