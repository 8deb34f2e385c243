import { el, messageEl, NS, parseBareJid, serialize } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { memoryStorage } from '../../storage/memory.js';
import type { ArchiveQuery, ArchiveStore } from '../../storage/storage.js';
import { messagesOf } from './archives.js';

const ROOM = parseBareJid('hall@rooms.localhost') ?? expect.unreachable();
const NOW = 1_800_000_000_000;

/** An archive with a message each second, and what is asked of it. */
async function archiveOf(count: number) {
  const { archive } = memoryStorage();
  const asked: ArchiveQuery[] = [];
  for (let n = 0; n < count; n++) {
    const at = NOW + n * 1000;
    const xml = serialize(messageEl({ type: 'groupchat' }, el('body', NS.client, {}, `line ${n}`)));
    await archive.append({ id: archive.nextId(at), archive: ROOM, at, sender: `${ROOM}/mira`, xml });
  }
  const store: Pick<ArchiveStore, 'query'> = {
    query: (query) => {
      asked.push(query);
      return archive.query(query);
    },
  };
  return { archive, asked, store };
}

test('is read a page at a time, and not ahead of who reads it', async () => {
  const { asked, store } = await archiveOf(401);
  const messages = messagesOf(store, ROOM, { to: NOW + 1e9 });
  const first = await messages.next();
  expect(first.value).toMatchObject({ at: new Date(NOW).toISOString(), sender: 'mira', text: 'line 0' });
  for (let n = 1; n < 200; n++) await messages.next();
  expect(asked).toHaveLength(1);
  let count = 200;
  for await (const { text } of messages) expect(text).toBe(`line ${count++}`);
  expect([count, asked.length]).toEqual([401, 3]);
  expect(Math.max(...asked.map(({ max }) => max))).toBe(200);
});

test('begins with the first moment and ends before the last', async () => {
  const { store } = await archiveOf(10);
  const texts: unknown[] = [];
  for await (const { text } of messagesOf(store, ROOM, { from: NOW + 2000, to: NOW + 4000 }))
    texts.push(text);
  expect(texts).toEqual(['line 2', 'line 3']);
});

test('an archive that is cut while it is read is no whole one', async () => {
  const { archive, store } = await archiveOf(300);
  const messages = messagesOf(store, ROOM, { to: NOW + 1e9 });
  for (let n = 0; n < 200; n++) await messages.next();
  await archive.purge(ROOM, NOW + 250_000, 1000);
  await expect(messages.next()).rejects.toThrow('cut');
});
