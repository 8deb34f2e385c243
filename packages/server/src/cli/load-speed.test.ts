import { expect, test } from 'vitest';
import { settings } from '../config.js';
import { ROWS } from '../load/proof/rows/index.js';

// The load harness knows nothing of the server: that its rows speak of settings that there are is looked at from here.
test.each(ROWS.map((row) => [row.name, row] as const))('%s: its settings are known', (_, row) => {
  const known = settings.map(({ path }) => path);
  for (const variant of row.variants) {
    expect(known).toEqual(expect.arrayContaining(Object.keys(variant.settings)));
  }
});
