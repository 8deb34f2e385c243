import { expect, test } from 'vitest';
import { StorageAccess } from './storage-access.js';

function scene(has: boolean, grants: boolean, known = true) {
  const log: string[] = [];
  const document = known
    ? {
        hasStorageAccess: async () => has,
        requestStorageAccess: async () => {
          log.push('ask');
          if (!grants) throw new DOMException('no', 'NotAllowedError');
        },
      }
    : {};
  const access = new StorageAccess(
    document,
    { show: () => log.push('show'), hide: () => log.push('hide'), refused: () => log.push('refused') },
    () => log.push('again'),
  );
  return { access, log };
}

test('a cookie that is held back is asked for by a press, and signs in then', async () => {
  const { access, log } = scene(false, true);
  await access.missing();
  await access.missing();
  expect(log).toEqual(['show']);
  await access.pressed();
  expect(log).toEqual(['show', 'ask', 'hide', 'again']);
  // There is none, or it is nobody's: it is not offered again.
  await access.missing();
  expect(log).toHaveLength(4);
});

test('a refusal is said', async () => {
  const { access, log } = scene(false, false);
  await access.missing();
  await access.pressed();
  expect(log).toEqual(['show', 'ask', 'refused']);
});

test('where nothing is held back, or the browser knows of no way, nothing is offered', async () => {
  for (const { access, log } of [scene(true, true), scene(false, true, false)]) {
    await access.missing();
    expect(log).toEqual([]);
  }
});
