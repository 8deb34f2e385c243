import { parseBareJid } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { memoryStorage } from '../storage/memory.js';
import { OccupantIds } from './occupant-ids.js';

const jid = (text: string) => parseBareJid(text) ?? expect.unreachable();
const [lobby, hall] = [jid('lobby@rooms.localhost'), jid('hall@rooms.localhost')];
const [romeo, juliet] = [jid('romeo@localhost'), jid('juliet@localhost')];
const key = Buffer.alloc(32, 7);

test('an id is of one account in one room, under one key', async () => {
  const { former } = memoryStorage();
  const ids = await OccupantIds.open(key, former);
  const id = ids.of(lobby, romeo);
  expect(id).toMatch(/^[\w-]{24}$/);
  expect(ids.of(lobby, romeo)).toBe(id);
  expect((await OccupantIds.open(key, former)).of(lobby, romeo)).toBe(id);
  const others = [ids.of(hall, romeo), ids.of(lobby, juliet)];
  others.push((await OccupantIds.open(Buffer.alloc(32, 8), former)).of(lobby, romeo));
  expect(new Set([id, ...others]).size).toBe(4);
});

test('who gets a name that was had before has ids of their own, also after a restart', async () => {
  const { former } = memoryStorage();
  const ids = await OccupantIds.open(key, former);
  const first = ids.of(lobby, romeo);
  expect(ids.ofFormer(lobby, romeo)).toEqual([]);
  await ids.retire(romeo);
  const second = ids.of(lobby, romeo);
  await ids.retire(romeo);
  const again = await OccupantIds.open(key, former);
  const third = again.of(lobby, romeo);
  expect(new Set([first, second, third]).size).toBe(3);
  expect(again.ofFormer(lobby, romeo)).toEqual([first, second]);
  expect(again.of(lobby, juliet)).toBe(
    (await OccupantIds.open(key, memoryStorage().former)).of(lobby, juliet),
  );
});

test('no name is kept, and more than a page of them is read', async () => {
  const { former } = memoryStorage();
  const ids = await OccupantIds.open(key, former);
  for (let n = 0; n < 1001; n++) await ids.retire(jid(`u${n}@localhost`));
  const kept = await former.list({ limit: 2000 });
  expect(JSON.stringify(kept)).not.toContain('localhost');
  const again = await OccupantIds.open(key, former);
  for (const n of [0, 999, 1000]) expect(again.ofFormer(lobby, jid(`u${n}@localhost`))).toHaveLength(1);
});
