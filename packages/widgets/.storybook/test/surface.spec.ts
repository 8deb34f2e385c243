import { expect, test } from '@playwright/test';
import { entries } from './static-build.js';
import { documented, keptUsed } from './surface.js';

// Runs after `every-story.spec.ts`, on what its stories have used.

test('every documented attribute, event, part and slot is in a story', async ({ browserName: _ }, info) => {
  const kept = keptUsed(info);
  expect([...kept.keys()].sort(), 'all stories have run').toEqual(
    entries('story')
      .map(({ id }) => id)
      .sort(),
  );
  const used = new Set([...kept.values()].flat());
  expect(
    documented().filter((one) => !used.has(one)),
    'in no story',
  ).toEqual([]);
});
