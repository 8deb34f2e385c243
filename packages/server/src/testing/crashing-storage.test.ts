import { bareJid, parseDomainJid } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { crashingStorage } from './crashing-storage.js';

test('what was committed survives a crash, and what waits is read until then', async () => {
  const host = parseDomainJid('rooms.localhost');
  const archive = host && bareJid('lobby', host);
  if (archive === undefined) throw new TypeError('no address');
  const storage = crashingStorage();
  const settled: string[] = [];
  const ids = ['one', 'two'].map((text) => {
    const id = storage.archive.nextId(0);
    const entry = { id, archive, at: 0, sender: `${archive}/anna`, xml: text };
    void storage.archive.append(entry).then(() => settled.push(text));
    return id;
  });
  const read = () => storage.archive.query({ archive, max: 10 });
  expect(await read()).toMatchObject({ found: true, entries: [{ xml: 'one' }, { xml: 'two' }] });
  storage.commit(1);
  await read();
  expect(settled).toEqual(['one']);
  storage.crash();
  storage.commit();
  expect(await read()).toMatchObject({ found: true, entries: [{ xml: 'one' }] });
  expect(storage.committed(archive)).toMatchObject([{ xml: 'one' }]);
  const lost = { archive, after: ids[1] ?? '', max: 10 };
  expect(await storage.archive.query(lost)).toEqual({ found: false });
});
