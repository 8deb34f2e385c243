import { expect, test } from 'vitest';
import { BoxMemory } from './box-memory.js';
import { Keep } from './keep.js';
import { RoomMemory } from './room-memory.js';

test('where storage is blocked, draft and place live as long as the page', () => {
  const blocked = Object.defineProperty(new EventTarget(), 'localStorage', {
    get: () => {
      throw new DOMException('sandboxed', 'SecurityError');
    },
  }) as unknown as ConstructorParameters<typeof Keep>[0];
  const memory = new RoomMemory(new BoxMemory(new Keep(blocked), 'https://a lobby'));
  expect([memory.draft, memory.place]).toEqual(['', undefined]);
  memory.draft = 'hello';
  memory.place = { key: 'm1', offset: 4 };
  expect([memory.draft, memory.place]).toEqual(['hello', { key: 'm1', offset: 4 }]);
});
